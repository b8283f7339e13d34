"""Problems in every state that matters, with numbers that tests can name."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from geoportal.accounts.models import Organisation, User
from geoportal.problems import services
from geoportal.problems.models import Attachment, Category, Problem, Responsibility
from geoportal.problems.services.reporting import Report

WAITING, SHOWN, TAKEN, DONE, HIDDEN, REFUSED, KEPT = range(101, 108)
PICTURE, HIDDEN_PICTURE = 201, 202
FIRST_STEP = 301
CLOSING = 310  # the step that closed `DONE`
PLACE = 30.51, 50.41
PICTURE_BYTES = b"\xff"


def write_categories(council: Organisation) -> dict[str, Category]:
    """The council answers for all that is public, and is named for abuse, which is not."""
    found: dict[str, Category] = {}
    for code, parent in (("waste", ""), ("rubbish", "waste"), ("safety", ""), ("abuse", "safety")):
        found[code] = Category.objects.create(
            code=code, parent=found.get(parent), title_uk=code.title(), is_public=code != "abuse"
        )
    Responsibility.objects.create(organisation=council)
    Responsibility.objects.create(organisation=council, category=found["abuse"])
    return found


def confirm(user: User) -> None:
    EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"verified": True})


def report(author: User, category: Category, at: datetime, title: str = "Купа сміття") -> Problem:
    lon, lat = PLACE
    what = Report(category=category, lon=lon, lat=lat, title=title, description="Третій день.")
    return services.report_problem(actor=author, report=what, at=at)


def restart_numbers(table: str, number: int) -> None:
    """Of the next row, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER SEQUENCE {table}_id_seq RESTART WITH {number}")


def write_problems(author: User, moderator: User, council: Organisation, officer: User) -> None:
    """On moderation, open, accepted, closed, of a category that is not public, refused, archived.

    Their numbers are the constants of this module; the open one has two photos, one of them hidden.
    """
    categories = write_categories(council)
    confirm(author)
    restart_numbers("problems_problem", WAITING)
    restart_numbers("problems_attachment", PICTURE)
    restart_numbers("problems_statuschange", FIRST_STEP)
    at = timezone.now() - timedelta(hours=8)
    long_ago = at - timedelta(days=60)
    who = {"actor": officer, "organisation": council}
    for number in (WAITING, SHOWN, TAKEN, DONE, HIDDEN, REFUSED, KEPT):
        kind = categories["abuse" if number == HIDDEN else "rubbish"]
        moment = long_ago if number == KEPT else at
        assert report(author, kind, moment).pk == number
        if number not in (WAITING, REFUSED):
            services.publish_problem(actor=moderator, number=number, at=moment)
        if number in (TAKEN, DONE, KEPT):
            services.accept_problem(**who, number=number, at=moment)
        if number in (DONE, KEPT):
            services.close_problem(
                **who, number=number, resolution="solved", words="Вивезли.", at=moment
            )
    services.reject_problem(actor=moderator, number=REFUSED, reason="slander", words="Образа.")
    services.archive_due()
    for is_hidden in (False, True):
        write_picture(author, SHOWN, is_hidden=is_hidden)


def write_picture(owner: User, number: int, *, is_hidden: bool = False) -> Attachment:
    files = [
        default_storage.save(f"problems/{number}-{part}.jpg", ContentFile(PICTURE_BYTES))
        for part in ("file", "small")
    ]
    return Attachment.objects.create(
        problem_id=number,
        owner=owner,
        kind=Attachment.Kind.PHOTO,
        file=files[0],
        thumbnail=files[1],
        content_type="image/jpeg",
        size=1,
        is_hidden=is_hidden,
    )

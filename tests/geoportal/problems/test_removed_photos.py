"""The author takes photos out of a report that is not published: rows, files, a trace."""

import uuid
from collections.abc import Callable

import pytest

from geoportal.accounts.models import User
from geoportal.core.errors import Conflict, InvalidInput, NotAllowed
from geoportal.problems import services
from geoportal.problems.media.uploads import add_upload
from geoportal.problems.models import Attachment, Problem
from tests.geoportal.problems.conftest import write_user
from tests.geoportal.problems.uploading import list_files, photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def with_photos(author: User, make_problem: Callable[..., Problem]) -> Callable[..., Problem]:
    """A problem with two photos, brought to a state."""

    def make(state: str) -> Problem:
        draft = uuid.uuid4()
        ids = [add_upload(actor=author, draft_id=draft, file=photo()).attachment.pk for _ in "12"]
        return make_problem(state, client_request_id=draft, attachments=tuple(ids))

    return make


@pytest.mark.parametrize("state", ["moderation", "rejected"])
def test_what_is_taken_out_goes_with_its_files_and_the_history_keeps_the_number(
    state, with_photos, author, make_report, django_capture_on_commit_callbacks
):
    problem = with_photos(state)
    first, second = problem.attachments.all()
    with django_capture_on_commit_callbacks(execute=True):
        services.edit_report(
            actor=author, number=problem.pk, report=make_report(), removed=[first.pk]
        )
    assert list(problem.attachments.all()) == [second]
    assert list_files() == sorted([str(second.file.name), str(second.thumbnail.name)])
    details = problem.history.last().details
    assert (details["removed_attachments"], details["removed_count"]) == ([first.pk], 1)


def test_files_stay_until_the_change_is_certain(with_photos, author, make_report):
    problem = with_photos("moderation")
    kept = list_files()
    services.edit_report(
        actor=author, number=problem.pk, report=make_report(),
        removed=[each.pk for each in problem.attachments.all()],
    )  # fmt: skip
    assert not problem.attachments.exists()
    assert list_files() == kept


def test_an_edit_that_takes_nothing_out_says_nothing_of_it(with_photos, author, make_report):
    problem = with_photos("moderation")
    services.edit_report(actor=author, number=problem.pk, report=make_report())
    assert problem.attachments.count() == 2
    assert "removed_attachments" not in problem.history.last().details


def test_files_of_what_was_never_published_go_with_the_account(
    with_photos, author, django_capture_on_commit_callbacks
):
    published, _waiting, _refused = (
        with_photos(each) for each in ("open", "moderation", "rejected")
    )
    add_upload(actor=author, draft_id=uuid.uuid4(), file=photo())
    with django_capture_on_commit_callbacks(execute=True):
        services.forget_person(user=author)
    assert set(Attachment.objects.all()) == set(published.attachments.all())
    left = [(str(each.file.name), str(each.thumbnail.name)) for each in Attachment.objects.all()]
    assert list_files() == sorted(name for pair in left for name in pair)


@pytest.mark.parametrize(
    "change",
    [{"purpose": "answer"}, {"owner": None}, {"problem": None, "draft_id": uuid.UUID(int=1)}],
)
def test_only_own_photos_of_the_report_itself_are_taken_out(
    change, with_photos, author, make_report
):
    problem = with_photos("moderation")
    first, second = problem.attachments.all()
    Attachment.objects.filter(pk=second.pk).update(**change)
    with pytest.raises(InvalidInput) as refused:
        services.edit_report(
            actor=author, number=problem.pk, report=make_report(), removed=[first.pk, second.pk]
        )
    assert "'removed'" in str(refused.value.extra["errors"])
    assert Attachment.objects.filter(pk__in=[first.pk, second.pk]).count() == 2
    assert problem.history.count() == 1


def test_nothing_is_taken_out_once_it_is_published_nor_by_somebody_else(
    with_photos, author, make_report
):
    published, waiting = with_photos("open"), with_photos("moderation")
    for problem, actor, error in (
        (published, author, Conflict),
        (waiting, write_user("stranger"), NotAllowed),
    ):
        ids = list(problem.attachments.values_list("pk", flat=True))
        with pytest.raises(error):
            services.edit_report(actor=actor, number=problem.pk, report=make_report(), removed=ids)
        assert problem.attachments.count() == 2

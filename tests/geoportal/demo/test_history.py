"""The problems of the invented community as the services wrote them."""

from datetime import UTC, datetime

import pytest
from django.core import mail
from django.core.files.storage import default_storage
from django.db.models import Count, F, Q

from geoportal.accounts.models import Organisation, User
from geoportal.accounts.policies import is_confirmed
from geoportal.demo.seed import STORIES
from geoportal.demo.stories.seed import seed_stories
from geoportal.problems import access, services
from geoportal.problems.categories.dates import is_overdue
from geoportal.problems.categories.terms import is_public
from geoportal.problems.models import (
    Attachment,
    Category,
    Oversight,
    Problem,
    RoutingDecision,
    StatusChange,
)
from geoportal.problems.routing.deciding import find_executor, list_candidates
from geoportal.problems.workflow import PUBLISHED, State
from layers.models import Changeset, Feature, Layer
from layers.reading.territories import locate_for_routing
from tests.geoportal.demo.conftest import COUNT, NOW, Lived, read_rows

pytestmark = pytest.mark.django_db
# Categories that nobody answers for: the dispatcher finds somebody each time.
UNCLAIMED = {"transport-abandoned", "safety-trade", "animals-injured"}
STATES = {
    "unconfirmed": State.UNCONFIRMED, "moderation": State.MODERATION, "rejected": State.REJECTED,
    "open": State.OPEN, "open_late": State.OPEN, "accepted": State.ACCEPTED,
    "accepted_late": State.ACCEPTED, "closed": State.CLOSED, "archived": State.ARCHIVED,
}  # fmt: skip


@pytest.fixture
def town(lived_town: Lived, settings) -> Lived:
    settings.MEDIA_ROOT, settings.DEMO = lived_town.media, True
    return lived_town


def test_every_story_ends_as_it_says_and_nobody_was_told(town, stories):
    assert abs(town.seeded.problems - COUNT) <= 9
    assert set(Problem.objects.values_list("state", flat=True)) == set(State)
    by_request = {story.request_id: story for story in stories}
    for problem in Problem.objects.all():
        story = by_request[problem.client_request_id]
        if story.anchor.beside:
            assert problem.merged_into_id
            continue
        # What the author opened anew is open again.
        assert problem.state in (STATES[story.ends], State.OPEN), story.code
        if story.ends in ("open_late", "accepted_late"):
            assert is_overdue(problem, NOW), story.code
        if story.ends in ("open", "accepted"):
            assert not is_overdue(problem, NOW), story.code
    assert town.told == ()
    assert mail.outbox == []


def test_a_second_run_writes_nothing_more(town):
    problems, changes = Problem.objects.count(), StatusChange.objects.count()
    assert seed_stories(STORIES, count=COUNT, now=NOW) == 0
    assert seed_stories(STORIES, now=datetime(2026, 12, 1, 9, tzinfo=UTC)) == 0
    assert (Problem.objects.count(), StatusChange.objects.count()) == (problems, changes)


def test_history_is_chronological_and_numbers_grow_with_time(town):
    moments = list(StatusChange.objects.order_by("pk").values_list("created_at", flat=True))
    assert moments == sorted(moments)
    reported = list(Problem.objects.order_by("pk").values_list("created_at", flat=True))
    assert reported == sorted(reported)


def test_the_public_layer_has_what_is_public_in_one_changeset(town):
    features = set(Feature.objects.filter(layer__slug="problems").values_list("key", flat=True))
    shown = Problem.objects.filter(state__in=PUBLISHED, is_public=True)
    assert features == {str(number) for number in shown.values_list("pk", flat=True)}
    assert Changeset.objects.filter(layer__slug="problems").count() == 1


def test_voices_are_counted_and_photos_are_kept_clean(town):
    counted = Problem.objects.annotate(
        voices=Count("followers", filter=Q(followers__has_voice=True))
    )
    assert not counted.exclude(votes=F("voices")).exists()
    photos = list(Attachment.objects.all())
    assert photos
    for photo in photos:
        assert photo.problem_id is not None
        assert photo.processing == Attachment.Processing.READY
        assert default_storage.exists(photo.file.name)
        assert default_storage.exists(photo.thumbnail.name)


def test_a_photo_of_a_story_is_shown_like_any_other(town, client):
    shown = Attachment.objects.filter(
        problem__state__in=PUBLISHED, problem__is_public=True, is_hidden=False, change=None
    ).first()
    for part in ("file", "thumbnail"):
        response = client.get(f"/problems/{shown.problem_id}/media/{shown.pk}/{part}")
        assert response.status_code == 200
        assert response["Content-Type"] == "image/jpeg"


def test_every_published_problem_says_why_it_went_where_it_went(town):
    published = Problem.objects.filter(published_at__isnull=False)
    assert RoutingDecision.objects.values("problem").distinct().count() == published.count()
    assert RoutingDecision.objects.filter(is_near_border=True, confirmed_by__isnull=False).exists()
    dispatched = published.filter(decisions__organisation=None)
    assert set(dispatched.values_list("category__code", flat=True)) <= UNCLAIMED


def test_in_every_place_somebody_answers_for_all_but_what_is_left_to_the_dispatcher(town):
    layers = dict(Layer.objects.filter(kind="territory").values_list("slug", "pk"))
    for row in (*read_rows("districts"), *read_rows("starosta_okruhs")):
        place = row.shape.representative_point()
        found = locate_for_routing(place.x, place.y).territories
        territories = [f"{layers[each.layer]}:{each.key}" for each in found]
        for category in Category.objects.filter(children=None):
            executor = find_executor(
                list_candidates(category.pk, territories, is_public=is_public(category))
            )
            assert (executor is None) == (category.code in UNCLAIMED), (category.code, row.key)


def test_starostas_deputies_and_police_officers_watch_their_territories(town):
    kinds = Oversight.objects.values_list("organisation__kind", flat=True)
    assert {"starosta", "deputy", "police_officer", "self_organisation"} == set(kinds)
    administrator = User.objects.get(email="admin@kalynobrid.example")
    for kind in ("starosta", "deputy", "police_officer"):
        watching = Organisation.objects.filter(kind=kind, oversights__isnull=False)
        seen = [access.list_overseen_problems(administrator, each).count() for each in watching]
        assert sum(seen) > 0, kind


def test_the_printed_resident_may_rate_a_result_and_the_printed_officer_closes(town):
    resident = User.objects.get(email="resident@kalynobrid.example")
    waiting = Problem.objects.filter(reporter=resident, state=State.CLOSED, rating=None).first()
    assert waiting is not None
    services.rate_result(actor=resident, number=waiting.pk, rating=5, at=NOW)
    unconfirmed = User.objects.get(email="unconfirmed@kalynobrid.example")
    assert not is_confirmed(unconfirmed)
    assert Problem.objects.filter(reporter=unconfirmed, state=State.UNCONFIRMED).exists()

"""The history as the services wrote it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core import mail
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Count, F, Q
from django.test import override_settings

from geoportal.accounts.models import Organisation, User
from geoportal.accounts.policies import is_confirmed
from geoportal.demo.accounts import write_accounts
from geoportal.demo.organisations import write_organisations
from geoportal.demo.problems.responsibilities import UNCLAIMED
from geoportal.demo.problems.seed import seed_problems
from geoportal.demo.seed import seed_layer
from geoportal.demo.themes import write_themes
from geoportal.demo.town.plane import to_degrees
from geoportal.problems import access, services
from geoportal.problems.models import (
    Attachment,
    Category,
    Oversight,
    Problem,
    RoutingDecision,
    StatusChange,
)
from geoportal.problems.routing.deciding import find_executor, list_candidates
from geoportal.problems.signals import problem_changed
from geoportal.problems.workflow import PUBLISHED, State
from layers.models import Changeset, Feature, Layer
from layers.territories import locate_for_routing

NOW = datetime(2026, 11, 20, 13, 5, tzinfo=UTC)
COUNT = 60


@pytest.fixture(scope="module")
def told() -> list[StatusChange]:
    """Changes that listeners heard of while the history was written."""
    return []


@pytest.fixture(scope="module")
def media(tmp_path_factory) -> Path:
    """Where the photos are."""
    return Path(tmp_path_factory.mktemp("media"))


@pytest.fixture(scope="module")
def written(
    django_db_setup, django_db_blocker, datasets, told, media
) -> Iterator[dict[str, Organisation]]:
    """The demo's territories, organisations, accounts and problems, once for all tests here."""

    def listen(change: StatusChange, **_: object) -> None:
        told.append(change)

    with (
        django_db_blocker.unblock(),
        override_settings(DEMO=True, MEDIA_ROOT=media),
        transaction.atomic(),
    ):
        organisations, themes = write_organisations(), write_themes()
        write_accounts()
        for dataset in datasets.values():
            if dataset.spec.kind == "territory":
                seed_layer(dataset, organisations, themes)
        problem_changed.connect(listen)
        assert seed_problems(count=COUNT, now=NOW) >= COUNT - 2
        problem_changed.disconnect(listen)
        yield organisations
        transaction.set_rollback(True)


@pytest.fixture
def history(written, db, media, settings, own_data_folder) -> None:
    """What a test changes goes back after it."""
    settings.MEDIA_ROOT = media


def test_problems_stand_in_every_state_and_nobody_was_told(history, told):
    assert set(Problem.objects.values_list("state", flat=True)) == set(State)
    assert told == []
    assert mail.outbox == []


def test_a_second_run_writes_nothing_more(history):
    problems, changes = Problem.objects.count(), StatusChange.objects.count()
    assert seed_problems(count=COUNT, now=NOW) == 0
    assert seed_problems(count=COUNT, now=datetime(2026, 12, 1, 9, tzinfo=UTC)) == 0
    assert (Problem.objects.count(), StatusChange.objects.count()) == (problems, changes)


def test_history_is_chronological_and_numbers_grow_with_time(history):
    moments = list(StatusChange.objects.order_by("pk").values_list("created_at", flat=True))
    assert moments == sorted(moments)
    reported = list(Problem.objects.order_by("pk").values_list("created_at", flat=True))
    assert reported == sorted(reported)


def test_the_public_layer_has_what_is_public_in_one_changeset(history):
    features = set(Feature.objects.filter(layer__slug="problems").values_list("key", flat=True))
    shown = Problem.objects.filter(state__in=PUBLISHED, is_public=True)
    assert features == {str(number) for number in shown.values_list("pk", flat=True)}
    assert Changeset.objects.filter(layer__slug="problems").count() == 1


def test_voices_are_counted_and_photos_are_kept_clean(history):
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


def test_every_published_problem_says_why_it_went_where_it_went(history):
    published = Problem.objects.filter(published_at__isnull=False)
    assert RoutingDecision.objects.values("problem").distinct().count() == published.count()
    assert RoutingDecision.objects.filter(is_near_border=True, confirmed_by__isnull=False).exists()
    dispatched = published.filter(decisions__organisation=None)
    assert set(dispatched.values_list("category__code", flat=True)) <= set(UNCLAIMED)


def test_in_every_place_somebody_answers_for_all_but_what_is_left_to_the_dispatcher(
    history, datasets
):
    layers = dict(Layer.objects.filter(kind="territory").values_list("slug", "pk"))
    for row in (*datasets["districts"].rows, *datasets["starosta_okruhs"].rows):
        place = to_degrees(row.shape.representative_point())
        found = locate_for_routing(place.x, place.y).territories
        territories = [f"{layers[each.layer]}:{each.key}" for each in found]
        for category in Category.objects.filter(children=None):
            executor = find_executor(list_candidates(category.pk, territories))
            assert (executor is None) == (category.code in UNCLAIMED), (category.code, row.key)


def test_starostas_deputies_and_police_officers_watch_their_territories(history):
    kinds = Oversight.objects.values_list("organisation__kind", flat=True)
    assert {"starosta", "deputy", "police_officer", "self_organisation"} == set(kinds)
    administrator = User.objects.get(email="admin@kalynobrid.example")
    for kind in ("starosta", "deputy", "police_officer"):
        watching = Organisation.objects.filter(kind=kind, oversights__isnull=False)
        seen = [access.list_overseen_problems(administrator, each).count() for each in watching]
        assert sum(seen) > 0, kind


def test_the_printed_resident_may_rate_a_result_and_the_printed_officer_closes(history):
    resident = User.objects.get(email="resident@kalynobrid.example")
    waiting = Problem.objects.filter(reporter=resident, state=State.CLOSED, rating=None).first()
    assert waiting is not None
    services.rate_result(actor=resident, number=waiting.pk, rating=5, at=NOW)
    unconfirmed = User.objects.get(email="unconfirmed@kalynobrid.example")
    assert not is_confirmed(unconfirmed)
    assert Problem.objects.filter(reporter=unconfirmed, state=State.UNCONFIRMED).exists()


def test_invented_people_cannot_sign_in(history):
    invented = User.objects.filter(email__startswith="resident-")
    assert invented.count() >= 40
    assert not any(user.has_usable_password() for user in invented)

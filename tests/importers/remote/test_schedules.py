"""Schedules: due by the clock, silent where nothing changed, waiting where a person is needed."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import timezone

from geoportal.core.clock import list_clock_jobs
from geoportal.core.errors import Conflict, InvalidInput
from importers.models import Import, RemoteSource, Schedule, ScheduleRun
from importers.schedules import jobs, services
from importers.schedules.signals import run_needs_a_person, schedule_paused
from importers.schedules.timing import Rhythm, find_retry
from importers.stages import fetching, journal
from importers.stages.files import get_root
from importers.stages.from_address import receive_from_address
from importers.stages.services import cancel_import
from importers.states import Origin, State
from layers.models import Changeset, Feature
from layers.services import archive_layer, delete_layer, rollback_changeset
from tests.importers.remote.servers import Said, collection, point, say, say_page

DAILY = Rhythm(frequency="daily", at=time(3, 30))
HOURLY = Rhythm(frequency="hourly", at=time(0, 15))


@pytest.fixture
def told():
    """What was told of runs, and of schedules that were paused."""
    heard = []

    def hear_run(sender, run, **kwargs):
        heard.append((run.outcome, run.words))

    def hear_schedule(sender, schedule, **kwargs):
        heard.append(("paused", schedule.pause_reason))

    run_needs_a_person.connect(hear_run)
    schedule_paused.connect(hear_schedule)
    yield heard
    run_needs_a_person.disconnect(hear_run)
    schedule_paused.disconnect(hear_schedule)


@pytest.fixture
def source(server):
    """A file whose content a test changes."""
    server.content = [point(1), point(2)]
    server.routes["/trees.geojson"] = lambda asked: say(collection(server.content))
    return server


@pytest.fixture
def publish_first(source, officer, trees, django_capture_on_commit_callbacks):
    """The import that is then repeated."""

    def call(**given):
        answers = {"mode": "replace", **given.pop("answers", {})}
        with django_capture_on_commit_callbacks(execute=True):
            import_ = receive_from_address(
                actor=officer,
                address=f"{source.url}/trees.geojson",
                slug="trees",
                answers=answers,
                goes_to=given.pop("goes_to", State.PUBLISHED),
                **given,
            )
        import_.refresh_from_db()
        return import_

    return call


@pytest.fixture
def schedule(source, officer, trees):
    """Of a source that was never imported."""
    return Schedule.objects.create(
        source=RemoteSource.objects.create(
            address=f"{source.url}/trees.geojson",
            kind="file",
            dataset="trees.geojson",
            title="trees.geojson",
        ),
        layer=trees,
        author=officer,
        answers={"mode": "replace"},
        next_run_at=timezone.now() + timedelta(days=1),
        **vars(DAILY),
    )


@pytest.fixture
def repeated(publish_first, officer):
    """Of an import that was published."""
    import_ = publish_first()
    assert (import_.state, import_.error) == (State.PUBLISHED, "")
    return services.schedule_import(actor=officer, import_=import_, rhythm=DAILY)


@pytest.fixture
def run_due(django_capture_on_commit_callbacks):
    """Its time has come; the latest run afterwards."""

    def call(schedule):
        Schedule.objects.filter(pk=schedule.pk).update(next_run_at=timezone.now())
        with django_capture_on_commit_callbacks(execute=True):
            list_clock_jobs()["schedules begun"]()
        schedule.refresh_from_db()
        return schedule.runs.first()

    return call


pytestmark = pytest.mark.django_db


def test_what_has_changed_is_published(source, repeated, run_due):
    source.content = [point(2, species="Клен"), point(3)]
    run = run_due(repeated)
    changeset = run.made.changeset
    assert (run.outcome, run.made.origin) == ("published", Origin.SCHEDULE)
    assert (changeset.added, changeset.changed, changeset.removed) == (1, 1, 1)
    assert changeset.author == repeated.author
    assert f"{source.url}/trees.geojson" in changeset.comment
    assert repeated.next_run_at > timezone.now()


def test_unchanged_content_makes_no_import(source, repeated, run_due):
    before = Import.objects.count()
    run = run_due(repeated)
    assert (run.outcome, run.made, Import.objects.count()) == ("unchanged", None, before)
    assert not list(get_root().glob(".run-*"))


def test_other_answers_are_used_though_the_content_is_the_same(source, repeated, run_due, officer):
    kept = repeated.answers
    services.change_schedule(schedule=repeated, actor=officer, answers=kept)
    assert run_due(repeated).outcome == "unchanged"
    services.change_schedule(schedule=repeated, actor=officer, answers={"mode": "merge"})
    run = run_due(repeated)
    assert (run.outcome, run.made.answers["mode"]) == ("published", "merge")
    assert run_due(repeated).outcome == "unchanged"


def test_a_file_that_is_called_otherwise_each_time_is_the_same_source(
    source, publish_first, officer, run_due
):
    def name_anew(asked):
        name = f'attachment; filename="trees-{len(source.asked)}.geojson"'
        return say(collection(source.content), content_disposition=name)

    source.routes["/trees.geojson"] = name_anew
    import_ = publish_first()
    assert (import_.state, import_.error) == (State.PUBLISHED, "")
    repeated = services.schedule_import(actor=officer, import_=import_, rhythm=DAILY)
    source.content = [point(1)]
    run = run_due(repeated)
    assert (run.outcome, run.words) == ("published", "")
    assert run.made.changeset.removed == 1


def test_a_server_that_knows_what_it_gave_sends_nothing(source, publish_first, officer, run_due):
    given = []

    def answer(asked):
        known = asked.headers.get("if-none-match") == '"5"'
        given.append(known)
        return Said(status=304) if known else say(collection(source.content), ETag='"5"')

    source.routes["/trees.geojson"] = answer
    made = services.schedule_import(actor=officer, import_=publish_first(), rhythm=DAILY)
    assert run_due(made).outcome == "unchanged"
    assert given[-1]


def test_what_was_rolled_back_does_not_come_again(source, repeated, run_due, trees):
    rollback_changeset(changeset=Changeset.objects.get(), actor=repeated.author)
    assert run_due(repeated).outcome == "unchanged"
    assert not Feature.objects.filter(layer=trees).exists()


def test_where_a_brake_stops_it_waits_and_its_author_is_told_once(
    source, repeated, run_due, told, officer, django_capture_on_commit_callbacks
):
    source.content = [point(number) for number in range(1, 30)]
    assert run_due(repeated).outcome == "published"
    source.content = [point(10)]
    run = run_due(repeated)
    assert (run.outcome, run.made.state) == ("waiting", State.READY)
    assert [outcome for outcome, _words in told] == ["waiting"]
    source.content = [point(11)]
    assert run_due(repeated) == run  # the next one does not begin while this one waits
    jobs.settle_runs()
    assert len(told) == 1
    with django_capture_on_commit_callbacks(execute=True):
        cancel_import(import_=run.made)
    jobs.settle_runs()
    run.refresh_from_db()
    assert run.outcome == "cancelled"
    source.content = [point(10)]
    assert run_due(repeated).outcome == "unchanged"  # a person has said no to this very content


def test_an_open_question_waits_for_a_person(source, schedule, run_due, told):
    crs = {"type": "name", "properties": {"name": "EPSG:999999"}}
    far = point(1) | {"geometry": {"type": "Point", "coordinates": [5_600_000, 6_000_000]}}
    source.routes["/trees.geojson"] = say(collection([far], crs=crs))
    run = run_due(schedule)
    assert run.outcome == "waiting"
    assert [outcome for outcome, _words in told] == ["waiting"]


def test_failures_are_told_once_and_come_ever_later(source, schedule, run_due, told):
    source.routes["/trees.geojson"] = say_page()
    first = run_due(schedule)
    assert first.outcome == "failed"
    assert "вебсторінка" in first.words
    waited = []
    for _again in range(3):
        assert run_due(schedule).outcome == "failed"
        waited.append(schedule.next_run_at)
    assert [outcome for outcome, _words in told] == ["failed"]
    assert (schedule.failures, schedule.runs.count()) == (4, 4)
    source.routes["/trees.geojson"] = say(collection([point(1), point(2), point(5)]))
    assert run_due(schedule).outcome == "published"
    assert schedule.failures == 0
    source.routes["/trees.geojson"] = Said(b"", 500)
    run_due(schedule)
    assert len(told) == 2


def test_a_result_that_is_shorter_than_promised_removes_nothing(source, repeated, run_due, trees):
    source.routes["/trees.geojson"] = lambda asked: Said(say(collection([point(1)])).body, cut=20)
    assert run_due(repeated).outcome == "failed"
    assert Feature.objects.filter(layer=trees).count() == 2


def test_something_else_at_the_address_is_no_source(source, schedule, run_due, trees):
    source.routes["/trees.geojson"] = say({"collections": []})
    run = run_due(schedule)
    assert (run.outcome, "інше" in run.words) == ("failed", True)


@pytest.mark.parametrize("how", ["closed", "left", "archived"])
def test_where_nobody_stands_for_it_any_more_it_pauses(
    source, schedule, run_due, told, officer, trees, administrator, how
):
    if how == "closed":
        officer.is_active = False
        officer.save()
    elif how == "left":
        officer.memberships.all().delete()
    else:
        archive_layer(layer=trees, actor=administrator)
    source.content = [point(9)]
    run_due(schedule)
    assert schedule.paused_at is not None
    assert told == [("paused", schedule.pause_reason)]
    asked = len(source.asked)
    run_due(schedule)
    assert len(source.asked) == asked


def test_a_paused_schedule_does_not_run_until_it_is_resumed(source, schedule, run_due, officer):
    services.pause_schedule(schedule=schedule)
    assert run_due(schedule) is None
    resumed = services.resume_schedule(schedule=schedule, actor=officer)
    assert resumed.next_run_at > timezone.now()
    assert run_due(schedule).outcome == "published"


def test_two_runs_never_overlap(schedule):
    jobs.begin_run(schedule=schedule)
    with pytest.raises(Conflict):
        jobs.begin_run(schedule=schedule)


def test_a_run_whose_worker_was_killed_is_taken_up_again(source, schedule):
    source.content = [point(1), point(2), point(3)]
    run = ScheduleRun.objects.create(of=schedule)
    jobs.settle_runs()
    run.refresh_from_db()
    assert run.outcome == "fetching"  # its job may be about to begin
    ScheduleRun.objects.update(started_at=timezone.now() - timedelta(minutes=5))
    jobs.settle_runs()
    run.refresh_from_db()
    assert run.outcome == "published"


def test_what_kills_every_worker_has_failed_in_the_end(schedule):
    run = ScheduleRun.objects.create(of=schedule, attempts=jobs.ATTEMPTS_MAX)
    jobs.run_schedule.call(run.pk)
    run.refresh_from_db()
    assert run.outcome == "failed"


def test_old_runs_are_forgotten(schedule, monkeypatch):
    monkeypatch.setattr(jobs, "RUNS_KEPT", 2)
    ended = {"outcome": "unchanged", "ended_at": timezone.now()}
    ScheduleRun.objects.bulk_create(ScheduleRun(of=schedule, **ended) for _each in range(5))
    assert jobs.forget_runs() == 3


def test_a_layer_takes_its_schedules_with_it(schedule, trees, administrator):
    archive_layer(layer=trees, actor=administrator)
    trees.refresh_from_db()
    delete_layer(layer=trees, actor=administrator)
    assert not Schedule.objects.exists()


def test_what_a_killed_run_has_left_goes(schedule):
    kept = ScheduleRun.objects.create(of=schedule)
    folders = [get_root() / f".run-{number}" for number in (kept.pk, kept.pk + 1)]
    for folder in folders:
        folder.mkdir(parents=True)
    jobs.forget_runs()
    assert [folder.exists() for folder in folders] == [True, False]


def test_a_person_stops_what_is_being_fetched(publish_first, monkeypatch):
    monkeypatch.setattr(journal, "WRITTEN_EVERY_S", 0)

    def fetch_until_cancelled(source, folder, on_rows):
        Import.objects.update(cancel_asked=True)
        on_rows(1, None)

    monkeypatch.setattr(fetching, "fetch_source", fetch_until_cancelled)
    import_ = publish_first()
    assert import_.state == State.CANCELLED
    assert not (get_root() / str(import_.pk)).exists()


def test_only_what_was_published_from_an_address_is_repeated(officer, trees, publish_first):
    plain = Import.objects.create(author=officer, origin="page", name="a.csv", layer=trees)
    for refused, why in ((plain, InvalidInput), (publish_first(goes_to=State.READY), Conflict)):
        with pytest.raises(why):
            services.schedule_import(actor=officer, import_=refused, rhythm=DAILY)
    made = publish_first()
    services.schedule_import(actor=officer, import_=made, rhythm=DAILY)
    with pytest.raises(Conflict):
        services.schedule_import(actor=officer, import_=made, rhythm=HOURLY)


def test_consents_are_never_part_of_a_schedule(publish_first, officer):
    made = publish_first(answers={"yes_remove": 100})
    repeated = services.schedule_import(actor=officer, import_=made, rhythm=DAILY)
    assert repeated.answers == {"mode": "replace"}


def test_an_import_from_an_address_that_failed_can_be_tried_again(source, publish_first):
    whole = source.routes["/trees.geojson"]
    source.routes["/trees.geojson"] = lambda asked: (
        whole(asked) if len(source.asked) == 1 else Said(b"", 404)
    )
    import_ = publish_first()
    assert import_.state == State.FAILED
    assert "404" in import_.error
    assert not (get_root() / str(import_.pk)).exists()


@pytest.mark.parametrize(
    ("rhythm", "after", "expected"),
    [
        (
            HOURLY,
            datetime(2026, 1, 5, 10, 20, tzinfo=UTC),
            datetime(2026, 1, 5, 11, 15, tzinfo=UTC),
        ),
        (
            HOURLY,
            datetime(2026, 1, 5, 10, 14, tzinfo=UTC),
            datetime(2026, 1, 5, 10, 15, tzinfo=UTC),
        ),
        (DAILY, datetime(2026, 1, 5, 1, 29, tzinfo=UTC), datetime(2026, 1, 5, 1, 30, tzinfo=UTC)),
        (DAILY, datetime(2026, 1, 5, 1, 30, tzinfo=UTC), datetime(2026, 1, 6, 1, 30, tzinfo=UTC)),
        # In the night of 29 March the clock goes from 3:00 to 4:00: half past three is left out.
        (DAILY, datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        (DAILY, datetime(2026, 3, 29, 12, tzinfo=UTC), datetime(2026, 3, 30, 0, 30, tzinfo=UTC)),
        (
            Rhythm(frequency="weekly", at=time(6), weekday=6),
            datetime(2026, 6, 1, 12, tzinfo=UTC),
            datetime(2026, 6, 7, 3, tzinfo=UTC),
        ),
        (
            Rhythm(frequency="monthly", at=time(0), day=31),
            datetime(2026, 1, 31, 12, tzinfo=UTC),
            datetime(2026, 2, 27, 22, tzinfo=UTC),
        ),
    ],
)
def test_times_are_those_of_the_town(rhythm, after, expected):
    assert rhythm.find_next(after) == expected


def test_retries_wait_for_a_week_at_most():
    now = datetime(2026, 1, 5, 10, 20, tzinfo=UTC)
    waits = [find_retry(HOURLY, failures, now) - now for failures in (1, 2, 5, 50)]
    assert waits == sorted(waits)
    assert waits[0] < timedelta(hours=1)
    assert timedelta(days=6) < waits[-1] <= timedelta(days=7, hours=1)

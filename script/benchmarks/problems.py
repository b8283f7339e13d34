"""Problems: publication with its routing, a boundary change under 100 000 of them, their list."""

from collections.abc import Iterator
from datetime import timedelta

import numpy as np
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.gis.geos import Point
from django.db import connection, transaction
from django.db.models import DateTimeField, DurationField, ExpressionWrapper, F, Value
from django.db.models.expressions import Combinable
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from geoportal.accounts.models import Organisation, User
from geoportal.core.database.named_sql import execute_sql
from geoportal.problems import services
from geoportal.problems.history.projection import project_problems
from geoportal.problems.lists.counting import count_problems
from geoportal.problems.lists.filters import ProblemFilter
from geoportal.problems.lists.paging import Sort, write_cursor
from geoportal.problems.models import (
    Category,
    Problem,
    Responsibility,
    RoutingDecision,
    StatusChange,
)
from geoportal.problems.services.reporting import Report
from geoportal.problems.workflow import Action, Resolution, Role, State
from layers.models import Changeset, Feature, Layer
from layers.services import apply_changeset
from layers.staging import StagedRow
from script.benchmarks.measure import Result, clock, compare
from script.benchmarks.territories import LAYERS, access_territories, build_areas

PROBLEMS = 100_000
GROUPS, LEAVES, ORGANISATIONS = 10, 4, 20
TIMES = 40
BATCH = 5_000
MOVED_DEG = 0.001  # of the sites whose Voronoi cells the areas are: about 100 m


def run(rows: int) -> list[Result]:
    count = min(rows, PROBLEMS)
    territories = [access_territories(number) for number in range(LAYERS)]
    moderator = access_moderator()
    categories = access_categories(territories[0])
    fill(count, moderator, categories)
    return [
        *measure_publication(moderator, categories, territories),
        *measure_reassignment(territories[0], count),
        *measure_list(count),
        *measure_statistics(territories[0], count),
    ]


def access_moderator() -> User:
    user, _made = User.objects.get_or_create(email="bench@example.org", is_moderator=True)
    EmailAddress.objects.get_or_create(user=user, email=user.email, verified=True)
    return user


def access_categories(territories: Layer) -> list[Category]:
    """Forty leaves; each group belongs to one organisation in each area, the council controls."""
    if Category.objects.exists():
        return list(Category.objects.filter(parent__isnull=False))
    bodies = Organisation.objects.bulk_create(
        Organisation(slug=f"bench-{n}", kind="municipal_enterprise", name_uk=f"Організація {n}")
        for n in range(ORGANISATIONS)
    )
    groups = Category.objects.bulk_create(
        Category(code=f"group-{n}", title_uk=f"Група {n}") for n in range(GROUPS)
    )
    leaves = Category.objects.bulk_create(
        Category(code=f"leaf-{group.pk}-{n}", title_uk=f"Категорія {n}", parent=group)
        for group in groups
        for n in range(LEAVES)
    )
    keys = Feature.objects.filter(layer=territories).values_list("key", flat=True)
    Responsibility.objects.bulk_create(
        Responsibility(
            organisation=bodies[(number + turn) % (ORGANISATIONS - 1)],
            category=group,
            territory_layer=territories,
            territory_key=key,
        )
        for turn, group in enumerate(groups)
        for number, key in enumerate(keys)
    )
    Responsibility.objects.create(organisation=bodies[-1], role="controller")
    return leaves


@transaction.atomic
def fill(count: int, moderator: User, categories: list[Category]) -> None:
    """Open problems, published by rows of the history and routed by the set-based join."""
    missing = count - Problem.objects.count()
    if missing <= 0:
        return
    random = np.random.default_rng(5)
    now = timezone.now()
    problems = Problem.objects.bulk_create(
        (
            Problem(
                category=categories[number % len(categories)],
                title=f"Проблема {number}",
                description="Опис проблеми",
                geom=Point(30 + random.random() * 0.2, 50 + random.random() * 0.2, srid=4326),
                address=f"вулиця Соборна, {number % 200}",
                state_since=now,
                created_at=now,
                published_at=now - timedelta(minutes=5 * number),
                due_at=now,
            )
            for number in range(missing)
        ),
        batch_size=BATCH,
    )
    StatusChange.objects.bulk_create(
        (
            StatusChange(
                problem=problem,
                action=Action.PUBLISH,
                from_state=State.MODERATION,
                to_state=State.OPEN,
                role=Role.MODERATOR,
                actor=moderator,
                created_at=now,
            )
            for problem in problems
        ),
        batch_size=BATCH,
    )
    RoutingDecision.objects.bulk_create(
        (
            RoutingDecision(problem=problem, cause="publication", created_at=now)
            for problem in problems
        ),
        batch_size=BATCH,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE problems_problem, problems_routingdecision")
    services.reassign_problems()
    project_problems(list(Problem.objects.values_list("pk", flat=True)))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE problems_assignment, problems_problemterritory, layers_feature")


def measure_publication(
    moderator: User, categories: list[Category], territories: list[Layer]
) -> list[Result]:
    random = np.random.default_rng(6)

    def report() -> Problem:
        lon, lat = 30 + random.random() * 0.2, 50 + random.random() * 0.2
        category = categories[int(random.integers(len(categories)))]
        return services.report_problem(
            actor=moderator,
            report=Report(
                category=category, lon=lon, lat=lat, title="Яма на дорозі", description="Опис"
            ),
        )

    waiting: Iterator[Problem] = iter([report() for _ in range(TIMES + 1)])
    layers = [layer.pk for layer in territories]

    def publish() -> None:
        services.publish_problem(actor=moderator, number=next(waiting).pk, border_confirmed=True)

    def ask_where() -> None:
        place = f"SRID=4326;POINT({30 + random.random() * 0.2} {50 + random.random() * 0.2})"
        with connection.cursor() as cursor:
            values = {"layers": layers, "visibilities": ["public", "staff"], "place": place}
            execute_sql(cursor, "layers", "locate_point", values)
            cursor.fetchall()

    ours, bare = compare(publish, ask_where, TIMES)
    what = f"publication, routing in {LAYERS} layers included, against the bare spatial query"
    return [Result(what, ours, bare)]


def measure_reassignment(layer: Layer, count: int) -> list[Result]:
    """Every border of a layer moves a little, so that every problem has to be looked at."""
    change_borders(layer, MOVED_DEG)
    keys = list(Feature.objects.filter(layer=layer).values_list("key", flat=True))
    found = services.reassign_problems(layer=layer, touched=keys, dry_run=True)
    seconds = clock(lambda: services.reassign_problems(layer=layer, touched=keys))
    change_borders(layer, 0)
    again = clock(services.reassign_problems)
    note = f"looked at {found.considered}, elsewhere {found.shifted}, moved {found.moved}"
    return [
        Result(f"borders of {len(keys)} areas moved", seconds, target="≤ 5 s", note=note),
        Result(f"reassign_problems: {count} problems, {LAYERS} layers", again),
    ]


def change_borders(layer: Layer, moved_deg: float) -> None:
    areas = build_areas(0, moved_deg)
    rows = [StagedRow(key, area.wkb_hex, "{}") for key, area in areas.items()]
    apply_changeset(layer=layer, rows=rows, kind=Changeset.Kind.IMPORT)


def measure_list(count: int) -> list[Result]:
    client = Client()
    newest = Problem.objects.order_by("-published_at", "-pk")
    late = newest[int(count * 0.9)]
    address = f"/problems/?after={write_cursor(late, Sort.NEWEST)}"
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]

    def count_queries(url: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            if client.get(url).status_code != 200:
                raise SystemExit(f"{url} does not answer")
        return len(captured)

    queries = count_queries("/problems/"), count_queries(address)
    deep, first = compare(lambda: client.get(address), lambda: client.get("/problems/"), 20)
    note = f"{queries[1]} and {queries[0]} queries"
    return [
        Result(
            f"list of {count} problems: page at 90 % against the first", deep, first, "≈ 1", note
        )
    ]


def measure_statistics(layer: Layer, count: int) -> list[Result]:
    """All tables of the page, of problems in all states, against counting them by state."""

    def count_states() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT state, count(*) FROM problems_problem GROUP BY state")
            cursor.fetchall()

    with transaction.atomic():
        spread_states()
        ours, bare = compare(lambda: count_problems(ProblemFilter(), layer), count_states, 10)
        transaction.set_rollback(True)
    return [Result(f"statistics of {count} problems: all tables", ours, bare, "≤ 1 s")]


def spread_states() -> None:
    """As if the town had worked for years: a fifth is open, the others taken, closed, rated."""
    turns = (State.OPEN, State.ACCEPTED, State.CLOSED, State.ARCHIVED, State.ARCHIVED)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE problems_problem DISABLE TRIGGER USER")
        for turn, state in enumerate(turns[1:], start=1):
            problems = Problem.objects.annotate(turn=F("id") % len(turns)).filter(turn=turn)
            accepted_at = after_publication(97)
            if state == State.ACCEPTED:
                problems.update(state=state, accepted_at=accepted_at)
                continue
            problems.update(
                state=state,
                accepted_at=accepted_at,
                closed_at=after_publication(997),
                archive_at=after_publication(997),
                resolution=Resolution.SOLVED,
                rating=F("id") % 5 + 1,
            )
        cursor.execute("ANALYZE problems_problem")
        cursor.execute("ALTER TABLE problems_problem ENABLE TRIGGER USER")


def after_publication(most_h: int) -> Combinable:
    """Another number of hours for each problem."""
    hours = ExpressionWrapper(
        (F("id") % most_h) * Value(timedelta(hours=1)), output_field=DurationField()
    )
    return ExpressionWrapper(F("published_at") + hours, output_field=DateTimeField())

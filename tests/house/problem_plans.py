"""Plans of the statements of the report workflow, in a town with 30 000 problems of some years.

They are taken where the services run them, with the values and temporary tables of that moment.
"""

import re
from collections.abc import Callable
from functools import partial

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from geoportal.accounts.models import Organisation
from geoportal.problems.history.layer_spec import LAYER_SLUG, build_spec
from geoportal.problems.history.projection import project_problems
from geoportal.problems.lists.addresses import find_nearest_address
from geoportal.problems.lists.filters import ProblemFilter
from geoportal.problems.lists.similar import list_similar
from geoportal.problems.models import Category, Problem, Responsibility
from geoportal.problems.services import reassign_problems
from geoportal.problems.services.import_guard import STATES, prepare
from geoportal.problems.tiles.source import ProblemSource
from layers.models import Layer
from layers.services import create_layer
from layers.staging import StageQuery, fill_stage
from tests.house.explaining import (
    CELLS_A_SIDE,
    SIZE,
    SOUTH,
    WEST,
    Town,
    explain,
    explain_here,
    explained,
)
from tests.house.import_plans import stage_changes
from tiles.grid import Tile

HISTORY = "geoportal.problems.history"
PROBLEMS = 30_000
GROUPS, LEAVES, ORGANISATIONS = 10, 4, 20
TABLES = {
    "problem": "problems_problem",
    "history": "problems_statuschange",
    "assignment": "problems_assignment",
    "territory": "problems_problemterritory",
    "decision": "problems_routingdecision",
    "attachment": "problems_attachment",
}
# Every tenth problem is open, every tenth accepted, the others are archived. Of twenty in a row ten
# lie in another area than they were given to, as after a change of borders.
FILLING = {
    "problem": """
        INSERT INTO problems_problem (
            category_id, title, description, answers, geom, address, language, is_anonymous, source,
            contact_name, contact_phone, contact_email, state, state_since, version, resolution,
            is_public, border_needs_check, created_at, published_at, accepted_at, closed_at,
            archive_at, due_at, calendar_version, votes, rating_words, reopened,
            private_promised, private_answers, is_withdrawn
        )
        SELECT
            (%(categories)s::bigint[])[1 + number %% array_length(%(categories)s::bigint[], 1)],
            'Проблема ' || number, 'Опис', '{}',
            ST_SetSRID(ST_MakePoint(
                %(west)s + random() * %(size)s, %(south)s + random() * %(size)s), 4326),
            'вулиця Соборна, ' || number %% 200, 'uk', true, 'web', '', '', '',
            state, added, 0, CASE state WHEN 'archived' THEN 'solved' ELSE '' END,
            true, false, added, added, added, added, added + interval '30 days',
            CASE WHEN state <> 'archived' THEN added + interval '1 month' END, '', 0, '', 0,
            false, '{}', false
        FROM generate_series(0, %(problems)s - 1) AS number
        CROSS JOIN LATERAL (
            SELECT
                coalesce((ARRAY['open', 'accepted'])[1 + number %% 10], 'archived') AS state,
                timestamptz '2025-01-01' + number * interval '20 minutes' AS added
        ) AS made
    """,
    "history": """
        INSERT INTO problems_statuschange (
            problem_id, action, from_state, to_state, role, words, reason, details, is_internal,
            created_at
        )
        SELECT id, action, 'moderation', 'open', 'system', '', '', '{}', false, published_at
        FROM problems_problem, unnest(ARRAY['report', 'publish', 'accept']) AS action
    """,
    "assignment": """
        INSERT INTO problems_assignment (
            problem_id, organisation_id, role, is_routed, purpose, created_at, ended_as
        )
        SELECT
            id, (%(organisations)s::bigint[])[place], (ARRAY['executor', 'controller'])[place],
            true, '', published_at, ''
        FROM problems_problem, generate_series(1, 2) AS place
    """,
    "territory": """
        INSERT INTO problems_problemterritory (problem_id, layer_id, key, title, is_chosen)
        SELECT
            id, %(areas)s,
            'a' || floor((ST_X(geom) - %(west)s) / %(size)s * %(cells)s)::integer
            || '-' || least(%(cells)s - 1, floor((ST_Y(geom) - %(south)s) / %(size)s * %(cells)s)
                + CASE WHEN id / 10 %% 2 = 0 THEN 1 ELSE 0 END)::integer,
            'Ділянка', false
        FROM problems_problem
        UNION ALL
        SELECT id, %(points)s, 'k' || id, 'Ділянка', false FROM problems_problem
    """,
    "decision": """
        INSERT INTO problems_routingdecision (
            problem_id, cause, territories, candidates, neighbours, rules, organisation_id,
            is_near_border, created_at
        )
        SELECT
            id, 'publication', '[]', '[]', '[]', '{}', (%(organisations)s::bigint[])[1], false,
            published_at
        FROM problems_problem
    """,
    "attachment": """
        INSERT INTO problems_attachment (
            problem_id, kind, purpose, processing, file, thumbnail, content_type, size, width,
            height, sha256, original_name, is_hidden, needs_check, attempts,
            position, created_at
        )
        SELECT
            id, 'photo', 'report', 'ready', 'problems/a.jpg', 'problems/a-small.jpg', 'image/jpeg',
            1000, 100, 100, '', '', false, false, 0, 0,
            published_at
        FROM problems_problem
        WHERE id %% 2 = 0
    """,
}
INDEX = re.compile(r'"Index Name": "(\w+)"')
FIRST_AREAS = [f"a{column}-{row}" for column in (3, 4) for row in (5, 6)]
Plan = Callable[[Town, "Plans"], None]
Plans = dict[str, str]


def fill_problems(town: Town) -> None:
    """Problems with what hangs on them; rules give each group and area to an organisation."""
    organisations = Organisation.objects.bulk_create(
        Organisation(slug=f"body-{n}", kind="municipal_enterprise", name_uk=f"Організація {n}")
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
    Responsibility.objects.bulk_create(
        Responsibility(
            organisation=organisations[2 + (turn + number) % (ORGANISATIONS - 2)],
            category=group,
            territory_layer=town.areas,
            territory_key=f"a{number // CELLS_A_SIDE}-{number % CELLS_A_SIDE}",
        )
        for turn, group in enumerate(groups)
        for number in range(CELLS_A_SIDE * 6)
    )
    values = {
        "categories": [each.pk for each in leaves],
        "organisations": [each.pk for each in organisations],
        "problems": PROBLEMS,
        "areas": town.areas.pk,
        "points": town.points.pk,
        "west": WEST,
        "south": SOUTH,
        "size": SIZE,
        "cells": CELLS_A_SIDE,
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0.5)")
        for table in ("problems_problem", "problems_statuschange"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for name in TABLES:
            cursor.execute(FILLING[name], values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("problems_problem", "problems_statuschange"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        for table in (*TABLES.values(), "problems_responsibility", "problems_category"):
            cursor.execute(f"ANALYZE {table}")


def explain_reassignment(town: Town) -> Plans:
    """The plans of every step, when the borders of a few of 2 025 areas have changed."""
    create_layer(spec=build_spec())
    with explained("geoportal.problems.services.reassignment") as plans:
        found = reassign_problems(layer=town.areas, touched=FIRST_AREAS, cause="territory")
    assert found.shifted
    assert found.moved
    return plans


def takes_all(name: str, town: Town, plans: Plans) -> None:
    """Each of these indexes; a pattern stands for any of equal use."""
    taken = set(INDEX.findall(plans[name]))
    missed = [index for index in STEPS[name] if not any(re.fullmatch(index, one) for one in taken)]
    assert not missed, f"it takes {sorted(taken)}"


def plan_nearest_address(town: Town, plans: Plans) -> None:
    with (
        override_settings(ADDRESS_LAYER="points"),
        explained("geoportal.problems.lists.addresses") as found,
    ):
        assert find_nearest_address(WEST + SIZE / 3, SOUTH + SIZE / 3)
    assert f"layers_feature_{town.points.pk}_geom_3857" in found["nearest_address"]


def plan_similar_problems(town: Town, plans: Plans) -> None:
    category = Category.objects.filter(parent__isnull=False)[0]
    with explained("geoportal.problems.lists.similar") as found:
        list_similar(AnonymousUser(), category, WEST + SIZE / 3, SOUTH + SIZE / 3)
    assert "problems_problem_geom_8f4c3e60_id" in found["similar_problems"]


def plan_left_outside(town: Town, plans: Plans) -> None:
    """A file that moves all of two thousand areas away from under the problems in them."""
    with connection.cursor() as cursor:
        stage_changes(cursor, town.areas, CELLS_A_SIDE**2)
        prepare(cursor)
        values = {"layer": town.areas.pk, "states": STATES, "limit": 200}
        plan = explain_here(cursor, "geoportal.problems.services", "left_outside", values)
    names = set(INDEX.findall(plan))
    places = f"layers_feature_{town.areas.pk}_geom_3857"
    assert {places, "left_outside_places", "left_outside_keys"} <= names, names


def list_some_numbers() -> list[int]:
    return list(Problem.objects.values_list("pk", flat=True)[100:105])


def plan_split_shown(town: Town, plans: Plans) -> None:
    with explained("geoportal.problems.history.projection") as found:
        project_problems(list_some_numbers())
    layer = Layer.objects.get(slug=LAYER_SLUG)
    assert "problems_problem_pkey" in found["split_shown"]
    assert f"layers_feature_{layer.pk}_key_once" in found["split_shown"]


def plan_stage_problems(town: Town, plans: Plans) -> None:
    values = {"numbers": list_some_numbers()}
    with connection.cursor() as cursor:
        fill_stage(
            cursor, StageQuery("stage_problems", values, package="geoportal.problems.history")
        )
    assert "problems_problem_pkey" in explain(
        "geoportal.problems.history", "stage_problems", values
    )


def plan_cluster_tile(town: Town, plans: Plans) -> None:
    values = ProblemSource(ProblemFilter(), timezone.now()).bind(Tile(16, 38_248, 22_131))
    plan = explain("geoportal.problems.tiles", "cluster_tile", values)
    assert '"problems_on_map"' in plan


OF_TERRITORY = r"problems_territory_once|problems_problemterritory_problem_id_\w+"
OF_ASSIGNMENT = r"problems_assignment_in_force_once|problems_assignment_problem_id_\w+"
PLACES = "problems_problem_geom_8f4c3e60_id"
STEPS: dict[str, tuple[str, ...]] = {
    "find_affected": ("problems_in_territory", PLACES),
    "lock_affected": ("problems_problem_pkey",),
    "place_affected": (PLACES,),
    "find_chosen": (OF_TERRITORY,),
    "find_shifts": (OF_TERRITORY,),
    "regroup_affected": (OF_TERRITORY, OF_ASSIGNMENT),
    "find_changes": (OF_ASSIGNMENT,),
    "store_shifts": ("problems_problemterritory_pkey",),
    "find_differing": ("problems_decisions",),
    "find_across": ("layers_territorycell_pkey",),
    "insert_decisions": (OF_TERRITORY,),
    "mark_border_checks": ("problems_problem_pkey",),
    "end_moved_assignments": ("problems_assignment_pkey",),
    "update_moved_roles": ("problems_assignment_pkey",),
    "update_moved_problems": ("problems_problem_pkey",),
}
PROBLEM_PLANS: dict[str, Plan] = {
    name.removeprefix("plan_"): plan for name, plan in globals().items() if name.startswith("plan_")
} | {name: partial(takes_all, name) for name in STEPS}

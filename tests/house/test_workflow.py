"""The reference of the workflow says what the code and the database do."""

import re
from collections.abc import Iterable

import pytest

from geoportal.problems.forms.actions import list_actions
from geoportal.problems.workflow import (
    EDGES,
    INTERNAL,
    Action,
    Purpose,
    RejectReason,
    Resolution,
    Role,
    RoutingRole,
    State,
)
from tests.house import markdown
from tests.house.project import list_files, read

WORKFLOW = "docs/reference/workflow.md"
URLS = "docs/reference/urls.md"
DATA_MODEL = "docs/reference/data-model.md"
ENDPOINT = "Actions on a problem"


def render_steps() -> list[list[str]]:
    """The table of steps: one row for each action and role, in the order of the code."""
    rows: dict[tuple[str, str], list[str]] = {}
    says: dict[tuple[str, str], str] = {}
    for edge in EDGES:
        key = edge.action.value, edge.role.value
        moves = edge.source != edge.target
        step = f"`{edge.source}` → `{edge.target}`" if moves else f"`{edge.source}`"
        rows.setdefault(key, []).append(step)
        needs = {"words": edge.needs_words, "reason": bool(edge.reasons)}
        says[key] = " and ".join(name for name, needed in needs.items() if needed)
    return [
        [f"`{action}`", role, ", ".join(steps), says[action, role]]
        for (action, role), steps in rows.items()
    ]


def list_rows_under(page: str, title: str) -> list[list[str]]:
    return markdown.list_rows(markdown.get_section(read(page), title))


def test_the_table_of_steps_is_that_of_the_code():
    expected = render_steps()
    table = "\n".join(f"| {' | '.join(row)} |" for row in expected)
    assert list_rows_under(WORKFLOW, "Steps") == expected, f"the table should be:\n{table}"


@pytest.mark.parametrize(
    ("title", "values"),
    [
        ("States", State.values),
        ("Roles", Role.values),
        ("Reasons", [*RejectReason.values, *Resolution.values]),
        ("Organisations and problems", [*RoutingRole.values, *Purpose.values]),
    ],
)
def test_every_value_has_its_row(title: str, values: Iterable[str]):
    rows = list_rows_under(WORKFLOW, title)
    assert [row[0].strip("`") for row in rows] == list(values)


def test_internal_actions_are_named():
    section = markdown.get_section(read(WORKFLOW), "Steps")
    assert all(f"`{action}`" in section.split("|")[0] for action in INTERNAL)


def test_every_action_of_people_is_documented_with_its_fields():
    table = [row for row in list_rows_under(URLS, ENDPOINT) if not row[0].startswith("`/")]
    rows = {row[0].strip("`"): row[2] for row in table}
    expected = {name: set(named.reads) for name, named in list_actions().items()}
    assert {name: set(markdown.list_code(text)) for name, text in rows.items()} == expected


def test_every_action_of_the_history_can_be_caused():
    """By the endpoint, or by the portal itself."""
    own_names = {"report", "confirm_email", "reroute", "remind", "unanswered", "archive"}
    assert set(Action.values) <= set(list_actions()) | own_names


def list_constraints(pattern: str) -> list[str]:
    text = "\n".join(
        path.read_text(encoding="utf-8")
        for path in list_files(".sql", folders=("geoportal", "layers"))
        if "current" in path.parts
    )
    return sorted(set(re.findall(pattern, text)))


@pytest.mark.parametrize("name", list_constraints(r"CONSTRAINT = '(\w+)'"))
def test_every_refusal_of_a_trigger_is_documented(name: str):
    assert f"`{name}`" in read(DATA_MODEL)


@pytest.mark.parametrize(
    "name", list_constraints(r"CREATE (?:OR REPLACE )?FUNCTION (\w+)\(.*")
)  # fmt: skip
def test_every_function_of_the_database_is_documented(name: str):
    section = markdown.get_section(read(DATA_MODEL), "Functions of the database")
    assert f"`{name}(" in section

"""What the database holds is what the files of `sql/current` say, and `migrate` brings it back."""

import re

import pytest
from django.apps import apps
from django.core.management import call_command, load_command_class
from django.core.management.base import SystemCheckError
from django.db import ProgrammingError, connection, transaction

from geoportal.core.database.current_sql import MADE, apply_current, find_drift, list_current_files
from tests.house.project import PACKAGES, list_files, name_of

CURRENT = [path for path in list_files(".sql", folders=PACKAGES) if path.parent.name == "current"]
HARMLESS = (
    "CREATE OR REPLACE FUNCTION layers_refuse_rewriting() RETURNS trigger LANGUAGE plpgsql"
    " AS $$ BEGIN RETURN NEW; END $$"
)


def run(statement: str) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


@pytest.mark.django_db
def test_a_migrated_database_is_what_the_files_say():
    assert find_drift("default") == []
    call_command("check", databases=["default"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "named"),
    [
        (HARMLESS, "layers_refuse_rewriting()"),
        (
            "ALTER TABLE problems_problem DISABLE TRIGGER problems_problem_guarded",
            "problems_problem_guarded on problems_problem",
        ),
        (
            "DROP TRIGGER layers_featureversion_append_only ON layers_featureversion",
            "layers_featureversion_append_only on layers_featureversion",
        ),
        ("ALTER FUNCTION layers_fold(text) VOLATILE", "layers_fold(words text)"),
    ],
)
def test_a_change_by_hand_is_named_and_mended_by_the_next_migrate(change: str, named: str):
    run(change)
    assert find_drift("default") == [named]
    with pytest.raises(SystemCheckError, match=re.escape(named)):
        call_command("check", databases=["default"])
    for app in apps.get_app_configs():
        apply_current(app, "default")
    assert find_drift("default") == []


@pytest.mark.django_db
def test_migrate_is_not_stopped_by_what_it_mends():
    """With its own checks, as from the shell: an older function, and a database without tables."""
    run(HARMLESS)
    call_command("migrate", skip_checks=False, verbosity=0)
    assert find_drift("default") == []
    run("DROP TABLE pages_pageversion CASCADE")
    with pytest.raises(ProgrammingError), transaction.atomic():
        call_command("check", databases=["default"])
    load_command_class("geoportal.core", "migrate").check(databases=["default"])


@pytest.mark.django_db
def test_looking_for_drift_changes_nothing():
    run(HARMLESS)
    find_drift("default")
    assert find_drift("default") == ["layers_refuse_rewriting()"]


@pytest.mark.django_db
def test_every_function_trigger_and_view_of_the_database_has_its_file():
    made = {
        name
        for app in apps.get_app_configs()
        for path in list_current_files(app)
        for name in MADE.findall(path.read_text(encoding="utf-8"))
    }
    ours = "~ '^(" + "|".join(app.label for app in apps.get_app_configs()) + ")_'"
    held = run(
        "SELECT proname FROM pg_proc"
        f" WHERE pronamespace = 'public'::regnamespace AND proname {ours}"
        f" UNION SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgname {ours}"
        f" UNION SELECT relname FROM pg_class WHERE relkind = 'v' AND relname {ours}"
    )
    assert {name for (name,) in held} <= made


@pytest.mark.parametrize("path", CURRENT, ids=name_of)
def test_a_current_file_can_be_run_again_and_says_what_it_is_for(path):
    text = path.read_text(encoding="utf-8")
    assert text.startswith("-- ")
    made = re.findall(r"^(?:CREATE|DROP|ALTER|INSERT|UPDATE|DELETE)\b.*", text, re.MULTILINE)
    assert made
    assert all(re.match(r"CREATE OR REPLACE (?:FUNCTION|TRIGGER|VIEW) ", line) for line in made)

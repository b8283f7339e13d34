"""Packages look one way, modules stay small, migrations are complete."""

import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.house.project import ROOT, list_files, name_of

LINES_MAX = 400
SOURCES = (".py", ".mjs", ".css", ".html", ".sql", ".sh")


def test_packages_import_one_way_only():
    lint_imports = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [lint_imports, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.django_db
def test_no_migration_is_missing():
    said = StringIO()
    call_command("makemigrations", "--check", "--dry-run", stdout=said, verbosity=1)


def test_modules_stay_small():
    long = {
        name_of(path): lines
        for path in list_files(*SOURCES)
        if "migrations" not in path.parts
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > LINES_MAX
    }
    assert not long, f"split these by concept: {long}"


def test_the_package_of_the_site_holds_nothing_itself():
    assert (ROOT / "geoportal" / "__init__.py").read_text() == ""


def test_no_module_is_a_drawer_for_anything():
    drawers = {"utils.py", "helpers.py", "common.py", "misc.py"}
    found = [name_of(path) for path in list_files(".py") if path.name in drawers]
    assert not found, "name the subject instead"

"""The template of the test databases follows everything that a migration writes."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from geoportal.packs import first_pages
from geoportal.problems import receivers
from tests import template
from tests.template import hash_migrations, list_sources

ROOT = Path(settings.BASE_DIR)


def test_a_template_hangs_on_migrations_and_on_all_that_they_read():
    sources = set(list_sources())
    written = {path for path in ROOT.glob("[a-z]*/**/migrations/*.py") if is_tracked(path)}
    assert len(written) > 10
    assert written <= sources
    assert set(ROOT.glob("layers/**/*.sql")) <= sources
    assert {Path(first_pages.__file__), Path(receivers.__file__)} <= sources
    assert {path.name for path in sources} >= {"rules.uk.md"}


def is_tracked(path: Path) -> bool:
    return path.relative_to(ROOT).parts[0] in {"geoportal", "layers", "tiles", "importers"}


def test_one_changed_letter_makes_another_template(tmp_path, monkeypatch):
    (tmp_path / "requirements.txt").write_text("Django==5.2\n")
    sql = tmp_path / "guard.sql"
    monkeypatch.setattr(template, "ROOT", tmp_path)
    monkeypatch.setattr(template, "list_sources", lambda: [sql])
    names = []
    for text in ("SELECT 1", "SELECT 2", "SELECT 1"):
        sql.write_text(text)
        names.append(hash_migrations())
    assert names[0] == names[2] != names[1]


@pytest.mark.django_db
def test_the_clone_has_every_migration():
    loader = MigrationLoader(connection)
    assert set(loader.graph.nodes) <= set(loader.applied_migrations)

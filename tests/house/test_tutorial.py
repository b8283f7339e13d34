"""The tutorial works: every command of it runs, and prints what the page says it prints."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.contrib.gis.geos import MultiPolygon, Polygon
from django.db import connection

from geoportal.demo.accounts import write_accounts
from geoportal.demo.seed import PACK
from geoportal.packs.applying.whole import apply_pack
from layers.models import Changeset, Feature, Layer
from layers.schema.specs import LayerSpec
from layers.services import apply_changeset, create_layer
from layers.staging import StagedRow
from tests.house import markdown
from tests.house.project import ROOT, read
from tests.scripts.running import database_url

TUTORIAL = "docs/tutorial/shapefile-to-layer.md"
ADDRESS = "http://127.0.0.1:8000"
FOLDER = ".local/tutorial"
COMMUNITY = (27.10, 50.19, 27.38, 50.32)
MARK = "@@ block "
WORDS = re.compile(r"[A-Za-z0-9_]+(?:[:.-][A-Za-z0-9_]+)*")
TIMEOUT_S = 300


@dataclass(frozen=True)
class Step:
    """Commands, and what the page shows of their output."""

    commands: str
    shown: str = ""


def list_steps() -> list[Step]:
    steps: list[Step] = []
    for block in markdown.split_blocks(read(TUTORIAL))[1]:
        if block.language == "sh":
            steps.append(Step(block.text))
        elif block.language == "text":
            steps[-1] = Step(steps[-1].commands, block.text)
    return steps


@pytest.fixture
def demo_town(transactional_db, settings, tmp_path) -> Iterator[None]:
    """What the tutorial takes for granted: the demo's organisations, people and boundary."""
    settings.DEMO = True
    folder = tmp_path / "organisations"
    folder.mkdir()
    community = 'format = 1\nname_uk = "Калинобрід"\nshort_name_uk = "Калинобрід"\n'
    (folder / "community.toml").write_text(community, encoding="utf-8")
    shutil.copy(PACK / "organisations.toml", folder)
    apply_pack(folder)
    write_accounts()
    layer = create_layer(
        spec=LayerSpec(
            slug="boundary",
            title_uk="Межа громади",
            kind=Layer.Kind.TERRITORY,
            geometry_type=Layer.GeometryType.POLYGON,
        )
    )
    area = MultiPolygon(Polygon.from_bbox(COMMUNITY), srid=4326)
    row = StagedRow("1", area.hexewkb.decode(), "{}")
    apply_changeset(layer=layer, rows=[row], kind=Changeset.Kind.IMPORT)
    yield
    # Rows go with the end of the test; partitions are tables, which it would leave behind.
    with connection.cursor() as cursor:
        for known in Layer.objects.all():
            cursor.execute(f"DROP TABLE IF EXISTS layers_feature_{known.pk}")


def run_steps(steps: list[Step], address: str, folder: Path) -> list[str]:
    """Run all commands in one shell of the checkout; what each block printed."""
    script = "set -euo pipefail\n" + "".join(
        f"printf '\\n{MARK}{number}\\n'\n{step.commands}" for number, step in enumerate(steps)
    )
    script = script.replace(ADDRESS, address).replace(FOLDER, str(folder))
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GEOPORTAL_")}
    environment = kept | {
        "GEOPORTAL_DATABASE_URL": database_url(),
        "GEOPORTAL_DATA_DIR": str(folder),
        "GEOPORTAL_DEMO": "1",
    }
    file = folder / "tutorial.sh"
    file.write_text(script, encoding="utf-8")
    done = subprocess.run(
        ["bash", file],
        stdin=subprocess.DEVNULL,
        cwd=ROOT,
        env=environment,
        text=True,
        capture_output=True,
        timeout=TIMEOUT_S,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return re.split(rf"^{MARK}\d+\n", done.stdout, flags=re.MULTILINE)[1:]


def list_not_printed(step: Step, printed: str) -> list[str]:
    """Lines of the page that were not printed, in order.

    What curl shows is compared to the letter. Messages are compared by their numbers, codes and
    names: their words belong to the catalogue of translations.
    """
    lines = printed.splitlines()
    translated = "script/manage" in step.commands
    missing = []
    for line in filter(str.strip, step.shown.splitlines()):
        matches = (
            number
            for number, candidate in enumerate(lines)
            if line in candidate or (translated and is_said(line, candidate))
        )
        found = next(matches, None)
        if found is None:
            missing.append(line)
        elif translated:
            lines = lines[found + 1 :]
    return missing


def is_said(line: str, candidate: str) -> bool:
    """Every number, code and Latin name of the line, in order."""
    words = iter(WORDS.findall(candidate))
    return all(word in words for word in WORDS.findall(line))


@pytest.mark.slow
def test_the_tutorial_works_as_it_is_written(demo_town, live_server, tmp_path):
    if shutil.which("curl") is None:
        pytest.skip("the tutorial uses curl, which is not here")
    steps = list_steps()
    printed = run_steps(steps, live_server.url, tmp_path)
    assert len(printed) == len(steps)
    missing = {
        step.commands: (lines, output)
        for step, output in zip(steps, printed, strict=True)
        if (lines := list_not_printed(step, output))
    }
    assert not missing
    benches = Layer.objects.get(slug="lavky")
    assert (benches.title_uk, benches.organisation and benches.organisation.slug) == (
        "Лавки",
        "city-council",
    )
    assert Feature.objects.filter(layer=benches, geom__isnull=False).count() == 40
    assert (tmp_path / "lavky.gpkg").read_bytes().startswith(b"SQLite format 3")
    kinds = list(Changeset.objects.filter(layer=benches).order_by("id").values_list("kind"))
    assert [kind for (kind,) in kinds] == ["import", "edit", "rollback", "import"]

"""PMTiles of a whole layer: seconds, memory and size, against tippecanoe from the same points."""

import json
import shutil
import sys
import tempfile
from pathlib import Path

from django.conf import settings

from layers.downloads.formats import find_format
from script.benchmarks.imports import SLUG, access_layer, settle
from script.benchmarks.measure import Result
from script.benchmarks.weighing import Weight, weigh
from tiles.archives.writing import ZOOM_MAX

PUBLIC = ["public"]


def run(rows: int) -> list[Result]:
    layer = access_layer(rows)
    settle()
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR) as folder:
        ours, theirs = Path(folder, "ours.pmtiles"), Path(folder, "theirs.pmtiles")
        mine = weigh([sys.executable, "manage.py", "build_pmtiles", SLUG, str(ours)])
        program = shutil.which("tippecanoe", path=str(Path(sys.executable).parent))
        if program is None:
            print("  without tippecanoe: requirements-dev.txt brings it", file=sys.stderr)
            return [Result("PMTiles", mine.seconds, note=tell(mine, ours))]
        source = Path(folder, "layer.fgb")
        flatgeobuf = find_format("fgb")
        if flatgeobuf is None:
            raise LookupError("fgb")
        flatgeobuf.write(layer, PUBLIC, source)
        peer = weigh(build_peer(program, source, theirs))
        note = f"{tell(mine, ours)}, tippecanoe {tell(peer, theirs)}"
        return [Result("PMTiles, tippecanoe from FlatGeobuf", mine.seconds, peer.seconds, "", note)]


def build_peer(program: str, source: Path, target: Path) -> list[str]:
    """As its authors advise for points: so many are left out that a tile has half a megabyte."""
    options = ["--quiet", "--force", f"-z{ZOOM_MAX}", "--drop-densest-as-needed", "-l", SLUG]
    return [program, *options, "-o", str(target), str(source)]


def tell(weight: Weight, file: Path) -> str:
    return json.dumps(
        {
            "MB": round(file.stat().st_size / 1e6, 1),
            "memory MB": round(weight.memory_mb),
            "processors s": round(weight.busy_s, 1),
        }
    )

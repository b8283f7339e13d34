"""The table of files in docs/reference/imported-files.md: what reading finds in each of them.

`python -m tests.importers.formats.tabulated` writes it anew.
"""

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "docs" / "reference" / "imported-files.md"
SHARED = ROOT.parent / "shared" / "data"
MARK = "<!-- files -->"
# Parts of other files, and words about them.
LEFT_OUT = {".dbf", ".shx", ".prj", ".cpg", ".mid", ".txt", ".md"}
SAMPLED = 5000
HEAD = "| file | dataset | format | rows | places | coordinate system | encoding | told |"


def list_files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix.lower() not in LEFT_OUT:
            yield path


def describe_files(paths: Iterable[Path], shared: Path) -> Iterator[str]:
    """A line for each dataset, or one that says why there is none."""
    for path in paths:
        name = path.relative_to(shared).as_posix()
        for cells in describe_file(path):
            yield "| " + " | ".join([f"`{name}`", *(escape(cell) for cell in cells)]) + " |"


def describe_file(path: Path) -> Iterator[list[str]]:
    from geoportal.core.errors import DomainError
    from importers.formats.opening import inspect_file

    try:
        found = inspect_file(path).datasets
    except DomainError as error:
        yield ["", "", "", "", "", "", str(error.message)]
        return
    for one in found:
        name = one.dataset.name if len(found) > 1 else ""
        try:
            yield [name, *describe_dataset(path, one.dataset.name)]
        except DomainError as error:
            yield [name, one.format, "", "", "", "", str(error.message)]


def describe_dataset(path: Path, name: str) -> list[str]:
    from geoportal.core.errors import DomainError
    from importers.crs.choice import choose_crs
    from importers.formats.opening import OpenOptions, open_source
    from importers.geometry.wkb.column import WkbColumn
    from importers.mapping.survey import sample_places

    rows, places, told = 0, 0, Counter[str]()
    samples = [np.empty((0, 2))]
    with open_source(path, OpenOptions(source_layer=name)) as source:
        for batch in source.batches():
            rows += len(batch.rows)
            places += len(batch.wkb) - batch.wkb.null_count
            told.update(issue.code for issue in batch.faults)
            samples.append(sample_places(batch.wkb, WkbColumn.read(batch.wkb)))
        crs = ""
        if places:
            try:
                choice = choose_crs(source.declared, "", np.concatenate(samples)[:SAMPLED], None)
                crs = choice.code or choice.name
                told.update(issue.code for issue in choice.issues)
            except DomainError:
                crs = "asked"
        counts = ", ".join(f"{code} {count}" for code, count in sorted(told.items()))
        return [source.format, str(rows), str(places), crs, source.encoding.name, counts]


def escape(cell: str) -> str:
    return " ".join(cell.replace("|", "\\|").replace("<", "&lt;").split())[:240]


def main() -> None:
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "geoportal.settings")
    import django
    from django.utils import translation

    django.setup()
    with translation.override("en"):
        lines = list(describe_files(list_files(SHARED), SHARED))
    before = PAGE.read_text(encoding="utf-8").partition(MARK)[0]
    rule = "|" + "---|" * (HEAD.count("|") - 1)
    PAGE.write_text("\n".join([before + MARK, "", HEAD, rule, *lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()

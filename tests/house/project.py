"""The files of the project as the tests of the house read them."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PACKAGES = ("geoportal", "layers", "tiles", "importers")
FOLDERS = (*PACKAGES, "tests", "script", "deploy", "docs", ".ci")
GENERATED = {"__pycache__", "node_modules", ".local", ".venv"}


def list_files(*suffixes: str, folders: tuple[str, ...] = FOLDERS) -> list[Path]:
    """Files of ours with one of these endings (none: all), those of the top folder included."""
    found = [path for folder in folders for path in walk(ROOT / folder)]
    if folders == FOLDERS:
        found += [path for path in ROOT.iterdir() if path.is_file()]
    return sorted(path for path in found if not suffixes or path.name.endswith(suffixes))


def walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_dir() and path.name not in GENERATED:
            yield from walk(path)
        elif path.is_file() and path.suffix not in (".mo", ".pyc"):
            yield path


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def read(path: Path | str) -> str:
    """A file by its path in the project."""
    return (ROOT / path).read_text(encoding="utf-8")


def is_text(path: Path) -> bool:
    return b"\0" not in path.read_bytes()[:4096]

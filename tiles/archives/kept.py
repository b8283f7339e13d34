"""Archives on the disk: files named with a hash of their content, and which is the current one.

Below `archives/` of the data folder, `<name>.json` names the current file of an archive. A file is
put in place whole and never written again; one that was replaced stays for `KEPT_FOR`, for pages
that have its address. All of it is public: web servers may hand it out without asking.
"""

import hashlib
import os
import re
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

import orjson
from django.conf import settings
from django.utils.translation import gettext as _

from geoportal.core.errors import NotFound

KEPT_FOR = timedelta(hours=2)
WHOLE_MAP = "map"
OF_LAYERS = "layers/"
HASH_LETTERS = 16
NAME = re.compile(r"map|layers/[a-z0-9][a-z0-9_-]*")
FILE = re.compile(rf"(?P<name>{NAME.pattern})\.[0-9a-f]{{16}}")
EXTENSION = ".pmtiles"


@dataclass(frozen=True)
class Kept:
    """One archive: `file` is its name with the hash, without an extension.

    `source`: a digest of all it was made from; `layers`: slugs; `build_s`: what it cost.
    """

    name: str
    file: str
    source: str
    layers: list[str]
    built_at: datetime
    build_s: float
    size: int
    tiles: int
    zoom_min: int
    zoom_max: int
    bounds: list[float]

    @property
    def path(self) -> Path:
        return get_path(self.file)


def get_folder() -> Path:
    return Path(settings.DATA_DIR, "archives")


def get_path(file: str) -> Path:
    return Path(get_folder(), file + EXTENSION)


def name_layer_archive(slug: str) -> str:
    return OF_LAYERS + slug


def find_kept(name: str) -> Kept | None:
    """The current archive of this name, if its file is there."""
    if not NAME.fullmatch(name):
        return None
    try:
        said = orjson.loads(Path(get_folder(), f"{name}.json").read_bytes())
    except FileNotFoundError:
        return None
    kept = Kept(**(said | {"built_at": datetime.fromisoformat(said["built_at"])}))
    return kept if kept.path.is_file() else None


def list_kept() -> Iterator[Kept]:
    """Of layers; the whole map is not among them."""
    folder = get_folder()
    for path in sorted(Path(folder, OF_LAYERS).glob("*.json")):
        if kept := find_kept(str(path.relative_to(folder).with_suffix(""))):
            yield kept


def put_in_place(built: Path, name: str) -> str:
    """The name of the file from now on; `built` is moved, within the same file system."""
    with built.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()[:HASH_LETTERS]
    file = f"{name}.{digest}"
    target = get_path(file)
    target.parent.mkdir(parents=True, exist_ok=True)
    built.replace(target)
    return file


def make_current(kept: Kept) -> None:
    """Readers see the one before or this one; the one before begins to age."""
    before = find_kept(kept.name)
    path = Path(get_folder(), f"{kept.name}.json")
    begun = path.with_suffix(f".{os.getpid()}.part")
    begun.write_bytes(orjson.dumps(asdict(kept)))
    begun.replace(path)
    if before and before.file != kept.file:
        os.utime(before.path)


def drop(name: str) -> None:
    """At once, with all files of this name: what was public is not any more."""
    folder = get_folder()
    Path(folder, f"{name}.json").unlink(missing_ok=True)
    for path in list_files(name):
        path.unlink(missing_ok=True)


def drop_replaced() -> int:
    """Files that are current no more, and have been so for long; returns how many."""
    current = {kept.path for kept in list_kept()}
    if whole := find_kept(WHOLE_MAP):
        current.add(whole.path)
    oldest = time.time() - KEPT_FOR.total_seconds()
    old = [
        path
        for path in get_folder().rglob(f"*{EXTENSION}")
        if path not in current and path.stat().st_mtime < oldest
    ]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def list_files(name: str) -> Iterator[Path]:
    folder = get_folder()
    for path in Path(folder, name).parent.glob(f"*{EXTENSION}"):
        found = FILE.fullmatch(str(path.relative_to(folder).with_suffix("")))
        if found and found["name"] == name:
            yield path


def access_file(file: str) -> Path:
    """By the name that bears the hash; raises `NotFound` for one that is gone."""
    path = get_path(file)
    if not FILE.fullmatch(file) or not path.is_file():
        raise NotFound(_("There is no such archive any more; its JSON names the current one."))
    return path

"""Static files under names that bear a hash of their content, of all that they import included.

So a page names exactly one version of everything, browsers keep it for ever, and an update under an
open page changes nothing that the page still asks for: replaced files stay for `KEPT_FOR` more.

Django's own `ManifestStaticFilesStorage` is not enough: it reads imports of `*.js` only, takes a
pass over all files for each step that imports are deep (five at most), and leaves the files of each
pass behind. Here files are taken in the order of their references, each once.
"""

import json
import os
import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

from geoportal.core.static_files.font_cutting import cut_font, list_faces
from geoportal.core.static_files.joining import Joined, join_files
from geoportal.core.static_files.references import list_references, rename_references

# From the update that replaced a file; who leaves a page open for longer loads it anew.
KEPT_FOR = timedelta(days=14)
HASHED = re.compile(r"\.[0-9a-f]{12}\.[a-z0-9]+(\.(gz|br))?$")
TEXTS = (".mjs", ".css")
# Scripts and map styles put these names together themselves, and each is one small picture.
PLAIN = ("vendor/lucide/",)
# Files of others may name what is not served: source maps, examples in comments.
FOREIGN = ("vendor/", "admin/", "rest_framework/", "gis/", "django_")

Processed = tuple[str, str | None, bool | Exception]


class BrokenReference(ValueError):
    """A module or style sheet of ours names a file that is not there, or itself in a circle."""


class HashedStaticStorage(CompressedManifestStaticFilesStorage):
    """Without a manifest, before `collectstatic` has run, every file has its plain name."""

    hashed_files: dict[str, str]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._imports: dict[str, list[str]] = {}
        super().__init__(*args, **kwargs)

    def stored_name(self, name: str) -> str:
        return self.hashed_files.get(self.clean_name(name), name)

    def get_modified_time(self, name: str) -> datetime:
        """Never known, so that `collectstatic` copies every file: by its own rule it passes over
        one that is older than what stands, as files of an archive or another checkout may be.
        """
        raise NotImplementedError

    def list_imported(self, name: str) -> list[str]:
        """Modules that a browser needs before it runs this one, each once; empty: no manifest."""
        found: dict[str, None] = {}
        waiting = [name]
        while waiting:
            for each in self._imports.get(waiting.pop(), ()):
                if each not in found:
                    found[each] = None
                    waiting.append(each)
        return list(found)

    def load_manifest(self) -> tuple[dict[str, str], str]:
        loaded: tuple[dict[str, str], str] = super().load_manifest()
        content = self.read_manifest()
        self._imports = json.loads(content).get("imports", {}) if content else {}
        return loaded

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[Processed]:
        if dry_run:
            return
        self._touch(self.hashed_files.values())
        self.hashed_files = {}
        fresh: list[str] = []
        names = {self.clean_name(name) for name in paths}
        joined = self.join(names)
        names = names - joined.inside | joined.contents.keys()

        def read(name: str) -> bytes:
            return joined.contents.get(name) or Path(self.path(name)).read_bytes()

        texts = {name: read(name).decode() for name in names if name.endswith(TEXTS)}
        for name in sort_by_references(texts, names):
            if name in texts:
                content = rename_references(name, texts[name], self.stored_name).encode()
            else:
                content = read(name)
            hashed = self._keep(name, content, fresh)
            self.hashed_files[name] = hashed
            yield name, hashed, True
        self._imports = list_imports(texts)
        self.save_manifest()
        for name, compressed in self.compress_files(fresh):
            yield name, compressed, True
        self._prune(datetime.now(UTC) - KEPT_FOR)

    def join(self, names: set[str]) -> Joined:
        """What is served in place of files that were collected."""
        return Joined()

    def save_manifest(self) -> None:
        """Django's manifest, and which module imports which."""
        super().save_manifest()
        path = Path(self.path(self.manifest_name))
        manifest = json.loads(path.read_text(encoding="utf-8")) | {"imports": self._imports}
        fresh = path.with_suffix(".new")
        fresh.write_text(json.dumps(manifest), encoding="utf-8")
        fresh.replace(path)

    def _keep(self, name: str, content: bytes, fresh: list[str]) -> str:
        """Write the content under its hashed name, unless it is there; returns that name."""
        if name.startswith(PLAIN):
            return name
        hashed: str = self.clean_name(self.hashed_name(name, ContentFile(content)))
        if not self.exists(hashed):
            self._save(hashed, ContentFile(content))
            fresh.append(hashed)
        return hashed

    def _touch(self, names: Any) -> None:
        """Until now these were in use."""
        for name in names:
            for suffix in ("", ".gz", ".br"):
                path = Path(self.path(name + suffix))
                if HASHED.search(path.name) and path.is_file():
                    os.utime(path)

    def _prune(self, before: datetime) -> None:
        """Delete hashed files that nothing names any more and that went out of use before then."""
        used = set(self.hashed_files.values())
        for folder, _, files in os.walk(self.location):
            for file in filter(HASHED.search, files):
                path = Path(folder, file)
                name = path.relative_to(self.location).as_posix()
                if name.removesuffix(".gz").removesuffix(".br") in used:
                    continue
                if path.stat().st_mtime < before.timestamp():
                    path.unlink()


class JoinedStaticStorage(HashedStaticStorage):
    """Our own modules and style sheets are joined before their names are made, faces are cut."""

    def join(self, names: set[str]) -> Joined:
        own = {
            name: Path(self.path(name)).read_text(encoding="utf-8")
            for name in names
            if name.endswith(TEXTS) and not name.startswith(FOREIGN)
        }
        # First, since a file that is missing is told of in fewer words than by esbuild.
        sort_by_references(own, names)
        joined = join_files(Path(self.location), own)
        faces = [face for name, text in own.items() for face in list_faces(name, text)]
        cut = {face.name: cut_font(Path(self.path(face.name)).read_bytes(), face) for face in faces}
        return replace(joined, contents={**joined.contents, **cut})


def sort_by_references(texts: dict[str, str], names: set[str]) -> list[str]:
    """All names, each behind those that it names. Raises `BrokenReference`."""
    sorter: TopologicalSorter[str] = TopologicalSorter(dict.fromkeys(sorted(names), ()))
    for name, text in texts.items():
        for reference in list_references(name, text):
            if reference.name in names:
                sorter.add(name, reference.name)
            elif not name.startswith(FOREIGN):
                raise BrokenReference(f"{name} names {reference.name}, which is not there")
    try:
        return list(sorter.static_order())
    except CycleError as error:
        circle = " → ".join(error.args[1])
        raise BrokenReference(f"these files name each other in a circle: {circle}") from error


def list_imports(texts: dict[str, str]) -> dict[str, list[str]]:
    """By module: what it imports at once, each name once."""
    return {
        name: list(dict.fromkeys(each.name for each in list_references(name, text) if each.at_once))
        for name, text in sorted(texts.items())
        if posixpath.splitext(name)[1] == ".mjs"
    }

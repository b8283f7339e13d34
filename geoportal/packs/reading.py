"""Files of one pack into things; what is wrong with a value is a finding, and the rest is read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from geoportal.packs.csv_rows import read_rows
from geoportal.packs.entries import Entry
from geoportal.packs.findings import Findings, Place
from geoportal.packs.folder import COMMUNITY_FILE, PAGE_FILE, PackFolder
from geoportal.packs.linked_files import foresee_styles, read_linked_file
from geoportal.packs.page_files import read_page_text
from geoportal.packs.tables import COMMUNITY, FILES, SECTIONS, Key, Section, Table
from geoportal.packs.toml_places import Document, InvalidToml, read_toml
from geoportal.packs.toml_places import Path as KeyPath
from geoportal.packs.values import Unfit, find_close, show, unknown_key

Locate = Callable[..., Place]


@dataclass
class RawPack:
    """What one folder says, by sections; nothing of its base is in it yet."""

    folder: PackFolder
    community: Entry
    sections: dict[str, list[Entry]] = field(default_factory=dict)


def read_pack(root: Path, findings: Findings) -> RawPack:
    """Read every file of the folder; findings are added."""
    folder = PackFolder(root, findings)
    pack = RawPack(folder, _read_community(folder))
    for section in SECTIONS:
        pack.sections[section.name] = read_section(folder, section)
    folder.report_strangers()
    return pack


def read_section(folder: PackFolder, section: Section) -> list[Entry]:
    """Things of one kind, each code once."""
    if section.name == "layers":
        entries = _read_layers(folder, section)
    elif section.name == "pages":
        entries = _read_pages(folder, section)
    elif section.table:
        entries = _read_list(folder, section)
    else:
        entries = read_rows(folder, section)
    return _drop_repeated(entries, section, folder.findings)


def _read_community(folder: PackFolder) -> Entry:
    path = folder.find(COMMUNITY_FILE)
    document = _read_document(folder, path) if path else None
    if path is None:
        folder.findings.error(folder.place(), _("There is no %(file)s.") % {"file": COMMUNITY_FILE})
    if path is None or document is None:
        return Entry(folder.place(path))
    return _Reader(folder, path, document).read(COMMUNITY, document.values, ())


def _read_layers(folder: PackFolder, section: Section) -> list[Entry]:
    """The slug is the name of the file."""
    entries = []
    foresee_styles(folder)
    for path in folder.list_in("layers", ".toml"):
        document = _read_document(folder, path)
        if document is None:
            continue
        if "slug" in document.values:
            folder.findings.error(
                folder.place(path, document.line("slug")),
                _("The name of the file is the slug of the layer; take this key out."),
            )
        values = document.values | {"slug": path.name.removesuffix(".toml")}
        entries.append(_Reader(folder, path, document).read(section.shape, values, ()))
    return entries


def _read_list(folder: PackFolder, section: Section) -> list[Entry]:
    """`[[table]]` after `[[table]]`, and nothing else in the file."""
    path = folder.find(section.file)
    document = _read_document(folder, path) if path else None
    if path is None or document is None:
        return []
    for key in document.values:
        if key != section.table:
            place = folder.place(path, document.line(key))
            folder.findings.error(place, unknown_key(key, [section.table]))
    tables = document.values.get(section.table, [])
    if not isinstance(tables, list):
        place = folder.place(path, document.line(section.table))
        message = _("Write [[%(name)s]] with two brackets.") % {"name": section.table}
        folder.findings.error(place, message)
        return []
    reader = _Reader(folder, path, document)
    return reader.read_each(section.table, section.shape, tables, ())


def _read_pages(folder: PackFolder, section: Section) -> list[Entry]:
    """Places from `pages.toml`, texts from Markdown beside it."""
    listed = {entry.text("slug"): entry for entry in _read_list(folder, section)}
    for number, entry in enumerate(listed.values()):
        entry.values.setdefault("position", number)
    for path in folder.list_in("pages", ".md"):
        match = PAGE_FILE.fullmatch(path.name)
        if match is None:
            continue  # told among the files that nothing names
        page = listed.setdefault(match["slug"], Entry(folder.place(path)))
        page.values.setdefault("slug", match["slug"])
        read_page_text(folder, path, page, match["language"])
    return list(listed.values())


def _drop_repeated(entries: Sequence[Entry], section: Section, findings: Findings) -> list[Entry]:
    """Of things with one code the first counts, and the others are findings."""
    found: dict[tuple[str, ...], Entry] = {}
    for entry in entries:
        code = entry.code(section.known_by)
        if code in found and any(code):
            findings.error(
                entry.place,
                _("%(code)s stands in line %(line)s already.")
                % {"code": show(" · ".join(filter(None, code))), "line": found[code].place.line},
            )
        elif all(key in entry for key in section.known_by if section.shape.keys[key].required):
            found[code] = entry
    return list(found.values())


def _read_document(folder: PackFolder, path: Path) -> Document | None:
    words = folder.read_text(path)
    if words is None:
        return None
    try:
        return read_toml(words)
    except InvalidToml as error:
        message = _("This is no TOML: %(reason)s.") % {"reason": str(error)}
        folder.findings.error(folder.place(path, error.line), message)
        return None


@dataclass(frozen=True)
class _Reader:
    """Tables of one document into entries."""

    folder: PackFolder
    path: Path
    document: Document

    def at(self, *path: str | int) -> Place:
        return self.folder.place(self.path, self.document.line(*path))

    def read(self, shape: Table, values: Mapping[str, object], path: KeyPath) -> Entry:
        entry = Entry(self.at(*path))
        for name, value in values.items():
            here = (*path, name)
            if name in shape.children:
                entry.children[name] = self._read_children(shape.children[name], value, here)
            elif name in shape.tables and isinstance(value, dict):
                for inner, given in value.items():
                    self._read_key(shape, entry, f"{name}.{inner}", given, (*here, inner))
            else:
                self._read_key(shape, entry, name, value, here)
        return entry

    def _read_children(self, shape: Table, value: object, path: KeyPath) -> list[Entry]:
        if not isinstance(value, list):
            message = _("Write [[%(name)s]] with two brackets.") % {"name": path[-1]}
            self.folder.findings.error(self.at(*path), message)
            return []
        entries = self.read_each(str(path[-1]), shape, value, path[:-1])
        if not shape.code:
            return entries
        section = Section("", "", "", shape, (shape.code,))
        return _drop_repeated(entries, section, self.folder.findings)

    def read_each(
        self, name: str, shape: Table, values: Sequence[object], path: KeyPath
    ) -> list[Entry]:
        entries = []
        for number, value in enumerate(values):
            here = (*path, name, number)
            if isinstance(value, dict):
                entries.append(self.read(shape, value, here))
                self._require_code(shape, entries[-1], value)
            else:
                message = _("Write [[%(name)s]] with two brackets.") % {"name": name}
                self.folder.findings.error(self.at(*here), message)
        return entries

    def _require_code(self, shape: Table, entry: Entry, given: Mapping[str, object]) -> None:
        """Without its code nothing can be found, whatever is inherited."""
        if shape.code and shape.code not in given:
            message = _("“%(key)s” is missing.") % {"key": shape.code}
            self.folder.findings.error(entry.place, message)

    def _read_key(
        self, shape: Table, entry: Entry, name: str, value: object, path: KeyPath
    ) -> None:
        key: Key | None = shape.keys.get(name)
        if key is None:
            table, dot, last = name.rpartition(".")
            known = self._list_siblings(shape, table)
            self.folder.findings.error(self.at(*path), unknown_key(last, known))
            # What was meant is not missed besides.
            entry.refused.add(f"{table}{dot}{find_close(last, known)}")
            return
        try:
            checked = key.check(value)
        except Unfit as error:
            message = f"{name}: {error}"
            self.folder.findings.error(self.at(*path, *error.path), message)
            entry.refused.add(name)
            return
        place = self.at(*path)
        if name in FILES and checked:
            checked = read_linked_file(self.folder, name, str(checked), self.path, place)
            if checked is None:
                entry.refused.add(name)
                return
        entry.put(name, checked, place)

    def _list_siblings(self, shape: Table, table: str) -> list[str]:
        if table:
            return [each.rpartition(".")[2] for each in shape.keys if each.startswith(f"{table}.")]
        return [each for each in shape.keys if "." not in each] + [*shape.children, *shape.tables]

"""Arrows that Python's imports do not show: templates, tags, static files and JavaScript modules.

The table of packages is the one of import-linter, read from `pyproject.toml`.
"""

import ast
import posixpath
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from django.template import engines

from tests.house.project import PACKAGES, ROOT, list_files, name_of

CONTRACT = "Packages look one way"
TEMPLATES, STATIC = "templates", "static"
TEXTS = (".html", ".txt", ".css")
COMMENT = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", re.DOTALL)
CODE_COMMENT = re.compile(r"/\*.*?\*/|^\s*//[^\n]*", re.DOTALL | re.MULTILINE)
# Of Django's templates.
EXTENDS = re.compile(r"\{%-?\s*(?:extends|include)\s+([^%\s]+)")
LOAD = re.compile(r"\{%-?\s*load\s+([^%]+?)\s*-?%\}")
STATIC_TAG = re.compile(r"""\{%-?\s*(?:static|module|module_later)\s+["']([^"']+)["']""")
QUOTED = re.compile(r"""^(["'])(.+)\1$""")
# Of style sheets and modules.
CSS_URL = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)|@import\s+["']([^"']+)["']""")
MODULE = re.compile(r"""(?:\bfrom|\bimport|\bimport\()\s*(["'])(\.[^"'\s]+)\1""")
STATIC_ADDRESS = re.compile(r"""["'`]/static/([^"'`?#$]+)["'`]""")


@dataclass(frozen=True)
class Table:
    """Levels of import-linter's contract, the highest first; `beside`: who may look sideways."""

    levels: Mapping[str, int]
    beside: frozenset[int]

    def package_of(self, module: str) -> str | None:
        """The package of the table that a dotted path belongs to."""
        parts = module.split(".")
        for length in range(len(parts), 0, -1):
            if (name := ".".join(parts[:length])) in self.levels:
                return name
        return None

    def may_look(self, source: str, target: str) -> bool:
        above, below = self.levels[source], self.levels[target]
        return source == target or above < below or (above == below and above in self.beside)


def parse_table(lines: list[str]) -> Table:
    """`a | b` stand side by side and know nothing of each other; `a : b` may."""
    levels: dict[str, int] = {}
    beside = set()
    for level, line in enumerate(lines):
        if "|" not in line:
            beside.add(level)
        levels |= {name.strip(" ()"): level for name in re.split(r"[|:]", line)}
    return Table(levels, frozenset(beside))


def read_table() -> Table:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for contract in project["tool"]["importlinter"]["contracts"]:
        if contract["name"] == CONTRACT:
            return parse_table(contract["layers"])
    raise AssertionError(f"pyproject.toml has no contract «{CONTRACT}»")


@dataclass(frozen=True)
class Arrow:
    """`what` is looked at as it is written; `target`: a module or `None` where it leads nowhere."""

    source: str
    what: str
    target: str | None

    def __str__(self) -> str:
        return f"{self.source} → {self.what} ({self.target or 'leads nowhere'})"


def module_of(path: str) -> str:
    """The dotted path of a file's folder: `geoportal/web/static/x.css` → `geoportal.web.static`."""
    return posixpath.dirname(path).replace("/", ".")


@dataclass
class Sources:
    """Texts by their path in the project; what is not among them belongs to installed packages."""

    texts: Mapping[str, str]
    # Where Django finds libraries of tags, by the name that templates load.
    libraries: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def templates(self) -> dict[str, str]:
        return self._list_under(TEMPLATES)

    @cached_property
    def static(self) -> dict[str, str]:
        return self._list_under(STATIC)

    def _list_under(self, folder: str) -> dict[str, str]:
        """Paths of files by what they are called: what follows the app's folder."""
        found: dict[str, str] = {}
        for path in self.texts:
            _app, inside, name = path.partition(f"/{folder}/")
            if not inside:
                continue
            if name in found:
                raise AssertionError(f"{name} stands in two apps: {found[name]} and {path}")
            found[name] = path
        return found

    def list_arrows(self) -> Iterator[Arrow]:
        for path, text in self.texts.items():
            if path.endswith(".py"):
                yield from self._read_python(path, text)
            elif f"/{TEMPLATES}/" in path and path.endswith(TEXTS):
                yield from self._read_template(path, COMMENT.sub("", text))
            elif path.endswith(".css"):
                yield from self._read_styles(path, CODE_COMMENT.sub("", text))
            elif path.endswith(".mjs"):
                yield from self._read_module(path, CODE_COMMENT.sub("", text))

    def _read_template(self, path: str, text: str) -> Iterator[Arrow]:
        for name in EXTENDS.findall(text):
            quoted = QUOTED.match(name)
            # A template by a variable is named by the Python that draws it.
            if quoted:
                yield self._to_template(path, quoted[2])
        for names in LOAD.findall(text):
            listed = names.split(" from ")[-1] if " from " in names else names
            for name in listed.split():
                yield Arrow(path, f"load {name}", self.libraries.get(name))
        for name in STATIC_TAG.findall(text):
            yield self._to_static(path, name)

    def _read_python(self, path: str, text: str) -> Iterator[Arrow]:
        """Names of templates and addresses of static files among the strings."""
        for node in ast.walk(ast.parse(text)):
            if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
                continue
            if node.value in self.templates:
                yield self._to_template(path, node.value)
            if node.value in self.static:
                yield self._to_static(path, node.value)

    def _read_styles(self, path: str, text: str) -> Iterator[Arrow]:
        for by_url, by_name in CSS_URL.findall(text):
            address = by_url or by_name
            if not address.startswith(("#", "data:")):
                yield self._to_relative(path, address)

    def _read_module(self, path: str, text: str) -> Iterator[Arrow]:
        for _quote, address in MODULE.findall(text):
            yield self._to_relative(path, address)
        for name in STATIC_ADDRESS.findall(text):
            yield self._to_static(path, name)

    def _to_template(self, path: str, name: str) -> Arrow:
        found = self.templates.get(name)
        return Arrow(path, name, module_of(found) if found else None)

    def _to_static(self, path: str, name: str) -> Arrow:
        if name.startswith("vendor/"):
            return Arrow(path, name, "vendor")
        found = self.static.get(name)
        return Arrow(path, name, module_of(found) if found else None)

    def _to_relative(self, path: str, address: str) -> Arrow:
        folder = posixpath.dirname(path.partition(f"/{STATIC}/")[2])
        return self._to_static(path, posixpath.normpath(posixpath.join(folder, address)))


def read_sources() -> Sources:
    """Ours, as Django sees them. Migrations are left out: what they name, they name for good."""
    texts = {
        name_of(path): path.read_text(encoding="utf-8")
        for path in list_files(".py", ".mjs", *TEXTS, folders=PACKAGES)
        if "migrations" not in path.parts
    }
    for path in list_files(folders=PACKAGES):
        if STATIC in path.parts:
            texts.setdefault(name_of(path), "")
    return Sources(texts, engines["django"].engine.libraries)


def list_packages() -> list[str]:
    """Dotted paths of everything that stands for itself: the top packages and the site's own."""
    site = Path(ROOT / "geoportal")
    inside = [f"geoportal.{path.parent.name}" for path in sorted(site.glob("*/__init__.py"))]
    return [*inside, *(package for package in PACKAGES if package != "geoportal")]

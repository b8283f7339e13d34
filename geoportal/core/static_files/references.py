"""Which static files a module or a style sheet names, and the same text with other names.

Only addresses beside the file count (`./`, `../`, and any relative one in CSS): what a page or a
program puts together at run time is not seen here.
"""

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

# `import … from "./x.mjs"`, `export … from`, `import "./x.mjs"`, `import("./x.mjs")`.
IMPORT = re.compile(
    r"""\b(?P<word>from|import)(?P<call>\s*\(?)\s*(?P<quote>["'])(?P<path>\.{1,2}/[^"'\n]+)(?P=quote)"""
)
# `new URL("./x.mjs", import.meta.url)`: workers, and files beside a module.
BESIDE = re.compile(
    r"""\bnew URL\(\s*(?P<quote>["'])(?P<path>\.{1,2}/[^"'\n]+)(?P=quote)"""
    r"""(?=\s*,\s*import\.meta\.url)"""
)
CSS_URL = re.compile(
    r"""\burl\(\s*(?P<quote>["']?)(?P<path>(?![a-z][a-z0-9+.-]*:|[#/])[^"')\s]+)(?P=quote)\s*\)""",
    re.IGNORECASE,
)
CSS_IMPORT = re.compile(r"""@import\s+(?P<quote>["'])(?P<path>(?![a-z]+:|/)[^"']+)(?P=quote)""")
PATTERNS = {".mjs": (IMPORT, BESIDE), ".css": (CSS_URL, CSS_IMPORT)}


@dataclass(frozen=True)
class Reference:
    """`name` is the static name that is meant; `at_once`: needed before this file runs."""

    name: str
    at_once: bool


def list_references(name: str, text: str) -> Iterator[Reference]:
    """In the order of the text, as often as they are named."""
    for pattern in PATTERNS.get(posixpath.splitext(name)[1], ()):
        for found in pattern.finditer(text):
            yield Reference(
                resolve(name, found["path"]),
                at_once=pattern is IMPORT and not found["call"].strip(),
            )


def rename_references(name: str, text: str, rename: Callable[[str], str]) -> str:
    """The text with each named file under the name that `rename` gives it; `#…` and `?…` stay."""

    def replace(found: re.Match[str]) -> str:
        path, mark, rest = split_address(found["path"])
        fresh = rename(resolve(name, path))
        renamed = posixpath.join(posixpath.dirname(path), posixpath.basename(fresh))
        start, end = found.span("path")
        whole = found.group()
        return whole[: start - found.start()] + renamed + mark + rest + whole[end - found.start() :]

    for pattern in PATTERNS.get(posixpath.splitext(name)[1], ()):
        text = pattern.sub(replace, text)
    return text


def resolve(name: str, path: str) -> str:
    """The static name of what lies at a relative address beside `name`."""
    beside = posixpath.join(posixpath.dirname(name), split_address(path)[0])
    return posixpath.normpath(beside)


def split_address(path: str) -> tuple[str, str, str]:
    """The path, `?` or `#` or nothing, and the rest."""
    mark = next((character for character in path if character in "?#"), "")
    before, _, rest = path.partition(mark) if mark else (path, "", "")
    return before, mark, rest

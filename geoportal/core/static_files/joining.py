"""Modules and style sheets of ours, joined into few small files by esbuild when they are collected.

A page asks for what its templates name, and gets under that name all that the file imports; what
several pages share is one more file (`joined/…`), what a module imports by `import()` stays apart.
Sources stay as they are: development serves them as they are written.
"""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError

from geoportal.core.static_files.references import list_references

PROGRAM = Path(__file__).with_name("join.mjs")
TIMEOUT_S = 300


class JoiningFailed(CommandError):
    """The words are for whoever collects the files."""


@dataclass(frozen=True)
class Joined:
    """`contents` by static name; `inside` are modules that stand in others and in no address."""

    contents: Mapping[str, bytes] = field(default_factory=dict)
    inside: frozenset[str] = frozenset()


def join_files(root: Path, texts: Mapping[str, str]) -> Joined:
    """`texts`: our modules and style sheets by static name, as they lie below `root`.

    Raises `JoiningFailed`.
    """
    styles = sorted(name for name in texts if name.endswith(".css"))
    with tempfile.TemporaryDirectory() as out:
        answer = _run(
            {
                "root": str(root.resolve()),
                "out": out,
                "modules": list_entries(texts),
                "styles": styles,
                "parts": [str(path) for path in settings.STATIC_JOINING_PARTS],
            }
        )
    contents = {name: text.encode() for name, text in answer["written"].items()}
    return Joined(contents, frozenset(answer["inside"]))


def list_entries(texts: Mapping[str, str]) -> list[str]:
    """Modules with an address of their own: who imports them, if any, does so while it runs."""
    modules = {name: text for name, text in texts.items() if name.endswith(".mjs")}
    at_once: set[str] = set()
    later: set[str] = set()
    for name, text in modules.items():
        for reference in list_references(name, text):
            (at_once if reference.at_once else later).add(reference.name)
    return sorted((modules.keys() - at_once) | {name for name in later if name.endswith(".mjs")})


def _run(order: Mapping[str, object]) -> dict[str, dict[str, str]]:
    node = shutil.which("node")
    if node is None or not (settings.BASE_DIR / "node_modules" / "esbuild").is_dir():
        raise JoiningFailed(
            "Static files are joined by esbuild, and Node.js or the npm packages are missing: "
            "apt-get install nodejs npm, then script/setup."
        )
    try:
        done = subprocess.run(  # noqa: S603  our own program
            [node, str(PROGRAM)],
            input=json.dumps(order),
            capture_output=True,
            text=True,
            timeout=TIMEOUT_S,
            check=True,
        )
    except subprocess.CalledProcessError as error:
        raise JoiningFailed(f"Static files could not be joined:\n{error.stderr}") from error
    except subprocess.TimeoutExpired as error:
        raise JoiningFailed(f"Joining static files took over {TIMEOUT_S} s.") from error
    answer: dict[str, dict[str, str]] = json.loads(done.stdout)
    return answer

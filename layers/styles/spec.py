"""Style layers against the MapLibre style specification, by MapLibre's own validator.

The validator is a program of the pinned npm package, run by Node.js: alone, without our
environment, limited in memory and time. What it has said is remembered by each process.
"""

import json
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

from django.conf import settings

from geoportal.core.processes import Limits, TookTooLong, run_limited

VALIDATOR = "node_modules/@maplibre/maplibre-gl-style-spec/dist/gl-style-validate.mjs"
# Interpreted only: no memory that is written and executed, which hardened services forbid.
FLAGS = ("--jitless", "--max-old-space-size=128")
# Address space; 80 layers of the demo town need 0.2 s and a fifth of it.
LIMITS = Limits(wall_s=15, memory_bytes=2 * 1024**3)
SOURCE = "layer"
# What the portal fills in itself: `tiles.style.document`.
FILLED_IN = ("id", "source", "source-layer", "metadata")
FAULT = re.compile(r"layers\[(\d+)\]\.?(\S*?): (.*)", re.DOTALL)

StyleLayer = Mapping[str, object]


class ValidatorUnavailable(Exception):
    """Node.js or the npm package is missing, or the validator did not answer in time."""


@dataclass(frozen=True)
class SpecFault:
    """`place` inside the style layer (`paint.circle-color[0]`); `words` are the validator's."""

    place: str
    words: str


_turn = Lock()
# By the style layer as JSON. A town has some hundred of them.
_known: dict[str, list[SpecFault]] = {}


def is_installed() -> bool:
    return _find_command() is not None


def find_faults(parts: Sequence[StyleLayer]) -> list[list[SpecFault]]:
    """The faults of each style layer, in one run for all that are not known yet.

    `parts` have the shape that `layers.styles.shape` asks for. Raises `ValidatorUnavailable`.
    """
    texts = [json.dumps(_complete(part), sort_keys=True) for part in parts]
    if not all(text in _known for text in texts):
        with _turn:
            _ask([text for text in dict.fromkeys(texts) if text not in _known])
    return [_known[text] for text in texts]


def _complete(part: StyleLayer) -> dict[str, object]:
    """As it comes into the whole style, but for its name."""
    own = {name: value for name, value in part.items() if name not in FILLED_IN}
    return own | {"source": SOURCE, "source-layer": SOURCE}


def _ask(texts: Sequence[str]) -> None:
    """Remember what the validator says of style layers as JSON."""
    if not texts:
        return
    answered: dict[str, list[SpecFault]] = {text: [] for text in texts}
    for position, fault in _run(texts):
        answered[texts[position]].append(fault)
    _known.update(answered)


def _run(texts: Sequence[str]) -> list[tuple[int, SpecFault]]:
    """Faults with the position of the style layer."""
    command = _find_command()
    if command is None:
        raise ValidatorUnavailable("Node.js or the npm packages are not installed")
    layers = [json.loads(text) | {"id": str(number)} for number, text in enumerate(texts)]
    style = {
        "version": 8,
        "sources": {SOURCE: {"type": "vector", "tiles": ["https://town.example/{z}/{x}/{y}"]}},
        "layers": layers,
    }
    try:
        done = run_limited(command, limits=LIMITS, given=json.dumps(style).encode())
    except TookTooLong as error:
        raise ValidatorUnavailable("the validator took too long") from error
    if done.succeeded:
        return []
    try:
        said = json.loads(done.output)
    except ValueError as error:
        raise ValidatorUnavailable(f"the validator failed: {done.complaint[-500:]}") from error
    found = [FAULT.fullmatch(each["message"]) for each in said if each.get("severity") != "warning"]
    return [(int(match[1]), SpecFault(match[2], match[3])) for match in found if match]


def _find_command() -> list[str] | None:
    node, validator = shutil.which("node"), settings.BASE_DIR / VALIDATOR
    return [node, *FLAGS, str(validator), "--json"] if node and validator.is_file() else None

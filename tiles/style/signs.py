"""Pictures that styles name, drawn as SVG: the one definition for sprites and for the page's map.

A sign is a file of SVG with places to fill in (`{color}`, `{icon}`); the page's scripts get the
same files (`list_signs`) and fill them in themselves. Names that this package knows: `<icon>`, an
icon of the kept set in white, `ink:<colour>:<icon>` in a colour, `badge:<icon>:<colour>:<halo>` in
white on a disc. A package above enters signs of its own by `register_drawer`.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from geoportal.interface.templatetags.icons import load_icon

FOLDERS = [Path(__file__).with_name("signs")]
INK = re.compile(r"ink:(#[0-9a-f]{6}):([a-z0-9-]+)")
BADGE = re.compile(r"badge:([a-z0-9-]+):(#[0-9a-f]{6}):(#[0-9a-f]{6})")
ICON = re.compile(r"[a-z0-9-]+")

Drawer = Callable[[str], str | None]
_drawers: list[Drawer] = []


def register_drawer(drawer: Drawer, folder: Path) -> None:
    """`drawer` gives the SVG of a name, or `None`; the files of its signs are in `folder`."""
    _drawers.append(drawer)
    FOLDERS.append(folder)


@cache
def list_signs() -> dict[str, str]:
    """The SVG of each sign by the name of its file, not filled in."""
    files = sorted(file for folder in FOLDERS for file in folder.glob("*.svg"))
    return {file.stem: file.read_text(encoding="utf-8").strip() for file in files}


def fill_sign(sign: str, values: Mapping[str, str]) -> str:
    """The SVG with these values in the places that it has."""
    return re.sub(r"\{([a-z]+)\}", lambda found: values[found[1]], list_signs()[sign])


def draw_image(name: str) -> str | None:
    """The SVG of a picture, with `width` and `height` in px; `None` where nobody knows the name."""
    if found := BADGE.fullmatch(name):
        icon, color, halo = found.groups()
        return fill_sign("badge", {"icon": load_icon(icon), "color": color, "halo": halo})
    if found := INK.fullmatch(name):
        return draw_icon(found[2], found[1])
    drawn = (drawer(name) for drawer in _drawers)
    return next((svg for svg in drawn if svg), None) or draw_icon(name, "#ffffff")


def draw_icon(name: str, color: str) -> str | None:
    inside = load_icon(name) if ICON.fullmatch(name) else ""
    return fill_sign("icon", {"icon": inside, "color": color}) if inside else None

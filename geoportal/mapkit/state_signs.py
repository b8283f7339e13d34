"""Signs of problems on the map: bubbles, apart from the discs of objects.

Names, as styles ask for them: `problem|<state>|<icon>|<late or nothing>|<theme>`, one problem
(without an icon the small sign from afar); `state|<state>|<theme>`, a state alone;
`cluster|<state>|<theme>`, several, the most urgent of them in that state. The page draws a bar of
shares into the last (`problems|…`, state_images.mjs).
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.template.loader import render_to_string

from geoportal.interface.templatetags.icons import load_icon
from geoportal.interface.tokens import read_tokens
from geoportal.mapkit.state_look import get_state_colour
from tiles.style.defaults import HALO
from tiles.style.signs import fill_sign

FOLDER = Path(__file__).with_name("signs")
NAME = re.compile(
    r"problem\|(?P<state>[a-z]+)\|(?P<icon>[a-z0-9-]*)\|(?P<late>late|)\|(?P<theme>light|dark)"
    r"|(?P<kind>state|cluster)\|(?P<only>[a-z]+)\|(?P<ground>light|dark)"
)
# Where the mark of what is late begins: the sign's upper right corner.
LATE_X = {"problem": "30", "problem-far": "20"}


def draw_sign(name: str) -> str | None:
    """The SVG of a sign; `None` for a name of others."""
    found = NAME.fullmatch(name)
    if found is None:
        return None
    state, theme = found["state"] or found["only"], found["theme"] or found["ground"]
    if found["kind"] == "cluster":
        return fill_sign("problems", {**pick_colours(state, theme), "bar": ""})
    icon = found["icon"] or ""
    sign = "problem" if icon else "problem-far"
    colours = pick_colours(state, theme)
    late = fill_sign("late", {**colours, "x": LATE_X[sign]}) if found["late"] else ""
    shape = render_to_string("mapkit/state_shape.html", {"state": state}).strip()
    return fill_sign(sign, {**colours, "icon": load_icon(icon), "shape": shape, "late": late})


def pick_colours(state: str, theme: str) -> dict[str, str]:
    tokens = read_tokens(theme)
    return {
        "color": get_state_colour(state, theme),
        "ink": tokens["--state-ink"],
        "halo": HALO[theme],
        "surface": tokens["--surface"],
        "danger": tokens["--danger"],
    }


def list_sign_names(
    theme: str, states: Iterable[str], late_states: Iterable[str], icons: Iterable[str]
) -> Iterator[str]:
    """All names of a theme: each state alone, with each icon, and late where it can be."""
    can_be_late = set(late_states)
    signs = ["", *icons]
    for state in states:
        yield from (f"state|{state}|{theme}", f"cluster|{state}|{theme}")
        for icon in signs:
            yield f"problem|{state}|{icon}||{theme}"
            if state in can_be_late:
                yield f"problem|{state}|{icon}|late|{theme}"

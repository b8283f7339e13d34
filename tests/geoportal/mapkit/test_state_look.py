"""Colour, shape and word of a state have one place each, and can be told apart by everybody."""

import re

import pytest
from django.template.loader import render_to_string

from geoportal.interface.tokens import FILE, read_tokens
from geoportal.mapkit.state_look import get_state_colour
from geoportal.problems.history.layer_spec import build_style, list_fields
from geoportal.problems.workflow import PUBLISHED, State
from layers.styles.checking import check_style
from tests.house.project import PACKAGES, list_files, name_of

THEMES = ("light", "dark")
HEX = re.compile(r"#[0-9a-f]{6}\b")
LOWEST_CONTRAST = 4.5
# Colours of other things which a state happens to share are none of its own.
COMMON = {"#ffffff", "#14171b"}


def measure_luminance(colour: str) -> float:
    """WCAG 2, relative luminance of `#rrggbb`."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def measure_contrast(first: str, second: str) -> float:
    darker, lighter = sorted((measure_luminance(first), measure_luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("state", State.values)
def test_a_state_is_read_on_every_ground_and_so_is_what_stands_on_it(state, theme):
    tokens = read_tokens(theme)
    colour = get_state_colour(state, theme)
    soft = tokens.get(f"--state-{state}-soft", tokens["--surface"])
    grounds = [tokens[name] for name in ("--surface", "--page", "--map-ground", "--state-ink")]
    ratios = {ground: round(measure_contrast(colour, ground), 2) for ground in [*grounds, soft]}
    assert all(ratio >= LOWEST_CONTRAST for ratio in ratios.values()), ratios


@pytest.mark.parametrize("theme", THEMES)
def test_the_four_public_states_have_colours_and_shapes_of_their_own(theme):
    assert len({get_state_colour(state, theme) for state in PUBLISHED}) == len(PUBLISHED)
    shapes = {render_to_string("mapkit/state_shape.html", {"state": state}) for state in PUBLISHED}
    assert len(shapes) == len(PUBLISHED)


def test_no_other_file_holds_the_colours_of_the_states():
    own = {
        value
        for theme in THEMES
        for name, value in read_tokens(theme).items()
        if name.startswith("--state-")
    } - COMMON
    found = {}
    for path in list_files(".py", ".mjs", ".css", ".html", ".svg", ".txt", folders=PACKAGES):
        if path != FILE:
            shared = set(HEX.findall(path.read_text(encoding="utf-8").lower())) & own
            if shared:
                found[name_of(path)] = sorted(shared)
    assert not found, "say var(--state-…), get_state_colour(…) or stateColour(…)"


def test_the_layer_of_problems_says_and_draws_states_as_the_pages_do():
    style = build_style()
    check_style(style)
    for theme in THEMES:
        drawn = set(HEX.findall(str(style[theme])))
        assert {get_state_colour(state, theme) for state in PUBLISHED} <= drawn
    status = next(field for field in list_fields() if field.name == "status")
    titles = [
        (choice["value"], choice["title_uk"], choice["title_en"]) for choice in status.choices
    ]
    assert titles == [
        ("open", "Відкрита", "Open"),
        ("accepted", "Прийнята", "Accepted"),
        ("closed", "Закрита", "Closed"),
        ("archived", "Архівна", "Archived"),
    ]
    legend = style["legend"]
    assert [entry["color"] for entry in legend] == [get_state_colour(state) for state in PUBLISHED]

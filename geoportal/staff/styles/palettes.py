"""Colours of classes: told apart by people who see colours differently, and on both grounds."""

from tiles.style.defaults import lighten

# Okabe and Ito, 2008, darkened where white was too near; then by rotation.
VALUES = (
    "#1d5bd6", "#d55e00", "#008060", "#a3437f", "#b8860b", "#3f9ccb", "#6b4fa0", "#7a6a53",
    "#c2352f", "#4f7a28",
)  # fmt: skip
LIGHTEST = 0.72


def color_values(count: int) -> list[str]:
    return [VALUES[place % len(VALUES)] for place in range(count)]


def color_steps(color: str, count: int) -> list[str]:
    """From a light tint to the colour itself, evenly."""
    if count == 1:
        return [color]
    return [lighten(color, LIGHTEST * (1 - place / (count - 1))) for place in range(count)]

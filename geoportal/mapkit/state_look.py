"""How the state of a problem looks: one colour a theme, one shape, everywhere.

The colours are tokens of the pages (`--state-<slug>`), which style sheets and modules read as well;
the shapes are `mapkit/state_shape.html`; the words are those of the workflow.
"""

from geoportal.interface.tokens import read_tokens


def get_state_colour(state: str, theme: str = "light") -> str:
    """`#rrggbb`; at least 4.5 : 1 against the theme's surfaces and against `--state-ink` on it."""
    return read_tokens(theme)[f"--state-{state}"]

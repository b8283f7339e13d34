"""The design tokens for what is drawn without a style sheet; `tokens.css` is their only place."""

import re
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "static/interface/css/tokens.css"
DARK = "@media (prefers-color-scheme: dark)"
TOKEN = re.compile(r"^\s*(--[a-z-]+):\s*([^;]+);", re.MULTILINE)
OTHER = re.compile(r"var\((--[a-z-]+)\)")


@cache
def read_tokens(theme: str) -> dict[str, str]:
    """Values by name in the theme `light` or `dark`; one that stands for another is that one's."""
    light, _mark, dark = FILE.read_text(encoding="utf-8").partition(DARK)
    tokens = dict(TOKEN.findall(light))
    if theme == "dark":
        tokens |= TOKEN.findall(dark.partition("@media")[0])
    return {
        name: OTHER.sub(lambda found: tokens[found[1]], value) for name, value in tokens.items()
    }

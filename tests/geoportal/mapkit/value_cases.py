"""Values and how they are shown, for pages (here) and the map (`tests/js/values.test.mjs`)."""

import json
from pathlib import Path

CASES: list[tuple[str, object, dict[str, str]]] = [
    (kind, value, expected)
    for kind, value, expected in json.loads(
        Path(__file__).with_suffix(".json").read_text(encoding="utf-8")
    )
]
# What only a browser does: it decodes entities and brings the catalogue of the page.
NEED_A_BROWSER = [case for case in CASES if case[0] == "boolean" or "&" in str(case[1])]

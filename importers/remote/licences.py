"""Licences as services name them, by the names that this portal uses (SPDX)."""

import re

# A mark in an address or a title → the licence.
MARKS = (
    (r"cc.?zero|cc-?0|publicdomain/zero", "CC0-1.0"),
    (r"cc.?by.?sa|by-sa/", "CC-BY-SA-4.0"),
    (r"cc.?by(?!.?n[cd])|licenses/by/|creative commons attribution(?!.*(share|non))", "CC-BY-4.0"),
    (r"odbl|odc-odbl|open database", "ODbL-1.0"),
)


def name_licence(text: str) -> str:
    """An SPDX name where the source means one of those that layers have here; else its words."""
    text = " ".join(text.split())
    for mark, name in MARKS:
        if re.search(mark, text, re.IGNORECASE):
            return name
    spdx = re.search(r"spdx\.org/licenses/([\w.-]+?)(?:\.html)?$", text)
    return spdx[1] if spdx else text[:200]

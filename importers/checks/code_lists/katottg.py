"""Codes of administrative units: how they are written, whether they exist, of which community."""

import re
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from geoportal.interface.community import get_community
from importers.checks.code_lists.code_list import CodeList, LookUp, Verdict
from importers.checks.code_lists.codifier import CODE, read_codifier
from layers.models import Layer, LayerField

TITLE = _("KATOTTG")
NAMES = frozenset({"catuttc", "katottg", "katotth", "катоттг", "код катоттг"})
KOATUU = re.compile(r"\d{9,10}")  # cancelled in 2023; a leading zero is often lost
COMMUNITY_DIGITS = len("UA") + 2 + 2 + 3
LETTERS = str.maketrans("УА", "UA")


def fits(layer: Layer, field: LayerField) -> bool:
    return field.name.casefold() in NAMES or "katottg" in field.code_list.casefold()


def read() -> LookUp:
    """Whether a code exists is known only where the town keeps the official list."""
    path = settings.KATOTTG_FILE
    listed = {levels[-1] for levels, *_rest in read_codifier(Path(path))} if path else None
    own = get_community().katottg[:COMMUNITY_DIGITS]

    def look_up(value: str) -> Verdict | None:
        told = {"value": value, "list": TITLE, "others": "—"}
        right = "".join(value.split()).upper().translate(LETTERS)
        if not CODE.fullmatch(right):
            code = "code-old" if KOATUU.fullmatch(right) else "code-unknown"
            return Verdict(code, told)
        if right != value:
            return Verdict("code-spelling", told | {"right": right})
        if listed is not None and value not in listed:
            return Verdict("code-unknown", told)
        if own and not value.startswith(own):
            return Verdict("code-elsewhere", told)
        return None

    return look_up


KATOTTG = CodeList(TITLE, fits, read)

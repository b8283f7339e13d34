"""Words in brackets that a skeleton asks for and nobody has filled in: told, not refused."""

import re
from typing import Final

from django.utils.translation import gettext as _

from geoportal.packs.extending import Pack
from geoportal.packs.findings import Findings
from geoportal.packs.values import show

BLANK: Final = re.compile(r"\[[^\]]+\]")


def remark_blanks(pack: Pack, findings: Findings) -> None:
    """Of the community and its organisations; pages tell theirs when they are filled in."""
    for entry in (pack.community, *pack.list("organisations")):
        for key, value in entry.values.items():
            if isinstance(value, str) and BLANK.fullmatch(value.strip()):
                message = _("A blank to be filled in: %s.") % show(value)
                findings.remark(entry.place_of(key), message)

"""Names of icons, where the set of icons is at hand: an unknown one is drawn as a question."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.utils.translation import gettext as _

from geoportal.packs.extending import Pack
from geoportal.packs.findings import Findings
from geoportal.packs.values import show, suggest

ANY_ICON = "vendor/lucide/map.svg"


def check_icons(pack: Pack, findings: Findings) -> None:
    """Nothing is said where the packages of the browser are not installed."""
    one = finders.find(ANY_ICON)
    if not isinstance(one, str):
        return
    known = {path.stem for path in Path(one).parent.glob("*.svg")}
    for section in ("themes", "layers", "kinds", "categories"):
        for entry in pack.list(section):
            name = entry.text("icon")
            if name and name not in known:
                message = _("There is no icon %s.") % show(name) + suggest(name, known)
                findings.remark(entry.place_of("icon"), message)

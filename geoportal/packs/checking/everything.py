"""A folder read, merged with its bases and checked, without writing anything."""

from pathlib import Path

from geoportal.packs.checking.blanks import remark_blanks
from geoportal.packs.checking.data_files import check_data_files
from geoportal.packs.checking.icons import check_icons
from geoportal.packs.checking.known import find_known
from geoportal.packs.checking.references import check_references
from geoportal.packs.checking.required import check_required
from geoportal.packs.extending import Pack, load_pack
from geoportal.packs.findings import Findings
from geoportal.packs.page_marks import check_marks


def check_pack(root: Path) -> tuple[Pack, Findings]:
    """All that can be known beforehand, in one go."""
    findings = Findings()
    pack = load_pack(root, findings)
    check_required(pack, findings)
    check_data_files(pack, findings)
    known = find_known(pack, findings)
    check_references(pack, known, findings)
    check_marks(pack.list("pages"), known.pages, known.organisations, findings)
    check_icons(pack, findings)
    remark_blanks(pack, findings)
    return pack, findings

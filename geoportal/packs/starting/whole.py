"""A skeleton of a pack for one community, in a new folder."""

from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from geoportal.core.errors import Conflict
from geoportal.packs.folder import COMMUNITY_FILE
from geoportal.packs.starting.boundaries import cut_out
from geoportal.packs.starting.codifier import Hromada, find_hromada
from geoportal.packs.starting.skeleton import (
    write_boundary,
    write_community,
    write_okruhs,
    write_organisations,
    write_renamings,
    write_responsibilities,
    write_settlements,
)
from geoportal.packs.starting.streets import read_renamings


def start_pack(
    root: Path,
    *,
    katottg: str,
    codifier: Path,
    boundaries: Sequence[Path],
    okruhs: Path | None = None,
    streets: Path | None = None,
) -> Hromada:
    """Write the skeleton; the rest is inherited from the starter.

    Raises `Conflict` for a folder that holds something, `InvalidInput` for files without the
    community; then nothing is written.
    """
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise Conflict(_("The folder “%(name)s” is not empty.") % {"name": root})
    hromada = find_hromada(codifier, katottg)
    cut = cut_out(hromada, boundaries, okruhs)
    files = {
        COMMUNITY_FILE: write_community(hromada, cut),
        "organisations.toml": write_organisations(hromada),
        "responsibilities.csv": write_responsibilities(),
        **write_boundary(hromada, cut),
        **write_settlements(hromada, cut),
        **write_okruhs(cut),
        **write_renamings(read_renamings(streets, hromada) if streets else ()),
    }
    for name, words in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, encoding="utf-8")
    return hromada

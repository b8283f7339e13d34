"""Files that keys of a pack name: data, styles, the logo; looked into before they are taken."""

import json
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final
from warnings import catch_warnings, simplefilter

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from geoportal.packs.findings import Place
from geoportal.packs.folder import TEXT_BYTES_MAX, PackFolder
from layers.styles.checking import check_style, list_drawable

LOGO_BYTES_MAX: Final = 1024**2
LOGO_SIDES_PX: Final = (96, 2048)
LOGO_FORMATS: Final = ("PNG", "WEBP", "JPEG")


@dataclass(frozen=True)
class Logo:
    """A picture that could be opened: its bytes as they stand in the file."""

    content: bytes


def read_linked_file(
    folder: PackFolder, key: str, name: str, beside: Path, place: Place
) -> object | None:
    """The path of data, the object of a style, a `Logo`; `None` where there is a finding."""
    path = folder.resolve(name, beside, place)
    if path is None or key == "source.file":
        return path
    return _read_logo(folder, path) if key == "logo" else _read_style(folder, path)


def foresee_styles(folder: PackFolder) -> None:
    """All styles by one run of the validator, which remembers them; faults are told one by one."""
    styles = []
    for path in folder.list_in("layers", ".json"):
        if path.stat().st_size > TEXT_BYTES_MAX:
            continue  # data, or told when the layer is read
        try:
            styles.append(json.loads(path.read_bytes()))
        except (ValueError, RecursionError):
            continue  # told when the layer is read
    list_drawable(styles)


def _read_style(folder: PackFolder, path: Path) -> object | None:
    words = folder.read_text(path)
    if words is None:
        return None
    try:
        style: object = json.loads(words)
    except json.JSONDecodeError as error:
        message = _("This is no JSON: %(reason)s.") % {"reason": error.msg}
        folder.findings.error(folder.place(path, error.lineno), message)
        return None
    except (RecursionError, ValueError):  # deeper, or a longer number, than Python reads
        folder.findings.error(folder.place(path), _("This value cannot be kept."))
        return None
    try:
        check_style(style)
    except ValidationError as error:
        for message in error.messages:
            folder.findings.error(folder.place(path), message)
        return None
    return style


def _read_logo(folder: PackFolder, path: Path) -> Logo | None:
    with path.open("rb") as file:
        content = file.read(LOGO_BYTES_MAX + 1)
    reason = find_logo_fault(content)
    if reason:
        folder.findings.error(folder.place(path), reason)
        return None
    return Logo(content)


def find_logo_fault(content: bytes) -> str:
    """Why these bytes are no logo; empty when they are one."""
    if len(content) > LOGO_BYTES_MAX:
        return _("A logo of more than 1 MB.")
    low, high = LOGO_SIDES_PX
    try:
        with catch_warnings():
            simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(BytesIO(content), formats=LOGO_FORMATS)
            if not all(low <= side <= high for side in image.size):
                return _("A logo is %(low)s to %(high)s px wide and high, this one %(size)s.") % {
                    "low": low,
                    "high": high,
                    "size": "×".join(map(str, image.size)),
                }
            image.load()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError,
            Image.DecompressionBombWarning):  # fmt: skip
        return _("A logo is a whole PNG, WebP or JPEG; this is none.")
    return ""

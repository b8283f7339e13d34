"""From a file's coordinates to longitude and latitude (EPSG:4326), with an honest accuracy."""

from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError
from pyproj.transformer import AreaOfInterest, TransformerGroup

from importers.crs.extents import UKRAINE, Extent
from importers.errors import UnusableOption
from importers.sources import FloatArray

WORST_ACCURACY_M = 10.0
SAME_PLACE_DEGREES = 5e-6

# Systems whose numbers are the same; the first is proposed (a zone of УСК-2000 before the МСК of
# one oblast, whose code PROJ may guess for data of another one).
TWINS = (
    (6381,), (6382, 9851), (6383, 9855, 9860), (6384, 9853), (6385, 9865), (6386, 9838),
    (6387, 9841), (9821, 9864), (9831, 9856),
)  # fmt: skip


@dataclass(frozen=True)
class Projector:
    """Maps x (east), y (north) of a file, shape (n, 2), to lon, lat in degrees.

    `swapped`: the file has y first. What cannot be mapped becomes infinite.
    """

    transformer: Transformer | None
    swapped: bool = False

    def __call__(self, xy: FloatArray) -> FloatArray:
        x, y = (xy[:, 1], xy[:, 0]) if self.swapped else (xy[:, 0], xy[:, 1])
        if self.transformer is not None:
            x, y = self.transformer.transform(x, y)
        return np.column_stack([x, y])

    @property
    def leaves_as_is(self) -> bool:
        return self.transformer is None and not self.swapped


@dataclass(frozen=True)
class Operation:
    """A coordinate operation; `accuracy_m` is `None` where nobody knows it."""

    projector: Projector
    description: str
    accuracy_m: float | None

    @property
    def is_trustworthy(self) -> bool:
        return self.accuracy_m is not None and self.accuracy_m <= WORST_ACCURACY_M


def parse_code(text: str) -> CRS:
    """`EPSG:6383` or `6383`. PROJ strings are refused: they lose the datum (8.8 m in Ukraine)."""
    code = text.strip().upper().removeprefix("EPSG:")
    try:
        return CRS.from_epsg(int(code))
    except (ValueError, CRSError) as error:
        raise UnusableOption(
            _("“%(text)s” is not the code of a coordinate system; write it as EPSG:6383.")
            % {"text": text}
        ) from error


def find_operation(crs: CRS, area: Extent | None = None, *, swapped: bool = False) -> Operation:
    """The best operation for the area (default: Ukraine), in the order x, y."""
    if is_wgs84(crs):
        return Operation(Projector(None, swapped), "", 0.0)
    box = area or UKRAINE
    group = TransformerGroup(
        crs,
        "EPSG:4326",
        always_xy=True,
        area_of_interest=AreaOfInterest(box.west, box.south, box.east, box.north),
    )
    if not group.transformers:
        return Operation(Projector(None, swapped), "", None)
    best = group.transformers[0]
    unknown = "ballpark" in best.description.lower() or best.accuracy < 0
    return Operation(
        Projector(best, swapped), describe(best), None if unknown else float(best.accuracy)
    )


def describe(transformer: Transformer) -> str:
    """The datum shifts in it, with their codes: "EPSG:5840 UCS-2000 to WGS 84 (2)"."""
    steps = []
    for operation in transformer.operations or ():
        if operation.type_name in ("Transformation", "Other Coordinate Operation"):
            identity = operation.to_json_dict().get("id", {})
            # PROJ writes DERIVED_FROM(EPSG) where it reversed or re-based an operation.
            authority = str(identity.get("authority", "")).removeprefix("DERIVED_FROM(").rstrip(")")
            code = f"{authority}:{identity['code']} " if identity else ""
            steps.append(f"{code}{operation.name}")
    return "; ".join(step for step in steps if "axis order" not in step)


def is_wgs84(crs: CRS) -> bool:
    """Longitude and latitude in WGS 84 already, whatever order of axes the definition tells."""
    return bool(crs.is_geographic and crs.to_epsg(min_confidence=90) == 4326)


def name_code(crs: CRS, place: FloatArray | None = None) -> str:
    """ "EPSG:6383", or "" where no code can be given truthfully.

    PROJ names a code also for systems without a datum; it is believed only when both map
    `place` (x, y) to the same spot. Among twins the zone of УСК-2000 is named, unless the file
    itself states the code.
    """
    if is_wgs84(crs):
        return "EPSG:4326"
    identity = crs.to_json_dict().get("id")
    if identity:
        return f"{identity['authority']}:{identity['code']}"
    code = crs.to_epsg(min_confidence=20)
    if code is None:
        return ""
    code = next((twins[0] for twins in TWINS if code in twins), code)
    finite = place if place is not None and np.isfinite(place).all() else None
    if finite is not None and not is_same_place(crs, CRS.from_epsg(code), finite):
        return ""
    return f"EPSG:{code}"


def is_same_place(first: CRS, second: CRS, place: FloatArray) -> bool:
    """Both systems map `place` (x, y) to the same spot, within half a metre."""
    try:
        here = find_operation(first).projector(place.reshape(1, 2))
        there = find_operation(second).projector(place.reshape(1, 2))
    except (CRSError, ProjError):
        return False
    return bool(np.allclose(here, there, rtol=0, atol=SAME_PLACE_DEGREES))

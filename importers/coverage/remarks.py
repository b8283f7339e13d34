"""Faults and repairs of areas as remarks that people read."""

from collections.abc import Sequence

from importers.coverage.cleaning import AreaChange
from importers.coverage.faults import Fault
from importers.issues import Issue

NAMED_AREAS = 6


def remark_fault(
    fault: Fault, names: Sequence[str], keys: Sequence[str], row: int | None = None
) -> Issue:
    """`names` and `keys` of all areas that were looked at; `row`: of the file."""
    told = [names[area] for area in fault.areas[:NAMED_AREAS]]
    more = len(fault.areas) - len(told)
    params = {
        "size": fault.length_m or fault.area_m2,
        "place": f"{fault.lat:.6f}, {fault.lon:.6f}",
        "areas": ", ".join(told) + (f" + {more}" if more else ""),
        "lon": fault.lon,
        "lat": fault.lat,
        "keys": [keys[area] for area in fault.areas],
        "pieces": fault.pieces,
    }
    key = keys[fault.areas[0]] if fault.areas else ""
    return Issue(row, f"territory-{fault.kind}", params, key)


def remark_change(change: AreaChange, key: str, row: int | None = None) -> Issue:
    told = {"before": change.before_m2, "after": change.after_m2}
    if change.swallowed:
        return Issue(row, "territory-swallowed", told, key)
    return Issue(row, "territory-fitted", told, key, repair="coverage-cleaned")

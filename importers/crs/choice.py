"""Which coordinate system a file is in: stated, or the only one that puts it where it belongs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pyproj import CRS

from importers.crs.candidates import (
    ENOUGH,
    Candidate,
    find_candidates,
    iterate_titles,
    name_system,
    share_inside,
)
from importers.crs.extents import NEAR_KM, UKRAINE, Extent
from importers.crs.projection import (
    Operation,
    Projector,
    find_operation,
    name_code,
    parse_code,
)
from importers.crs.zones import find_own, find_zones, measure_shift_m
from importers.errors import UnusableFile, UnusableOption
from importers.issues import Issue
from importers.sources import Declaration, FloatArray

FEW = 0.05
AXES = ("xy", "yx")
OWN = "@file"  # in place of a code: what the file states, whatever else there is to say
LOCAL_DEGREES = 20.0
WGS84 = CRS.from_epsg(4326)


@dataclass(frozen=True)
class CrsChoice:
    """`code` is "" for a system without one; `issues` are warnings about the whole file.

    `area`: where the system is meant for, unless that is the whole world.
    """

    code: str
    name: str
    reason: str | Promise
    operation: Operation
    issues: tuple[Issue, ...] = ()
    area: Extent | None = None

    @property
    def projector(self) -> Projector:
        return self.operation.projector

    def with_issue(self, code: str, **params: object) -> "CrsChoice":
        return replace(self, issues=(*self.issues, Issue(None, code, params)))


def choose_crs(
    declared: Declaration, stated: str, xy: FloatArray, community: Extent | None, axes: str = ""
) -> CrsChoice:
    """`xy`: a sample of places as the file has them, shape (n, 2).

    `stated`, `axes`: the user's word on the system, and on what comes first: `xy` (east) or `yx`.
    Raises `UnusableFile` where places would be wrong and the user must say which system it is.
    """
    if axes not in ("", *AXES):
        raise UnusableOption(_("Write --axes as xy (east first) or yx (north first)."))
    xy = xy[np.isfinite(xy).all(axis=1)]
    if not axes:
        return choose_by_data(declared, stated, xy, community)
    order = [1, 0] if axes == "yx" else [0, 1]
    choice = choose_by_data(declared, stated, xy[:, order], community)
    # The user's word stands, whatever the data would say.
    turned = replace(choice.operation.projector, swapped=axes == "yx")
    kept = tuple(one for one in choice.issues if one.code not in ("axes-swapped", "axes-doubtful"))
    return replace(choice, operation=replace(choice.operation, projector=turned), issues=kept)


def choose_by_data(
    declared: Declaration, stated: str, xy: FloatArray, community: Extent | None
) -> CrsChoice:
    if stated:
        crs = read_own(declared) if stated == OWN else parse_code(stated)
        choice = describe(crs, gettext_lazy("as you said"), xy, community)
        if not choice.operation.is_trustworthy:
            choice = choice.with_issue("inaccurate-crs")
        return fit(choice, xy, community)
    if declared.crs is None:
        return choose_undeclared(declared, xy, community)
    if declared.binding and not are_degrees(xy):
        reason = gettext_lazy("by the standard it should be degrees, but the numbers are not")
        return choose_undeclared(Declaration(None, reason), xy, community)
    choice = describe(declared.crs, declared.reason, xy, community)
    if (zoned := choose_zone(declared.crs, choice, xy, community)) is not None:
        return fit(zoned, xy, community)
    if not choice.operation.is_trustworthy:
        raise ask_which(
            _(
                "How %(name)s relates to WGS 84 is not known, places could be off by 100 m and"
                " more; say the right coordinate system with --crs."
            )
            % {"name": choice.name},
            find_candidates(xy, community.grown(NEAR_KM) if community else UKRAINE),
        )
    fitted = fit(choice, xy, community)
    if fitted.issues and not fitted.projector.swapped and not declared.binding:
        return doubt(choice, fitted, xy, community)
    return fitted


def read_own(declared: Declaration) -> CRS:
    if declared.crs is None:
        raise UnusableOption(_("The file states no coordinate system; say it as EPSG:6383."))
    return declared.crs


def choose_zone(
    crs: CRS, choice: CrsChoice, xy: FloatArray, community: Extent | None
) -> CrsChoice | None:
    """The zone of a projection that the file gives without its code, or beside another datum.

    `None` where the file says enough itself. Raises `UnusableFile` where several zones have the
    projection and none the datum.
    """
    zones = find_zones(crs) if len(xy) else ()
    is_unknown = not choice.operation.is_trustworthy and not crs.is_bound
    if not zones or is_unknown:
        return None
    if (own := find_own(crs, zones, xy)) is not None:
        known = bool(choice.code)
        return None if known else describe(CRS.from_epsg(own), choice.reason, xy, community)
    titles = [f"EPSG:{code} ({name_system(code)})" for code in zones]
    shift_m = measure_shift_m(crs, zones[0], xy)
    told = {"zone": titles[0], "distance_m": f"{shift_m:.0f}"}
    if len(zones) > 1:
        raise ask_which(
            _(
                "The file names another datum than the coordinate system has whose projection it"
                " gives; places would be %(distance_m)s m off. It may be one of: %(list)s. Say"
                " which with --crs, or --crs @file if the file is right."
            )
            % (told | {"list": ", ".join(titles)}),
            [Candidate(code, name_system(code), choice.operation, 1.0, 0.0) for code in zones],
        )
    reason = gettext_lazy("no other has this projection")
    zoned = describe(CRS.from_epsg(zones[0]), reason, xy, community)
    return zoned.with_issue("datum-replaced", **told)


def describe(
    crs: CRS, reason: str | Promise, xy: FloatArray, community: Extent | None
) -> CrsChoice:
    middle = np.nanmedian(xy, axis=0) if len(xy) else None
    operation = find_operation(crs, community)
    return CrsChoice(name_code(crs, middle), crs.name, reason, operation, area=find_area(crs))


def find_area(crs: CRS) -> Extent | None:
    """Where a system is meant for; `None` for one of the whole world."""
    area = crs.area_of_use
    if area is None or not crs.is_projected or area.east - area.west > LOCAL_DEGREES:
        return None
    return Extent(area.west, area.south, area.east, area.north).grown(NEAR_KM)


def fit(choice: CrsChoice, xy: FloatArray, community: Extent | None) -> CrsChoice:
    """The choice with its axes as the data need them, and a warning where they lie elsewhere.

    Axes are exchanged where that puts the places into the community, or into the area that the
    system is for. That they would lie in Ukraine is a reason to ask: many places abroad would.
    """
    near = community.grown(NEAR_KM) if community else None
    for extent in filter(None, (near, UKRAINE)):
        if share_inside(choice.operation, xy, extent) >= ENOUGH:
            return choice if near in (extent, None) else note(choice, xy, near)
    for extent in filter(None, (near, choice.area)):
        if lies_turned(choice, xy, extent):
            turned = replace(choice.operation, projector=replace(choice.projector, swapped=True))
            found = replace(choice, operation=turned).with_issue("axes-swapped")
            return found if near in (extent, None) else note(found, xy, near)
    if lies_turned(choice, xy, UKRAINE):
        return note(choice, xy, near or UKRAINE).with_issue("axes-doubtful")
    return note(choice, xy, near or UKRAINE)


def lies_turned(choice: CrsChoice, xy: FloatArray, extent: Extent) -> bool:
    """Only with its axes exchanged."""
    straight = choice.operation
    swapped = replace(straight, projector=replace(straight.projector, swapped=True))
    return share_inside(swapped, xy, extent) >= ENOUGH and share_inside(straight, xy, extent) <= FEW


def note(choice: CrsChoice, xy: FloatArray, extent: Extent) -> CrsChoice:
    share = share_inside(choice.operation, xy, extent)
    return choice.with_issue(
        "outside-community", share=f"{share:.0%}", crs=choice.code or choice.name
    )


def doubt(
    choice: CrsChoice, fitted: CrsChoice, xy: FloatArray, community: Extent | None
) -> CrsChoice:
    """A stated system with which the data lie elsewhere: is there one with which they do not?

    In Ukraine the file is believed, with a warning; farther away it is not.
    """
    extent = community.grown(NEAR_KM) if community else UKRAINE
    metric = not are_degrees(xy)
    candidates = find_candidates(xy, extent) if metric or choice.code != "EPSG:4326" else []
    better = next(iterate_titles(candidates), "")
    names = {"stated": choice.code or choice.name, "best": better}
    if share_inside(choice.operation, xy, UKRAINE) >= ENOUGH:
        return choice.with_issue("crs-doubtful", **names) if better else fitted
    if better:
        raise ask_which(
            _(
                "The file says %(stated)s, but its places would lie outside Ukraine; with %(best)s"
                " they lie where they should. Say which is right with --crs."
            )
            % names,
            candidates,
        )
    if metric:
        lon, lat = np.nanmedian(choice.projector(xy), axis=0)
        raise ask_which(
            _(
                "With %(stated)s the places would lie outside Ukraine (about %(lon)s, %(lat)s);"
                " say the right coordinate system with --crs."
            )
            % (names | {"lon": f"{lon:.2f}", "lat": f"{lat:.2f}"})
        )
    return fitted


def are_degrees(xy: FloatArray) -> bool:
    """Nearly all numbers are small enough; so they are where there is none."""
    return not len(xy) or float((np.abs(xy) <= 180.0).mean()) >= ENOUGH


def choose_undeclared(declared: Declaration, xy: FloatArray, community: Extent | None) -> CrsChoice:
    """Degrees are recognised by their size; metres only when one system fits."""
    if are_degrees(xy):
        reason = gettext_lazy("the numbers look like degrees")
        return fit(describe(WGS84, reason, xy, community), xy, community)
    extent = community.grown(NEAR_KM) if community else UKRAINE
    candidates = find_candidates(xy, extent)
    if len({candidate.code for candidate in candidates}) == 1:
        best = candidates[0]
        reason = gettext_lazy("only this one puts the places into the community")
        choice = CrsChoice(f"EPSG:{best.code}", best.name, reason, best.operation)
        choice = choice.with_issue("crs-assumed", reason=best.title)
        return choice.with_issue("axes-swapped") if best.swapped else choice
    if candidates:
        raise ask_which(
            _(
                "The coordinate system is not stated (%(reason)s); it may be one of: %(list)s."
                " Say which with --crs."
            )
            % {"reason": declared.reason, "list": ", ".join(iterate_titles(candidates))},
            candidates,
        )
    raise ask_which(
        _(
            "The coordinate system is not stated (%(reason)s), and none that is used in Ukraine"
            " puts the places where they could be; say it with --crs."
        )
        % {"reason": declared.reason}
    )


def ask_which(message: str, candidates: Sequence[Candidate] = ()) -> UnusableFile:
    """Nobody but the user knows it; what it may be comes with the refusal."""
    best = {f"EPSG:{one.code}": one for one in reversed(candidates)}
    return UnusableFile(
        message,
        question="crs",
        candidates=[
            {"code": code, "title": one.title, "share": round(one.share, 2)}
            for code, one in reversed(best.items())
        ],
    )

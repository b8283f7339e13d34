"""Limits of the community, of its town and of what is built up."""

from typing import NamedTuple

from geoportal.demo.town import plan
from geoportal.demo.town.curves import Ripple, smooth_area
from geoportal.demo.town.plane import Geometry


class Limits(NamedTuple):
    """Areas inside one another."""

    community: Geometry
    town: Geometry
    built_up: Geometry


def build_limits() -> Limits:
    """The community's limit follows old field borders, so it is angular; the others are soft."""
    field_borders = Ripple.named("limit", 330, 1500)
    community = field_borders.bend(smooth_area(plan.COMMUNITY_LIMIT), 120).simplify(45)
    town = Ripple.named("town-limit", 120, 620).bend(smooth_area(plan.TOWN_LIMIT), 60).simplify(18)
    return Limits(community, town, smooth_area(plan.BUILT_UP_LIMIT))

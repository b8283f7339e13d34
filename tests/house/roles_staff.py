"""Who gets which answer from the workplace of those who keep layers.

GIS officers and heads and officers of organisations work here; a layer that they do not see is not
there for them, one that is not theirs they only look at.
"""

from tests.house.roles import ROLES, Case, Statuses, reads

# In the order of ROLES: visitor, resident, neighbour, clerk, viewer, officer, administrator, head,
# moderator. Viewers, residents and moderators have no place here.
OUTSIDE = {"visitor": 302, "resident": 403, "viewer": 403, "moderator": 403}
WORKERS = tuple(role for role in ROLES if role not in OUTSIDE)


def workers(status: int, **named: int) -> Statuses:
    """A status for who works here, others by name."""
    return tuple({**OUTSIDE, **named}.get(role, status) for role in ROLES)


def pages_of_layers(template: str) -> list[Case]:
    """A page of a layer: those of staff and of the council's members are hidden from others."""
    return reads(
        (template.format("trees"), workers(200)),
        (template.format("closed"), workers(200, neighbour=404)),
        (template.format("club"), workers(200, neighbour=404, clerk=404)),
        (template.format("absent"), workers(404)),
    )


STAFF: dict[str, list[Case]] = {
    "/staff/": reads(("/staff/", workers(302))),
    "/staff/layers/": reads(("/staff/layers/", workers(200))),
    "/staff/layers/<slug>/": pages_of_layers("/staff/layers/{}/"),
}

"""Who gets which answer from moderation and from the cabinets of organisations."""

from tests.house.reported import HIDDEN, REFUSED, SHOWN, TAKEN, WAITING
from tests.house.roles import Case, Statuses, reads
from tests.house.roles_problems import WORDS, who


def of_moderators(status: int) -> Statuses:
    return who(403, visitor=302, moderator=status, administrator=status)


def of_members(status: int, **named: int) -> Statuses:
    """Members of the council and administrators; for those outside there is no cabinet."""
    seen = {"visitor": 302, "resident": 404, "neighbour": 404, "clerk": 404, "moderator": 404}
    return who(status, **(seen | named))


def of_workers(status: int) -> Statuses:
    return of_members(403, officer=status, head=status)


CABINET = "/cabinet/council/"
CABINETS: dict[str, list[Case]] = {
    "/moderation/": reads(("/moderation/", of_moderators(200))),
    "/moderation/dispatch/": reads(("/moderation/dispatch/", of_moderators(200))),
    "/moderation/media/": reads(("/moderation/media/", of_moderators(200))),
    "/moderation/borders/": reads(("/moderation/borders/", of_moderators(200))),
    "/moderation/borders/sides/<number>/": [
        Case("POST", "/moderation/borders/sides/999/", of_moderators(404))
    ],
    "/moderation/borders/<run>/": [
        Case("POST", "/moderation/borders/999/", of_moderators(404), {"decision": "apply"})
    ],
    "/moderation/rejected/": reads(("/moderation/rejected/", of_moderators(200))),
    "/moderation/unconfirmed/": reads(("/moderation/unconfirmed/", of_moderators(200))),
    "/moderation/all/": reads(
        ("/moderation/all/", of_moderators(200)),
        ("/moderation/all/?q=сміття", of_moderators(200)),
    ),
    "/moderation/<number>/": reads(
        (f"/moderation/{WAITING}/", of_moderators(200)),
        (f"/moderation/{HIDDEN}/", of_moderators(200)),
        ("/moderation/999/", of_moderators(404)),
    ),
    "/moderation/<number>/preview/": reads((f"/moderation/{WAITING}/preview/", of_moderators(200))),
    "/moderation/<number>/places.geojson": reads(
        (f"/moderation/{WAITING}/places.geojson", of_moderators(200))
    ),
    "/moderation/<number>/undo/": [
        Case("POST", f"/moderation/{number}/undo/", of_moderators(303), {})
        for number in (WAITING, REFUSED)
    ],
    "/cabinet/": reads(
        ("/cabinet/", who(200, visitor=302, neighbour=302, viewer=302, officer=302, head=302))
    ),
    "/cabinet/<slug>/": reads(
        (CABINET, of_members(200)),
        ("/cabinet/absent/", who(404, visitor=302)),
    ),
    "/cabinet/<slug>/problems.geojson": reads((f"{CABINET}problems.geojson", of_members(200))),
    "/cabinet/<slug>/export.<extension>": reads(
        (f"{CABINET}export.csv", of_members(200)),
        (f"{CABINET}export.xlsx", of_members(200)),
        (f"{CABINET}export.doc", of_members(404)),
    ),
    "/cabinet/<slug>/bulk/": [
        Case("POST", f"{CABINET}bulk/", of_members(303), fields)
        for fields in ({}, {"action": "accept", "numbers": str(SHOWN)})
    ],
    "/cabinet/<slug>/templates/": [
        Case("GET", f"{CABINET}templates/", of_members(200)),
        Case("POST", f"{CABINET}templates/", of_workers(400), {}),
        Case("POST", f"{CABINET}templates/", of_workers(302), WORDS | {"do": "add", "title": "Т"}),
    ],
    "/cabinet/<slug>/<number>/": reads(
        (f"{CABINET}{SHOWN}/", of_members(200)),
        (f"{CABINET}{HIDDEN}/", of_members(200, viewer=404)),
        (f"{CABINET}{WAITING}/", of_members(404)),
    ),
    "/cabinet/<slug>/<number>/places.geojson": reads(
        (f"{CABINET}{SHOWN}/places.geojson", of_members(200))
    ),
    "/cabinet/<slug>/<number>/close/": [
        Case("POST", f"{CABINET}{TAKEN}/close/", of_members(303), fields)
        for fields in ({}, WORDS | {"resolution": "solved"})
    ],
}

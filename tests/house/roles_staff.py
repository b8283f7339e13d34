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


def editors(status: int, **named: int) -> Statuses:
    """Officers and heads of the council, and administrators; others of the workplace look."""
    return workers(status, **{"neighbour": 403, "clerk": 403, **named})


def makers(status: int) -> Statuses:
    """Who may make layers: officers and heads of any organisation, and administrators."""
    return workers(status, clerk=403)


def makers_for_others(own: int, nobody: int) -> Statuses:
    """A layer without an owner is made by administrators alone."""
    return workers(own, clerk=403, administrator=nobody)


def administrators(status: int) -> Statuses:
    return workers(403, administrator=status)


NEW_LAYER = {
    "title_uk": "Лавки",
    "kind": "register",
    "geometry_type": "point",
    "fields-TOTAL_FORMS": "0",
    "fields-INITIAL_FORMS": "0",
}
LIFE = "/staff/layers/{}/life/{}/"
OBJECT = "/staff/layers/trees/objects/open/"
STYLE = "/staff/layers/{}/style/"
EDIT = "/staff/layers/trees/edit/"
SOURCES = "/staff/layers/trees/sources/"
LINES_TO_MERGE = """{"do": "merge", "shapes": [
    {"type": "LineString", "coordinates": [[30, 50], [30, 51]]},
    {"type": "LineString", "coordinates": [[30, 51], [30, 52]]}
]}"""
STAFF: dict[str, list[Case]] = {
    "/staff/": reads(("/staff/", workers(302))),
    "/staff/imports/": reads(("/staff/imports/?who=all", workers(200))),
    "/staff/imports/new/": [
        *reads(("/staff/imports/new/", makers(200))),
        Case("POST", "/staff/imports/new/", makers(400), {}),
    ],
    **{
        f"/staff/imports/<number>/{part}": [Case("GET", f"/staff/imports/0/{part}", workers(404))]
        for part in ("", "remarks/", "place.json", "difference.json")
    },
    "/staff/layers/<slug>/sources/": [
        Case("GET", f"{SOURCES}", editors(200)),
        Case("GET", "/staff/layers/absent/sources/", workers(404)),
    ],
    "/staff/layers/<slug>/sources/new/": [
        Case("GET", f"{SOURCES}new/?import=0", editors(404)),
        Case("POST", f"{SOURCES}new/?import=0", editors(404), {}),
    ],
    "/staff/layers/<slug>/sources/<number>/": [
        Case("GET", f"{SOURCES}0/", editors(404)),
        Case("POST", f"{SOURCES}0/", editors(404), {}),
    ],
    "/staff/layers/<slug>/sources/<number>/<deed>/": [
        Case("POST", f"{SOURCES}0/run/", editors(404), {})
    ],
    "/staff/layers/<slug>/recipes/<number>/forget/": [
        Case("POST", "/staff/layers/trees/recipes/0/forget/", editors(404), {})
    ],
    "/staff/imports/<number>/parts/": [
        Case("GET", "/staff/imports/0/parts/", workers(404)),
        Case("POST", "/staff/imports/0/parts/", workers(404), {}),
    ],
    "/staff/imports/groups/<number>/": [Case("GET", "/staff/imports/groups/0/", workers(404))],
    "/staff/imports/groups/<number>/do/": [
        Case("POST", "/staff/imports/groups/0/do/", workers(404), {})
    ],
    **{
        f"/staff/imports/<number>/{part}/<z>/<x>/<y>.mvt": [
            Case("GET", f"/staff/imports/0/{part}/1/0/0.mvt", workers(404))
        ]
        for part in ("place", "difference")
    },
    **{
        f"/staff/imports/<number>/{part}/": [
            Case("POST", f"/staff/imports/0/{part}/", workers(404), {})
        ]
        for part in ("answers", "questions", "publish", "cancel")
    },
    "/staff/imports/<number>/addresses/": [
        Case("GET", "/staff/imports/0/addresses/", workers(404)),
        Case("POST", "/staff/imports/0/addresses/", workers(404), {}),
    ],
    "/staff/imports/<number>/addresses/find/": [
        Case("GET", "/staff/imports/0/addresses/find/", workers(404))
    ],
    "/staff/tiles/": reads(("/staff/tiles/?layer=trees&layer=closed", workers(200))),
    "/staff/layers/": reads(("/staff/layers/", workers(200))),
    "/staff/layers/<slug>/": pages_of_layers("/staff/layers/{}/"),
    "/staff/new-layer/": [
        *reads(
            ("/staff/new-layer/", makers(200)),
            ("/staff/new-layer/?template=trees", makers(200)),
        ),
        Case("POST", "/staff/new-layer/", makers_for_others(400, 302), NEW_LAYER),
        Case("POST", "/staff/new-layer/", makers(400), {}),
    ],
    "/staff/layers/<slug>/passport/": [
        *reads(
            ("/staff/layers/trees/passport/", editors(200)),
            ("/staff/layers/closed/passport/", editors(200, neighbour=404)),
        ),
        Case("POST", "/staff/layers/trees/passport/", editors(400), {}),
    ],
    "/staff/layers/<slug>/life/<deed>/": [
        *reads(
            (LIFE.format("trees", "archive"), administrators(200)),
            (LIFE.format("trees", "burn"), workers(404)),
        ),
        Case("POST", LIFE.format("trees", "archive"), administrators(302), {}),
        Case("POST", LIFE.format("trees", "restore"), administrators(409), {}),
        Case("POST", LIFE.format("nobody", "delete"), administrators(400), {}),
        Case("POST", LIFE.format("nobody", "delete"), administrators(302), {"slug": "nobody"}),
    ],
    "/staff/layers/<slug>/schema/": pages_of_layers("/staff/layers/{}/schema/"),
    "/staff/layers/<slug>/schema/add/": [
        *reads(("/staff/layers/trees/schema/add/", editors(200))),
        Case("POST", "/staff/layers/trees/schema/add/", editors(400), {}),
    ],
    "/staff/layers/<slug>/schema/return/": [
        Case("POST", "/staff/layers/trees/schema/return/", editors(302), {"name": "absent"}),
    ],
    "/staff/layers/<slug>/schema/<number>/": [
        Case(method, "/staff/layers/trees/schema/0/", editors(404)) for method in ("GET", "POST")
    ],
    "/staff/layers/<slug>/schema/<number>/move/": [
        Case("POST", "/staff/layers/trees/schema/0/move/", editors(404)),
    ],
    "/staff/layers/<slug>/schema/<number>/retire/": [
        Case("POST", "/staff/layers/trees/schema/0/retire/", editors(404)),
    ],
    "/staff/layers/<slug>/objects/": [
        *pages_of_layers("/staff/layers/{}/objects/"),
        *reads(("/staff/layers/trees/objects/?after=x", workers(400))),
    ],
    "/staff/layers/<slug>/objects/<key>/": [
        *reads(
            (OBJECT, workers(200)),
            ("/staff/layers/closed/objects/open/", workers(200, neighbour=404)),
            ("/staff/layers/trees/objects/hidden/", workers(200, neighbour=404)),
            ("/staff/layers/trees/objects/absent/", workers(404)),
        ),
        Case("POST", OBJECT, editors(409), {"based_on": "0", "visibility": "public"}),
        Case("POST", OBJECT, editors(200), {"action": "delete"}),
        Case("POST", OBJECT, editors(302), {"action": "delete", "sure": "yes", "based_on": "0"}),
    ],
    "/staff/layers/<slug>/add/": [
        *reads(("/staff/layers/trees/add/", editors(200))),
        Case("POST", "/staff/layers/trees/add/", editors(302), {"visibility": "public"}),
        Case("POST", "/staff/layers/trees/add/", editors(400), {"place": "тут"}),
    ],
    "/staff/layers/<slug>/photos/<key>/": [
        Case("POST", "/staff/layers/trees/photos/open/", editors(404), {"action": "add"}),
        Case("POST", "/staff/layers/trees/photos/absent/", editors(404), {}),
    ],
    "/staff/layers/<slug>/bulk/": [
        Case("GET", "/staff/layers/trees/bulk/", editors(302)),
        Case("POST", "/staff/layers/trees/bulk/", editors(303), {}),
        Case("POST", "/staff/layers/trees/bulk/", editors(200), {"keys": "open", "do": "delete"}),
    ],
    "/staff/layers/<slug>/edit/": reads(
        (EDIT, editors(200)),
        ("/staff/layers/absent/edit/", workers(404)),
    ),
    "/staff/layers/<slug>/edit/shapes/": [
        Case("POST", f"{EDIT}shapes/", editors(200), {"document": LINES_TO_MERGE}),
        Case("POST", f"{EDIT}shapes/", editors(400), {"document": "{}"}),
    ],
    "/staff/layers/<slug>/style/": [
        *reads(
            (STYLE.format("trees"), editors(200)),
            (STYLE.format("closed"), workers(200, neighbour=404, clerk=403)),
            (STYLE.format("absent"), workers(404)),
        ),
        Case("POST", STYLE.format("trees"), editors(400), {"action": "save"}),
        Case("POST", STYLE.format("trees"), editors(302), {"action": "undo"}),
        Case("POST", STYLE.format("trees"), editors(302), {"action": "save_raw", "raw": ""}),
    ],
    "/staff/layers/<slug>/style/preview/": [
        Case("POST", f"{STYLE.format('trees')}preview/", editors(200), {"action": "raw"}),
    ],
    "/staff/layers/<slug>/history/": [
        *pages_of_layers("/staff/layers/{}/history/"),
        *reads(("/staff/layers/trees/history/?before=0", workers(400))),
    ],
    "/staff/layers/<slug>/history/compare/": pages_of_layers("/staff/layers/{}/history/compare/"),
    "/staff/layers/<slug>/history/<number>/": reads(
        ("/staff/layers/trees/history/0/", workers(404))
    ),
    "/staff/layers/<slug>/history/<number>/rollback/": [
        Case(method, "/staff/layers/trees/history/0/rollback/", editors(404))
        for method in ("GET", "POST")
    ],
}

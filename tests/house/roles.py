"""Who gets which answer from every URL: the table that `test_role_matrix` walks through.

Layers of the table, all of one council: `trees` is public, `closed` is for staff, `club` for
members of the council; `nobody` is public and has no publisher. The feature `trees/hidden` is for
staff. A method that a URL pattern does not list here is refused with 405 for everybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from layers.downloads.formats import DOWNLOAD_FORMATS

ROLES = (
    "visitor",
    "resident",
    "neighbour",
    "clerk",
    "viewer",
    "officer",
    "administrator",
    "head",
    "moderator",
)
Statuses = tuple[int, ...]


def everybody(status: int) -> Statuses:
    return (status,) * len(ROLES)


def widen(statuses: Statuses) -> Statuses:
    """Seven statuses say all: then a head gets what an officer gets, a moderator as a resident."""
    if len(statuses) == len(ROLES):
        return statuses
    named = dict(zip(ROLES, statuses, strict=False))
    return (*statuses, named["officer"], named["resident"])


# In the order of ROLES. A neighbour is an officer of another organisation; a clerk is staff without
# an organisation; a viewer belongs to the council without being staff.
OPEN = everybody(200)
REFUSED = everybody(404)
OF_STAFF = (404, 404, 404, 200, 200, 200, 200)
OF_MEMBERS = (404, 404, 404, 404, 200, 200, 200)
HIDDEN_FEATURE = (404, 404, 404, 200, 404, 200, 200)
SIGNED_OUT = (200, *(302,) * 8)
ADMINISTRATION = (302, 302, 302, 302, 302, 302, 200, 302, 302)
# Where a visitor is asked to sign in, and everybody else but an administrator is refused.
WRITERS_OF_PAGES = tuple({"visitor": 302, "administrator": 200}.get(role, 403) for role in ROLES)


def writers_of_pages(status: int) -> Statuses:
    return tuple(status if given == 200 else given for given in WRITERS_OF_PAGES)


def editors(status: int) -> Statuses:
    return (403, 403, 403, 403, 403, status, status)


def editors_of_closed(status: int) -> Statuses:
    """Who does not see the layer is told nothing of it; a visitor is asked to sign in first."""
    return (403, 404, 404, 403, 403, status, status)


def editors_of_club(status: int) -> Statuses:
    return (403, 404, 404, 404, 403, status, status)


def administrators(status: int) -> Statuses:
    return (*(403,) * 6, status)


def administrators_of_closed(status: int) -> Statuses:
    return (403, 404, 404, 403, 403, 403, status)


@dataclass(frozen=True)
class Case:
    """One request and the status for each role."""

    method: str
    path: str
    statuses: Statuses
    body: object = None
    if_match: str = ""
    accept: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


def reads(*cases: tuple[str, Statuses]) -> list[Case]:
    return [Case("GET", path, statuses) for path, statuses in cases]


def reads_of_layers(template: str) -> list[Case]:
    """The same URL for layers of each visibility, and for one that is not there."""
    return reads(
        (template.format("trees"), OPEN),
        (template.format("closed"), OF_STAFF),
        (template.format("club"), OF_MEMBERS),
        (template.format("absent"), REFUSED),
    )


FEATURE = {
    "type": "Feature",
    "geometry": {"type": "Point", "coordinates": [30.5, 50.4]},
    "properties": {"species": "Дуб"},
}
ADDED = "/api/v1/layers/{}/features/"
CHANGED = "/api/v1/layers/{}/features/open/"
SCHEMA = "/api/v1/layers/{}/schema/"
EDITS = "/api/v1/layers/{}/edits/"
ONE_ADDED = {"adds": [FEATURE], "comment": "нове дерево"}
RETITLED = {"change": {"height": {"title_uk": "Зріст"}}}
RETIRED = {"retire": ["height"]}
TUS = {"Tus-Resumable": "1.0.0", "Upload-Length": "5", "Upload-Offset": "0"}
UNKNOWN = "6f9619ff-8b86-4011-b42d-00c04fc964ff"
UPLOADED = "/api/v1/uploads/imports/6f9619ff-8b86-4011-b42d-00c04fc964ff/"
PAGE = {"title_uk": "Правила", "body_uk": "Нові правила", "position": 20, "based_on": 1}

IMPORTS = "/api/v1/imports/"
SCHEDULES = "/api/v1/schedules/"
# An import into `trees` that waits for answers.
WAITING = f"{IMPORTS}1/"
NEW_OF_COUNCIL = {"layer": "fresh", "create": True, "organisation": "council"}
SIGNED_IN = (403, *(200,) * 8)


def importers(status: int) -> Statuses:
    return (403, 404, 404, 404, 404, status, status)


IMPORTERS = importers(200)

MATRIX: dict[str, list[Case]] = {
    "/map/<language>/<digest>.json": reads(
        ("/map/uk/0.json", OPEN), ("/map/en/0.json", OPEN), ("/map/pl/0.json", REFUSED)
    ),
    "/": reads(("/", OPEN), ("/?q=дуб", OPEN), ("/?lang=en", OPEN)),
    "/layers/<slug>/": reads_of_layers("/layers/{}/"),
    "/layers/<slug>/<key>/": reads_of_layers("/layers/{}/open/")
    + reads(("/layers/trees/hidden/", HIDDEN_FEATURE), ("/layers/trees/absent/", REFUSED)),
    "/data/": reads(("/data/", OPEN), ("/data/?q=дерева", OPEN)),
    "/data/<slug>/": [
        Case(case.method, case.path, tuple(302 if s == 200 else s for s in case.statuses))
        for case in reads_of_layers("/data/{}/")
    ],
    "/pages/<slug>/": reads(
        ("/pages/rules/", OPEN), ("/pages/rules/?lang=en", OPEN), ("/pages/absent/", REFUSED)
    ),
    "/staff/pages/": reads(("/staff/pages/", WRITERS_OF_PAGES)),
    "/staff/pages/<slug>/": [
        *reads(
            ("/staff/pages/rules/", WRITERS_OF_PAGES),
            ("/staff/pages/absent/", writers_of_pages(404)),
        ),
        Case("POST", "/staff/pages/rules/", WRITERS_OF_PAGES, body=PAGE | {"action": "preview"}),
        Case("POST", "/staff/pages/rules/", writers_of_pages(302), body=PAGE),
        Case("POST", "/staff/pages/rules/", writers_of_pages(409), body=PAGE | {"based_on": 7}),
        Case("POST", "/staff/pages/absent/", writers_of_pages(404), body=PAGE),
    ],
    "/staff/pages/<slug>/versions/<number>/": [
        *reads(
            ("/staff/pages/rules/versions/1/", WRITERS_OF_PAGES),
            ("/staff/pages/rules/versions/9/", writers_of_pages(404)),
        ),
        Case("POST", "/staff/pages/rules/versions/1/", writers_of_pages(302), {"based_on": 1}),
        Case("POST", "/staff/pages/rules/versions/1/", writers_of_pages(409), {"based_on": 7}),
        Case("POST", "/staff/pages/rules/versions/9/", writers_of_pages(404), {"based_on": 1}),
    ],
    "/i18n/setlang/": [
        Case("GET", "/i18n/setlang/", everybody(302)),
        Case("POST", "/i18n/setlang/", everybody(302), body={"language": "en"}),
    ],
    "/admin/": reads(
        ("/admin/", ADMINISTRATION),
        ("/admin/layers/layer/", (302, 302, 302, 403, 302, 403, 200, 302, 302)),
    ),
    "/manifest.webmanifest": reads(("/manifest.webmanifest", OPEN)),
    "/community/<digest>/<side>.png": reads(("/community/none/96.png", REFUSED)),
    "/community/accent-<color>.css": reads(("/community/accent-1f6f5c.css", OPEN)),
    "/livez": reads(("/livez", OPEN)),
    "/readyz": reads(("/readyz", OPEN)),
    "/metrics": reads(("/metrics", OPEN)),
    "/ogc": reads(("/ogc", OPEN)),
    "/ogc/": reads(("/ogc/", OPEN)),
    "/ogc/conformance": reads(("/ogc/conformance", OPEN)),
    "/ogc/api": reads(("/ogc/api", OPEN)),
    "/ogc/collections": reads(("/ogc/collections", OPEN)),
    "/ogc/collections/<slug>": reads_of_layers("/ogc/collections/{}"),
    "/ogc/collections/<slug>/items": reads_of_layers("/ogc/collections/{}/items")
    + reads(
        ("/ogc/collections/trees/items?limit=0", everybody(400)),
        ("/ogc/collections/trees/items?bbox=1,2,3", everybody(400)),
        ("/ogc/collections/trees/items?inspector_remark=x", everybody(400)),
    ),
    "/ogc/collections/<slug>/items/<key>": reads_of_layers("/ogc/collections/{}/items/open")
    + reads(
        ("/ogc/collections/trees/items/hidden", HIDDEN_FEATURE),
        ("/ogc/collections/trees/items/absent", REFUSED),
    ),
    "/ogc/tileMatrixSets": reads(("/ogc/tileMatrixSets", OPEN)),
    "/ogc/tileMatrixSets/<matrix_set>": reads(("/ogc/tileMatrixSets/WebMercatorQuad", OPEN)),
    "/ogc/tiles": reads(("/ogc/tiles?collections=trees,closed", OF_STAFF)),
    "/ogc/tiles/<matrix_set>": reads(("/ogc/tiles/WebMercatorQuad?collections=club", OF_MEMBERS)),
    "/ogc/tiles/<matrix_set>/<z>/<row>/<column>": reads(
        ("/ogc/tiles/WebMercatorQuad/8/86/149?collections=trees,club", OF_MEMBERS),
        ("/ogc/tiles/Other/8/86/149", everybody(404)),
    ),
    "/ogc/collections/<slug>/tiles": reads_of_layers("/ogc/collections/{}/tiles"),
    "/ogc/collections/<slug>/tiles/<matrix_set>": reads_of_layers(
        "/ogc/collections/{}/tiles/WebMercatorQuad"
    ),
    "/ogc/collections/<slug>/tiles/<matrix_set>/<z>/<row>/<column>": reads_of_layers(
        "/ogc/collections/{}/tiles/WebMercatorQuad/8/86/149"
    ),
    "/photos/<photo_id>.jpg": reads((f"/photos/{UNKNOWN}.jpg", everybody(404))),
    "/photos/<photo_id>-small.jpg": reads((f"/photos/{UNKNOWN}-small.jpg", everybody(404))),
    "/data/<slug>.<extension>": [
        *(
            case
            for known in DOWNLOAD_FORMATS
            for case in reads_of_layers(f"/data/{{}}.{known.extension}")
        ),
        *reads(("/data/trees.doc", REFUSED), ("/data/trees.shp", REFUSED)),
    ],
    "/api/v1/schema/": reads(("/api/v1/schema/", OPEN)),
    "/api/v1/layers/": reads(("/api/v1/layers/", OPEN), ("/api/v1/layers/?archived=true", OPEN)),
    "/api/v1/layers/<slug>/": [
        *reads_of_layers("/api/v1/layers/{}/"),
        Case("DELETE", "/api/v1/layers/trees/", administrators(409)),
        Case("DELETE", "/api/v1/layers/nobody/", administrators(204)),
        Case("DELETE", "/api/v1/layers/closed/", administrators_of_closed(409)),
        Case("DELETE", "/api/v1/layers/absent/", (403, *(404,) * 8)),
    ],
    "/api/v1/layers/<slug>/schema/": [
        *reads_of_layers(SCHEMA),
        *(
            Case("PATCH", SCHEMA.format(slug), who(200), RETITLED, "*")
            for slug, who in (
                ("trees", editors),
                ("closed", editors_of_closed),
                ("club", editors_of_club),
            )
        ),
        Case("PATCH", SCHEMA.format("trees") + "?preview=true", editors(200), RETIRED),
        Case("PATCH", SCHEMA.format("trees"), administrators(200), RETIRED, "*"),
        Case("PATCH", SCHEMA.format("trees"), editors(428), RETITLED),
        Case("PATCH", SCHEMA.format("trees"), editors(412), RETITLED, '"999999"'),
        Case("PATCH", SCHEMA.format("trees"), editors(400), {"retire": ["absent"]}, "*"),
    ],
    "/api/v1/layers/<slug>/archive/": [
        Case("POST", "/api/v1/layers/trees/archive/", administrators(200)),
        Case("POST", "/api/v1/layers/closed/archive/", administrators_of_closed(200)),
        Case("POST", "/api/v1/layers/absent/archive/", (403, *(404,) * 8)),
    ],
    "/api/v1/layers/<slug>/restore/": [
        Case("POST", "/api/v1/layers/trees/restore/", administrators(409)),
        Case("POST", "/api/v1/layers/closed/restore/", administrators_of_closed(409)),
    ],
    "/api/v1/layers/<slug>/changesets/": reads_of_layers("/api/v1/layers/{}/changesets/")
    + reads(("/api/v1/layers/trees/changesets/?limit=0", everybody(400))),
    "/api/v1/layers/<slug>/changesets/<number>/": reads(
        ("/api/v1/layers/trees/changesets/0/", REFUSED),
        ("/api/v1/layers/closed/changesets/0/", REFUSED),
    ),
    "/api/v1/layers/<slug>/diff/": reads_of_layers("/api/v1/layers/{}/diff/")
    + reads(("/api/v1/layers/trees/diff/?from=9&to=1", everybody(400))),
    "/api/v1/search/": reads(
        ("/api/v1/search/?q=дуб", OPEN), ("/api/v1/search/?q=а&limit=x", everybody(400))
    ),
    "/api/v1/locate/": reads(
        ("/api/v1/locate/?lon=30.5&lat=50.4", OPEN), ("/api/v1/locate/", everybody(400))
    ),
    "/nearest/": reads(("/nearest/", OPEN), ("/nearest/?lon=30.5&lat=50.4", OPEN)),
    "/api/v1/layers/<slug>/cards/<key>/": reads_of_layers("/api/v1/layers/{}/cards/open/")
    + reads(("/api/v1/layers/trees/cards/hidden/", HIDDEN_FEATURE)),
    "/api/v1/nearest/": reads(
        ("/api/v1/nearest/?lon=30.5&lat=50.4", OPEN),
        ("/api/v1/nearest/?lon=30.5&lat=50.4&layers=trees", OPEN),
        ("/api/v1/nearest/?lon=30.5&lat=50.4&layers=closed", OF_STAFF),
        ("/api/v1/nearest/?lon=30.5&lat=50.4&layers=club", OF_MEMBERS),
        ("/api/v1/nearest/", everybody(400)),
    ),
    "/api/v1/uploads/<purpose>/": [
        # A neighbour works for another organisation, which has layers too.
        Case("POST", "/api/v1/uploads/imports/", (403, 403, 201, 403, 403, 201, 201), headers=TUS),
        Case("POST", "/api/v1/uploads/imports/", everybody(412)),
        Case("POST", "/api/v1/uploads/songs/", everybody(404), headers=TUS),
    ],
    "/api/v1/uploads/<purpose>/<upload_id>/": [
        Case(method, UPLOADED, REFUSED, headers=TUS) for method in ("HEAD", "PATCH", "DELETE")
    ],
    "/api/v1/layers/<slug>/edits/": [
        Case("GET", EDITS.format("trees"), editors(200)),
        Case("GET", EDITS.format("closed"), (404, 404, 404, 403, 403, 200, 200)),
        Case("GET", EDITS.format("club"), (404, 404, 404, 404, 403, 200, 200)),
        Case("POST", EDITS.format("trees"), editors(200), ONE_ADDED),
        Case("POST", EDITS.format("closed"), editors_of_closed(200), ONE_ADDED),
        Case("POST", EDITS.format("club"), editors_of_club(200), ONE_ADDED),
        Case("POST", EDITS.format("trees"), editors(400), {"adds": []}),
        Case(
            "POST",
            EDITS.format("trees"),
            editors(412),
            {"removals": [{"id": "open", "version": 999999}]},
        ),
    ],
    "/api/v1/imports/": [
        Case("GET", IMPORTS, SIGNED_IN),
        Case("POST", IMPORTS, (403, *(400,) * 8)),
        Case("POST", IMPORTS, (403, 403, 403, 403, 403, 400, 400), {"layer": "trees"}),
        Case("POST", IMPORTS, (403, 404, 404, 403, 403, 400, 400), {"layer": "closed"}),
        Case("POST", IMPORTS, (403, *(404,) * 8), {"layer": "absent"}),
        Case("POST", IMPORTS, administrators(400), {"layer": "fresh", "create": True}),
        Case("POST", IMPORTS, editors(400), NEW_OF_COUNCIL),
    ],
    "/api/v1/imports/datasets/": [
        Case("POST", f"{IMPORTS}datasets/", (403, 403, 400, 403, 403, 400, 400)),
    ],
    "/api/v1/schedules/": [
        Case("GET", SCHEDULES, SIGNED_IN),
        Case("POST", SCHEDULES, (403, *(400,) * 8)),
    ],
    "/api/v1/schedules/<number>/": [
        Case(method, f"{SCHEDULES}0/", (403, *(404,) * 8)) for method in ("GET", "PATCH", "DELETE")
    ],
    **{
        f"/api/v1/schedules/<number>/{deed}/": [
            Case("POST", f"{SCHEDULES}0/{deed}/", (403, *(404,) * 8))
        ]
        for deed in ("run", "pause", "resume")
    },
    "/api/v1/imports/<number>/": [
        Case("GET", WAITING, IMPORTERS),
        Case("PATCH", WAITING, IMPORTERS, {"answers": {"key": "id"}}),
        Case("PATCH", WAITING, importers(400), {"answers": {"colour": "red"}}),
        Case("GET", f"{IMPORTS}0/", (403, *(404,) * 8)),
    ],
    "/api/v1/imports/<number>/parts/": [
        Case("GET", f"{WAITING}parts/", IMPORTERS),
        Case("POST", f"{WAITING}parts/", importers(409), {"parts": []}),
    ],
    "/api/v1/imports/<number>/check/": [Case("POST", f"{WAITING}check/", IMPORTERS)],
    "/api/v1/imports/<number>/publish/": [Case("POST", f"{WAITING}publish/", importers(428))],
    "/api/v1/imports/<number>/cancel/": [Case("POST", f"{WAITING}cancel/", IMPORTERS)],
    "/api/v1/imports/<number>/issues/": [Case("GET", f"{WAITING}issues/", IMPORTERS)],
    "/api/v1/imports/<number>/issues.csv": [Case("GET", f"{WAITING}issues.csv", IMPORTERS)],
    "/api/v1/imports/<number>/preview/": [Case("GET", f"{WAITING}preview/", IMPORTERS)],
    "/api/v1/layers/<slug>/features/": [
        Case("GET", ADDED.format("trees"), everybody(302)),
        Case("GET", ADDED.format("closed"), (404, 404, 404, 302, 302, 302, 302)),
        Case("POST", ADDED.format("trees"), editors(201), FEATURE),
        Case("POST", ADDED.format("closed"), editors_of_closed(201), FEATURE),
        Case("POST", ADDED.format("club"), editors_of_club(201), FEATURE),
        Case("POST", ADDED.format("nobody"), (403, 403, 403, 403, 403, 403, 201), FEATURE),
        Case("POST", ADDED.format("absent"), (403, 404, 404, 404, 404, 404, 404), FEATURE),
        Case("POST", ADDED.format("trees"), editors(400), {"type": "Circle"}),
    ],
    "/api/v1/layers/<slug>/features/<key>/": [
        *reads_of_layers(CHANGED),
        Case("GET", "/api/v1/layers/trees/features/hidden/", HIDDEN_FEATURE),
        *(
            Case(method, CHANGED.format(slug), who(done), body, if_match)
            for method, done, body in (
                ("PUT", 200, FEATURE),
                ("PATCH", 200, FEATURE),
                ("DELETE", 204, None),
            )
            for slug, who in (
                ("trees", editors),
                ("closed", editors_of_closed),
                ("club", editors_of_club),
            )
            for if_match in ("*",)
        ),
        Case("PATCH", CHANGED.format("trees"), editors(428), FEATURE),
        Case("PATCH", CHANGED.format("trees"), editors(412), FEATURE, '"999999"'),
        Case("DELETE", CHANGED.format("trees"), editors(428)),
    ],
    # Without files nobody gets further than this.
    "/api/v1/layers/<slug>/photos/<key>/": [
        Case("POST", f"/api/v1/layers/{slug}/photos/open/", who(400), {})
        for slug, who in (("trees", editors), ("closed", editors_of_closed))
    ],
}
# Django's own views of the language and of signing in, and probes, do not tell methods apart.
ANY_METHOD = {"/i18n/setlang/", "/livez", "/readyz", "/metrics", "/admin/"}

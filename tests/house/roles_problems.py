"""Who gets which answer from problems, their media and the actions on them.

All problems were reported by the resident and are held by the council (`tests/house/reported.py`).
Actions are asked for as programs do, so that a refusal has a status of its own.
"""

from tests.house.reported import (
    CLOSING,
    DONE,
    HIDDEN,
    HIDDEN_PICTURE,
    KEPT,
    PICTURE,
    REFUSED,
    SHOWN,
    TAKEN,
    WAITING,
)
from tests.house.roles import OPEN, ROLES, Case, Statuses, everybody, reads
from tests.house.roles import REFUSED as ABSENT

JSON = "application/json"
DRAFT = "9f1f7b0e-6a5e-4b0e-8f53-31dd3a1c9d11"
REPORT = {
    "client_request_id": DRAFT,
    "category": "rubbish",
    "lon": 30.51,
    "lat": 50.41,
    "title": "Купа сміття",
    "description": "Третій день.",
}
WORDS = {"words": "Слова."}
COUNCIL = WORDS | {"organisation": "council"}


def who(others: int, **named: int) -> Statuses:
    """A status by role; `others` for who is not named."""
    return tuple(named.get(role, others) for role in ROLES)


# Before publication only the author and moderators know of a report; one of a category that is not
# public is also known to who answers for it in its organisation, and not to who only looks.
UNPUBLISHED = who(404, resident=200, moderator=200, administrator=200)
NOT_PUBLIC = who(200, visitor=404, neighbour=404, clerk=404, viewer=404)
SIGNED_IN = who(200, visitor=302)


def shown_to(seen: Statuses, others: int, **named: int) -> Statuses:
    """Of an action: a visitor is refused, and what somebody does not see is not there for them."""
    given = dict(zip(ROLES, seen, strict=True)) | {"visitor": 200}
    statuses = {role: others if given[role] == 200 else 404 for role in ROLES}
    return tuple((statuses | {"visitor": 403} | named)[role] for role in ROLES)


def by_moderators(status: int, seen: Statuses = OPEN) -> Statuses:
    return shown_to(seen, 403, moderator=status, administrator=status)


def by_author(status: int, seen: Statuses = OPEN) -> Statuses:
    return shown_to(seen, 403, resident=status)


def by_workers(status: int, seen: Statuses = OPEN) -> Statuses:
    """An administrator who is no member does not speak for an organisation."""
    return shown_to(seen, 403, officer=status, head=status)


def act(number: int, action: str, statuses: Statuses, **fields: object) -> Case:
    given = fields or WORDS
    return Case("POST", f"/problems/{number}/actions/{action}/", statuses, given, accept=JSON)


ACTIONS = [
    act(WAITING, "publish", by_moderators(200, UNPUBLISHED)),
    act(WAITING, "publish", by_moderators(412, UNPUBLISHED), expected_version="7"),
    act(SHOWN, "publish", by_moderators(409)),
    act(WAITING, "reject", by_moderators(200, UNPUBLISHED), **WORDS, reason="slander"),
    act(WAITING, "reject", by_moderators(400, UNPUBLISHED)),
    act(SHOWN, "retract", by_moderators(200), **WORDS, reason="slander"),
    act(REFUSED, "restore", by_moderators(200, UNPUBLISHED)),
    act(REFUSED, "resubmit", by_author(200, UNPUBLISHED)),
    act(SHOWN, "edit", by_moderators(200), **WORDS, title="Яма на дорозі", description="Опис"),
    act(SHOWN, "move", by_moderators(200), **WORDS, lon="30.52", lat="50.41"),
    act(SHOWN, "recategorise", by_moderators(200), **WORDS, category="abuse"),
    act(SHOWN, "hide_media", by_moderators(200), **WORDS, attachment=str(PICTURE)),
    act(SHOWN, "show_media", by_moderators(200), attachment=str(HIDDEN_PICTURE)),
    act(KEPT, "edit", by_moderators(409), **WORDS, title="Купа сміття", description="Опис"),
    act(DONE, "hide_words", by_moderators(200), **WORDS, change=str(CLOSING)),
    act(DONE, "show_words", by_moderators(409), change=str(CLOSING)),
    act(SHOWN, "hide_words", by_moderators(404), **WORDS, change=str(CLOSING)),
    act(DONE, "withdraw", by_moderators(200), **WORDS, reason="personal_data"),
    act(KEPT, "withdraw", by_moderators(200), **WORDS, reason="personal_data"),
    act(KEPT, "withdraw", by_moderators(400)),
    act(SHOWN, "withdraw", by_moderators(409), **WORDS, reason="personal_data"),
    act(KEPT, "bring_back", by_moderators(409)),
    act(SHOWN, "assign", by_moderators(200), organisation="other"),
    act(SHOWN, "merge", by_moderators(200), into=str(TAKEN)),
    act(WAITING, "ask_reporter", by_moderators(200, UNPUBLISHED)),
    act(SHOWN, "accept", by_workers(200), **COUNCIL),
    act(HIDDEN, "accept", by_workers(200, NOT_PUBLIC), **COUNCIL),
    act(TAKEN, "accept", by_workers(409), **COUNCIL),
    act(SHOWN, "accept", who(403, neighbour=403), organisation="other"),
    act(SHOWN, "ask", by_workers(200), **COUNCIL),
    act(SHOWN, "forward", by_workers(200), **COUNCIL, to="other"),
    act(TAKEN, "announce", by_workers(400), **COUNCIL, planned_on="2020-01-01"),
    act(TAKEN, "close", by_workers(200), **COUNCIL, resolution="solved"),
    act(HIDDEN, "note", by_moderators(200, NOT_PUBLIC)),
    act(HIDDEN, "note", by_workers(200, NOT_PUBLIC), **COUNCIL),
    act(SHOWN, "answer", by_author(409)),
    act(DONE, "rate", by_author(200), rating="5", is_confirmed="1"),
    act(DONE, "reopen", by_author(200)),
    act(KEPT, "reopen", by_author(409)),
    act(KEPT, "note", by_moderators(409)),
    act(SHOWN, "join", shown_to(OPEN, 200, resident=409)),
    act(SHOWN, "follow", shown_to(OPEN, 200)),
    act(WAITING, "follow", shown_to(UNPUBLISHED, 200)),
    act(SHOWN, "unfollow", shown_to(OPEN, 200)),
    act(SHOWN, "absent", ABSENT),
]
FILES = "/problems/{}/actions/{}/files/"
MEDIA = "/problems/{}/media/{}/{}"
PROBLEMS: dict[str, list[Case]] = {
    "/problems/": reads(
        ("/problems/", OPEN), ("/problems/?q=сміття", OPEN), ("/problems/?state=x", everybody(400))
    ),
    "/problems/feed.atom": reads(("/problems/feed.atom", OPEN)),
    "/problems/mine/": reads(("/problems/mine/", SIGNED_IN)),
    "/problems/statistics/": reads(("/problems/statistics/", OPEN)),
    "/problems/statistics/<table>.csv": reads(
        ("/problems/statistics/organisations.csv", OPEN), ("/problems/statistics/x.csv", ABSENT)
    ),
    "/problems/new/": [
        Case("GET", "/problems/new/", OPEN),
        Case("POST", "/problems/new/", everybody(400), {"do": "send"}),
    ],
    "/problems/new/sent/<number>/": reads(
        (f"/problems/new/sent/{WAITING}/", who(404, resident=200))
    ),
    "/problems/<number>/": reads(
        (f"/problems/{SHOWN}/", OPEN),
        (f"/problems/{KEPT}/", OPEN),
        (f"/problems/{WAITING}/", UNPUBLISHED),
        (f"/problems/{REFUSED}/", UNPUBLISHED),
        (f"/problems/{HIDDEN}/", NOT_PUBLIC),
        ("/problems/999/", ABSENT),
    ),
    "/problems/<number>/edit/": [
        Case(
            method,
            f"/problems/{number}/edit/",
            who(others, visitor=302, resident=status, moderator=403, administrator=403),
            {},
        )
        for method, number, others, status in (
            ("GET", WAITING, 404, 200),
            ("POST", WAITING, 404, 400),
            ("GET", REFUSED, 404, 200),
            ("GET", SHOWN, 403, 409),
        )
    ],
    "/problems/<number>/actions/<action>/": ACTIONS,
    "/problems/<number>/actions/<action>/files/": [
        Case("POST", FILES.format(DONE, "reopen"), by_author(200), WORDS, accept=JSON),
        Case("POST", FILES.format(TAKEN, "close"), by_workers(400), COUNCIL, accept=JSON),
        Case("POST", FILES.format(SHOWN, "accept"), ABSENT, COUNCIL, accept=JSON),
    ],
    "/problems/<number>/media/<attachment_id>/<part>": reads(
        (MEDIA.format(SHOWN, PICTURE, "file"), OPEN),
        (MEDIA.format(SHOWN, PICTURE, "thumbnail"), OPEN),
        (MEDIA.format(SHOWN, PICTURE, "original"), ABSENT),
        (MEDIA.format(SHOWN, HIDDEN_PICTURE, "file"), UNPUBLISHED),
        (MEDIA.format(TAKEN, PICTURE, "file"), ABSENT),
    ),
    "/problems/tiles/<z>/<x>/<y>.mvt": reads(
        ("/problems/tiles/8/149/86.mvt", OPEN),
        ("/problems/tiles/3/8/0.mvt", ABSENT),
        ("/problems/tiles/8/149/86.mvt?mine=1", who(204, visitor=400, resident=200)),
    ),
    "/api/v1/problems/in-view/": reads(
        ("/api/v1/problems/in-view/?bbox=30,50,31,51", OPEN),
        ("/api/v1/problems/in-view/", everybody(400)),
    ),
    "/api/v1/problems/<number>/card/": reads(
        (f"/api/v1/problems/{SHOWN}/card/", OPEN),
        (f"/api/v1/problems/{WAITING}/card/", ABSENT),
        (f"/api/v1/problems/{HIDDEN}/card/", ABSENT),
    ),
    "/api/v1/problems/address/": reads(
        ("/api/v1/problems/address/?lon=30.5&lat=50.4", OPEN),
        ("/api/v1/problems/address/", everybody(400)),
    ),
    "/api/v1/problems/similar/": reads(
        ("/api/v1/problems/similar/?lon=30.5&lat=50.4&category=rubbish", OPEN),
        ("/api/v1/problems/similar/?lon=30.5&lat=50.4&category=x", ABSENT),
    ),
    "/api/v1/problems/check-text/": [
        Case("POST", "/api/v1/problems/check-text/", OPEN, {"title": "Яма", "description": ""})
    ],
    "/api/v1/problems/uploads/": [
        *reads(
            (f"/api/v1/problems/uploads/?draft_id={DRAFT}", who(200, visitor=403)),
            ("/api/v1/problems/uploads/", who(400, visitor=403)),
        ),
        Case("POST", "/api/v1/problems/uploads/", who(400, visitor=403), {}),
    ],
    "/api/v1/problems/uploads/<upload_id>/": [
        Case(method, "/api/v1/problems/uploads/999/", who(404, visitor=403))
        for method in ("GET", "DELETE")
    ],
    "/api/v1/problems/uploads/<upload_id>/thumbnail": reads(
        ("/api/v1/problems/uploads/999/thumbnail", ABSENT)
    ),
    "/api/v1/problems/reports/": [
        Case("POST", "/api/v1/problems/reports/", who(201, visitor=403), REPORT),
        Case("POST", "/api/v1/problems/reports/", who(400, visitor=403), REPORT | {"lon": "x"}),
    ],
}

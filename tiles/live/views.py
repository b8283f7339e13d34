"""The stream of changes as a web process answers it: what there is, and when to ask again.

A stream that stays open would hold a thread for each map. An event stream may also end: a browser
then asks again after `retry`, with the last identifier. `tiles.live.streams` keeps streams open.
"""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tiles.live.changes import read_changes, read_cursor

EVENT_STREAM = "text/event-stream"
# With the time of asking, a change is on the map within two seconds.
RETRY_MS = 1200


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """`since` or `Last-Event-ID`: what was heard last."""
    heard = request.headers.get("Last-Event-ID") or request.GET.get("since", "")
    since = read_cursor(heard)
    actor = request.user if request.user.is_authenticated else None
    event = read_changes(actor, since).write_event(retry_ms=RETRY_MS)
    return HttpResponse(event, content_type=EVENT_STREAM, headers={"Cache-Control": "no-store"})

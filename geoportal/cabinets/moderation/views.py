"""The moderators' working place: the queue, one report, the dispatcher, lists."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from geoportal.accounts.selectors import list_organisations
from geoportal.cabinets.moderation import queue, words
from geoportal.cabinets.moderation.highlights import mark_reports
from geoportal.cabinets.moderation.preview import build_preview
from geoportal.cabinets.moderation.review import (
    access_report,
    build_review,
    list_choices,
)
from geoportal.cabinets.moderation.undo import find_undoable, undo_last
from geoportal.cabinets.paging import Page, get_page
from geoportal.cabinets.places import answer, build_pin, list_outlines
from geoportal.cabinets.remaining import Clock
from geoportal.cabinets.rows import build_rows, with_pictures
from geoportal.core.errors import Conflict
from geoportal.problems.access import require_moderator
from geoportal.problems.models import StatusChange
from geoportal.problems.workflow import Action, RoutingRole, State

ROWS_A_PAGE = 20
TABLE_ROWS = 50
# After these the moderator goes on with the queue.
DECISIONS = (Action.PUBLISH, Action.REJECT, Action.MERGE)


@never_cache
@require_safe
@login_required
def queue_page(request: HttpRequest) -> HttpResponse:
    """Reports that wait, the most overdue first; `done`: what was just decided, to be undone."""
    now = timezone.now()
    waiting = with_pictures(queue.list_queue(request.user), everything=True)
    page = get_page(request, Paginator(waiting.select_related("reporter"), ROWS_A_PAGE))
    rows = build_rows(page.items, Clock(now))
    marked = mark_reports([row.problem for row in rows])
    done = find_done(request)
    said = read_messages(request) if done else ""
    context = {
        "tab": "queue",
        "counts": queue.count_waiting(request.user, now),
        "rows": list(zip(rows, marked, strict=True)),
        "pins": [build_pin(row.problem, now) for row in rows],
        "page": page,
        "reasons": words.list_reasons("uk"),
        "prepared": {
            language: {each.code: each.words for each in words.list_reasons(language)}
            for language in words.LANGUAGES
        },
        "done": done,
        "said": said,
    }
    return render(request, "moderation/queue.html", context)


def find_done(request: HttpRequest) -> StatusChange | None:
    """The last decision on the report that `done` names, while it can be taken back."""
    given = request.GET.get("done", "")
    if not (given.isascii() and given.isdigit() and len(given) <= queue.LONGEST_NUMBER):
        return None
    return find_undoable(request.user, int(given))


def read_messages(request: HttpRequest) -> str:
    """Taken from the page: the bar with “undo” says them."""
    return " ".join(str(message) for message in messages.get_messages(request))


@never_cache
@require_safe
@login_required
def report_page(request: HttpRequest, number: int) -> HttpResponse:
    """One report with hints, routing, duplicates, and every action that its state allows."""
    problem = access_report(request.user, number)
    now = timezone.now()
    done = find_done(request)
    if done is not None and done.action in DECISIONS:
        return HttpResponseRedirect(f"{reverse('moderation:queue')}?done={done.problem_id}")
    following = queue.list_queue(request.user).exclude(pk=number).first()
    said = read_messages(request) if done else ""
    review = build_review(request.user, problem)
    context = {
        "tab": "report",
        "counts": queue.count_waiting(request.user, now),
        "review": review,
        "problem": problem,
        "events": review.events,
        "marked": review.marked,
        "explanation": review.explanation,
        "remaining": Clock(now).read(problem),
        "reasons": words.list_reasons(problem.language),
        "retractions": words.list_reasons(problem.language, published=True),
        "questions": words.list_questions(problem),
        "moved": words.write_in(problem.language, words.MOVED),
        "recategorised": words.write_in(problem.language, words.RECATEGORISED),
        "edited": words.write_in(problem.language, words.EDITED),
        "hidden_because": words.write_in(problem.language, words.HIDDEN),
        "words_hidden_because": words.write_in(problem.language, words.HIDDEN_WORDS),
        "withdrawn_because": words.write_in(problem.language, words.WITHDRAWN),
        "choices": list_choices(),
        "organisations": list_organisations() if problem.is_active else [],
        "roles": RoutingRole.choices,
        "following": following,
        "place_url": reverse("moderation:places", args=[number]),
        "done": done,
        "said": said,
    }
    return render(request, "moderation/report.html", context)


@never_cache
@require_safe
@login_required
def preview(request: HttpRequest, number: int) -> HttpResponse:
    """Routing, author and duplicates of one report as a piece of a page, for the queue."""
    problem = access_report(request.user, number)
    review = build_review(request.user, problem)
    return render(
        request,
        "moderation/preview.html",
        {"review": review, "marked": review.marked, "problem": problem},
    )


@never_cache
@require_safe
@login_required
def places(request: HttpRequest, number: int) -> JsonResponse:
    """The report, what is near it, and the territories that decide, as GeoJSON."""
    problem = access_report(request.user, number)
    review = build_review(request.user, problem)
    now = timezone.now()
    near = [build_pin(each.problem, now) for each in review.near]
    for each in near:
        each["properties"]["near"] = True
    outlines = (review.routing or build_preview(problem)).outlines
    return answer([*list_outlines(outlines), *near, build_pin(problem, now)])


@never_cache
@require_POST
@login_required
def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Take back the last decision; machines get the new state."""
    machine = request.get_preferred_type(["text/html", "application/json"]) == "application/json"
    try:
        problem = undo_last(actor=request.user, number=number)
    except Conflict as refusal:
        if machine:
            raise
        messages.error(request, str(refusal.message))
        return HttpResponseRedirect(reverse("moderation:queue"), status=303)
    said = _("No. %(number)s: taken back.") % {"number": number}
    if machine:
        return JsonResponse(
            {"number": number, "state": problem.state, "version": problem.version, "message": said}
        )
    messages.success(request, said)
    return HttpResponseRedirect(reverse("moderation:report", args=[number]), status=303)


@never_cache
@require_safe
@login_required
def dispatch(request: HttpRequest) -> HttpResponse:
    """Published problems that nobody has to solve: the dispatcher gives them to somebody."""
    now = timezone.now()
    found = with_pictures(queue.list_dispatch(request.user), everything=True)
    page = get_page(request, Paginator(found, ROWS_A_PAGE))
    rows = build_rows(page.items, Clock(now))
    context = {
        "tab": "dispatch",
        "counts": queue.count_waiting(request.user, now),
        "rows": rows,
        "pins": [build_pin(row.problem, now) for row in rows],
        "page": page,
        "organisations": list_organisations(),
        "roles": RoutingRole.choices,
    }
    return render(request, "moderation/dispatch.html", context)


@never_cache
@require_safe
@login_required
def reports(request: HttpRequest, state: str = "") -> HttpResponse:
    """Rejected, unconfirmed or all reports; `q` searches, `state` chooses among all."""
    require_moderator(request.user)
    now = timezone.now()
    text = request.GET.get("q", "").strip()
    chosen = state or request.GET.get("state", "")
    found = queue.list_all(request.user, state=chosen, text=text)
    page = get_page(
        request, Paginator(found.select_related("category", "organisation"), TABLE_ROWS)
    )
    context = {
        "tab": state or "all",
        "counts": queue.count_waiting(request.user, now),
        "rows": build_rows(page.items, Clock(now)),
        "page": page,
        "query": text,
        "state": chosen,
        "states": State.choices,
        "reasons_given": _read_reasons(page) if chosen == State.REJECTED else {},
    }
    return render(request, "moderation/reports.html", context)


def _read_reasons(page: Page) -> dict[int, StatusChange]:
    """The refusal of each rejected report on the page, by number."""
    changes = StatusChange.objects.filter(
        problem__in=[each.pk for each in page.items],
        action__in=(Action.REJECT, Action.RETRACT, Action.MERGE),
    )
    return {change.problem_id: change for change in changes.order_by("pk")}

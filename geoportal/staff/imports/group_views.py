"""Imports that came together on one page: where each stands, and what is done with many."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from geoportal.accounts.policies import require_user
from geoportal.staff.access import working_page
from geoportal.staff.imports.page_words import say_on_page
from geoportal.staff.imports.standing import Standing, describe_standing
from importers.models import Import
from importers.stages import groups
from importers.stages.agreeing import list_brakes
from importers.stages.journal import get_result
from importers.stages.publishing import name_preview
from importers.stages.selectors import list_open_questions
from importers.states import ENDED, Stage, State


@dataclass(frozen=True)
class GroupRow:
    """`counts`: what it would change or has changed; `preview`: the name of what is shown;
    `needs_look`: somebody must answer or agree on its own page; `why`."""

    standing: Standing
    counts: dict[str, Any]
    remarks: int
    preview: str
    needs_look: bool
    why: str


@require_safe
@working_page
def group_page(request: HttpRequest, number: int) -> HttpResponse:
    shown = groups.access_group(request.user, number)
    rows = [describe_row(each) for each in shown.imports]
    context = {
        "place": "imports",
        "shown": shown,
        "rows": rows,
        "published": shown.published,
        "total": len(rows),
        "may_check": any(groups.can_be_checked(each) for each in shown.imports),
        "may_publish": any(row.preview for row in rows),
        "may_cancel": any(each.state not in ENDED for each in shown.imports),
        "working": shown.is_working,
    }
    return render(request, "staff/imports/group.html", context)


def describe_row(import_: Import) -> GroupRow:
    ready, published = import_.state == State.READY, import_.state == State.PUBLISHED
    counts = get_result(import_, Stage.PUBLISH if published else Stage.PREVIEW)
    able = groups.can_be_published(import_)
    asks = import_.state == State.ASKING and not groups.can_be_checked(import_)
    return GroupRow(
        standing=describe_standing(import_),
        counts=counts if ready or published else {},
        remarks=int(str(get_result(import_, Stage.CHECK).get("issues_total", 0))),
        preview=name_preview(import_) if able else "",
        needs_look=asks or (ready and not able) or import_.state == State.FAILED,
        why=say_why(import_),
    )


def say_why(import_: Import) -> str:
    """What it waits for, or why it has stopped; "" where there is nothing to say."""
    if import_.error:
        return say_on_page(import_.error)
    if import_.state == State.READY:
        return " ".join(brake.message for brake in list_brakes(import_))
    titles = [each["title"] for each in list_open_questions(import_)]
    return " ".join(titles)


@require_POST
@working_page
def group_action(request: HttpRequest, number: int) -> HttpResponse:
    """`do`: check, publish or cancel. `import` names one to publish and the preview that was
    shown of it, as `12@2026-…`."""
    shown = groups.access_group(request.user, number)
    doing = request.POST.get("do")
    if doing == "check":
        done = groups.check_each(shown.imports)
    elif doing == "publish":
        named = [text.partition("@") for text in request.POST.getlist("import")]
        standing = {str(one.pk): one.pk for one in shown.imports}
        seen = {standing[pk]: preview for pk, _at, preview in named if pk in standing}
        done = groups.publish_each(require_user(request.user), shown.imports, seen)
        if not seen:
            messages.warning(request, _("Choose at least one import to publish."))
    else:
        done = groups.cancel_each(shown.imports)
    for import_, words in done.refusals:
        messages.error(request, f"{import_.part or import_.name}: {words}")
    return redirect("staff:import-group", number)

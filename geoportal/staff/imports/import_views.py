"""The page of one import: whatever stage it is at, with what was found and what can be done."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from geoportal.accounts.policies import require_user
from geoportal.staff.access import working_page
from geoportal.staff.imports.difference import list_lines, read_target
from geoportal.staff.imports.found import describe_found
from geoportal.staff.imports.page_words import say_on_page
from geoportal.staff.imports.parts_shown import PartShown, must_choose, show_parts
from geoportal.staff.imports.question_forms import QuestionShown, list_places, show_questions
from geoportal.staff.imports.question_sections import list_sections
from geoportal.staff.imports.sketch_tiles import find_sketch
from geoportal.staff.imports.standing import describe_pace, describe_standing, list_steps
from geoportal.staff.imports.targets import list_targets
from importers.models import Difference, Import
from importers.stages.agreeing import list_brakes
from importers.stages.groups import find_group
from importers.stages.journal import get_result
from importers.stages.parts import list_datasets, list_parts
from importers.stages.placing import count_unplaced
from importers.stages.publishing import name_preview
from importers.stages.selectors import access_import, group_issues, list_questions
from importers.states import Stage, State


@require_safe
@working_page
def import_page(request: HttpRequest, number: int) -> HttpResponse:
    """`action` and `after` choose what of the difference is listed."""
    import_ = access_import(request.user, number)
    more = None
    if import_.state == State.ASKING and must_choose(import_):
        more = build_parts(request, show_parts(list_parts(import_)))
    return render_import(request, import_, more=more)


def build_parts(request: HttpRequest, shown: Sequence[PartShown]) -> dict[str, Any]:
    """Instead of the stage: which parts of the file go into which layers."""
    layers = list_targets(require_user(request.user))
    return {"stage": "parts", "parts": shown, "layers": layers}


def render_import(
    request: HttpRequest,
    import_: Import,
    *,
    given: Mapping[str, Any] | None = None,
    errors: Mapping[str, Any] | None = None,
    refusal: str = "",
    status: int = 200,
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """`given`, `errors`: of a form that was refused, by code of the question; `more`: of a page
    that stands for the stage."""
    context: dict[str, Any] = {
        "place": "imports",
        "import": import_,
        "standing": describe_standing(import_),
        "steps": list_steps(import_),
        "pace": describe_pace(import_),
        "refusal": say_on_page(refusal or ("" if more else import_.error)),
        "found": describe_found(import_),
        "group": find_group(request.user, import_),
    }
    build = BUILDERS.get(State(import_.state))
    if build is not None:
        context |= build(request, import_)
    if import_.state in (State.ASKING, State.FAILED):
        context |= build_questions(import_, given, errors)
    context |= more or {"parts_count": len(list_datasets(import_))}
    return render(request, "staff/imports/import.html", context, status=status)


def build_questions(
    import_: Import, given: Mapping[str, Any] | None, errors: Mapping[str, Any] | None
) -> dict[str, Any]:
    columns: Any = get_result(import_, Stage.INSPECT).get("columns", [])
    names = [str(column["name"]) for column in columns]
    shown = show_questions(list_questions(import_), names, given, errors)
    return {
        "sections": list_sections(shown),
        "open_questions": [each for each in shown if each.is_open],
        "sketch": find_sketch(import_),
        "systems": list_systems(shown),
    }


def list_systems(shown: list[QuestionShown]) -> list[str]:
    """Coordinate systems that the map shows the file in; degrees where nothing is asked."""
    asked = [each for each in shown if each.question["code"] == "crs"]
    return list_places(asked[0].question["choices"]) if asked else []


def build_preview(request: HttpRequest, import_: Import) -> dict[str, Any]:
    action = request.GET.get("action", "")
    if action not in Difference.Action.values:
        action = ""
    after = request.GET.get("after", "")
    layer, fields = read_target(import_)
    page = list_lines(import_, layer, fields, action, after)
    checked = get_result(import_, Stage.CHECK)
    return {
        "checked": checked,
        "preview": get_result(import_, Stage.PREVIEW),
        "preview_name": name_preview(import_),
        "issues": group_issues(import_),
        "brakes": list_brakes(import_),
        "unplaced": count_unplaced(import_),
        "lines": page.lines,
        "next_after": page.after,
        "is_first_page": not after,
        "action": action,
        "target": layer,
    }


def build_result(request: HttpRequest, import_: Import) -> dict[str, Any]:
    return {
        "checked": get_result(import_, Stage.CHECK),
        "published": get_result(import_, Stage.PUBLISH),
        "unplaced": count_unplaced(import_),
        "issues": group_issues(import_),
    }


def build_failure(request: HttpRequest, import_: Import) -> dict[str, Any]:
    return {"issues": group_issues(import_)}


BUILDERS = {
    State.READY: build_preview,
    State.PUBLISHED: build_result,
    State.FAILED: build_failure,
}

"""The tab of a layer's sources: schedules are made, changed, run; recipes are looked at."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from geoportal.accounts.models import User
from geoportal.accounts.policies import require_user
from geoportal.core.errors import DomainError, NotFound
from geoportal.staff.access import access_layer_to_edit, working_page
from geoportal.staff.layer_context import build_layer_context
from geoportal.staff.sources.forms import ScheduleForm
from geoportal.staff.sources.shown import show_recipes, show_schedule, show_schedules
from importers.models import Schedule
from importers.schedules import jobs, services
from importers.schedules.selectors import access_schedule, list_recipes
from importers.stages.recipes import forget_recipe
from importers.stages.selectors import access_import
from layers.models import Layer

Do = Callable[[Schedule, User], object]
DEEDS: Mapping[str, tuple[Do, str | Promise]] = {
    "run": (lambda schedule, user: jobs.begin(schedule), gettext_lazy("The run has begun.")),
    "pause": (
        lambda schedule, user: services.pause_schedule(schedule=schedule),
        gettext_lazy("The schedule is paused."),
    ),
    "resume": (
        lambda schedule, user: services.resume_schedule(schedule=schedule, actor=user),
        gettext_lazy("The schedule goes on, in your name."),
    ),
    "end": (
        lambda schedule, user: services.delete_schedule(schedule=schedule),
        gettext_lazy("The schedule is gone; what it has imported stays."),
    ),
}


@require_safe
@working_page
def sources_page(request: HttpRequest, slug: str) -> HttpResponse:
    layer = access_layer_to_edit(request.user, slug)
    context = build_layer_context(request, layer, "sources") | {
        "schedules": show_schedules(layer),
        "recipes": show_recipes(list_recipes(layer)),
    }
    return render(request, "staff/sources/sources.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@working_page
def new_schedule_page(request: HttpRequest, slug: str) -> HttpResponse:
    """`import` in the query: the one that is repeated."""
    layer = access_layer_to_edit(request.user, slug)
    number = request.GET.get("import", "")
    import_ = access_import(request.user, int(number) if number.isdigit() else 0)
    fetch = getattr(import_, "fetch", None)
    if import_.layer_id != layer.pk or fetch is None:
        raise NotFound(_("There is no such import."))
    known = {"mode": import_.answers.get("mode", "merge")}
    form = ScheduleForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            services.schedule_import(
                actor=require_user(request.user),
                import_=import_,
                rhythm=form.read_rhythm(),
                answers=form.read_answers(),
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(request, _("From now on the layer is imported by itself."))
            return redirect("staff:sources", slug)
    return show_form(request, layer, form, {"source": fetch.source})


@require_http_methods(["GET", "HEAD", "POST"])
@working_page
def schedule_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    layer, schedule = access(request, slug, number)
    form = ScheduleForm.of(schedule, request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.change_schedule(
            schedule=schedule,
            actor=require_user(request.user),
            rhythm=form.read_rhythm(),
            answers=form.read_answers(),
        )
        messages.success(request, _("The schedule is saved, in your name."))
        return redirect("staff:sources", slug)
    shown = show_schedule(schedule)
    return show_form(request, layer, form, {"source": schedule.source, "shown": shown})


def show_form(
    request: HttpRequest, layer: Layer, form: ScheduleForm, more: dict[str, object]
) -> HttpResponse:
    context = build_layer_context(request, layer, "sources") | {"form": form} | more
    status = 400 if form.is_bound else 200
    return render(request, "staff/sources/schedule.html", context, status=status)


@require_POST
@working_page
def act(request: HttpRequest, slug: str, number: int, deed: str) -> HttpResponse:
    if deed not in DEEDS:
        raise Http404
    _layer, schedule = access(request, slug, number)
    do, done = DEEDS[deed]
    try:
        do(schedule, require_user(request.user))
    except DomainError as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, str(done))
    return redirect("staff:sources", slug)


@require_POST
@working_page
def forget(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    layer = access_layer_to_edit(request.user, slug)
    recipe = list_recipes(layer).filter(pk=number).first()
    if recipe is None:
        raise NotFound(_("These answers are forgotten already."))
    forget_recipe(recipe=recipe)
    messages.success(request, _("The answers are forgotten; the next such file is asked about."))
    return redirect("staff:sources", slug)


def access(request: HttpRequest, slug: str, number: int) -> tuple[Layer, Schedule]:
    layer = access_layer_to_edit(request.user, slug)
    schedule = access_schedule(request.user, number)
    if schedule.layer_id != layer.pk:
        raise NotFound(_("There is no such schedule."))
    return layer, schedule

"""«Повідомити»: one plain form that scripts turn into steps; what happens after it was sent."""

from dataclasses import dataclass, field, replace

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods, require_safe

from geoportal.accounts.policies import require_user
from geoportal.core.errors import DomainError, InvalidInput, NotFound
from geoportal.problems.access import access_problem
from geoportal.problems.categories.terms import is_emergency
from geoportal.problems.forms.filled_forms import FilledForm, check_filled
from geoportal.problems.forms.sending import require_upload_rate, send_report
from geoportal.problems.lists.addresses import find_nearest_address
from geoportal.problems.media.uploads import add_upload, list_draft_uploads, remove_upload
from geoportal.problems.models import Category
from geoportal.problems.routing.deciding import OutsideCommunity
from geoportal.problems.workflow import State
from geoportal.web.reporting import plain_form
from geoportal.web.reporting.category_tree import name_danger
from geoportal.web.reporting.page import build_context
from geoportal.web.reporting.preview import Preview, build_preview
from layers.reading.finding import Found, search_features

PLACES_MAX = 8


@dataclass
class Outcome:
    """What the page tells about the form beside its fields."""

    errors: dict[str, object] = field(default_factory=dict)
    message: str = ""
    places: list[Found] | None = None
    preview: Preview | None = None


@never_cache
@ensure_csrf_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponseBase:
    """GET begins or goes on after signing in; POST does what its button `do` says."""
    if request.method == "POST":
        return answer_form(request, plain_form.read_form(request.POST))
    kept = plain_form.find_kept(request, request.GET.get("draft", ""))
    form = name_place(kept or plain_form.start_form(request.GET))
    outcome = Outcome()
    if kept:
        check(request, form, outcome)
    return show(request, form, outcome, is_filled=kept is not None)


def answer_form(request: HttpRequest, form: FilledForm) -> HttpResponseBase:
    """Files are kept first, whatever else is wrong."""
    outcome = Outcome()
    do = request.POST.get("do", "check")
    form = take_files(request, form, outcome)
    if do == "find":
        outcome.places = search_features(form.address, PLACES_MAX)
    elif do.startswith("remove-") and plain_form.is_id(do.removeprefix("remove-")):
        remove_upload(actor=request.user, upload_id=int(do.removeprefix("remove-")))
    elif do in ("check", "send") and not outcome.errors:
        form = name_place(form)
        check(request, form, outcome)
        if outcome.preview and not request.user.is_authenticated:
            plain_form.keep_form(request, form)
            return redirect_to_login(f"{request.path}?draft={form.client_request_id}")
        if outcome.preview and do == "send":
            sent = send(request, form, outcome)
            if sent:
                return sent
    return show(request, form, outcome, is_filled=True)


def take_files(request: HttpRequest, form: FilledForm, outcome: Outcome) -> FilledForm:
    """Uploads into the draft; what is refused is told, the rest is kept."""
    files = request.FILES.getlist("files")
    if files and not request.user.is_authenticated:
        outcome.message = _("Sign in to add photos; everything else is kept.")
        return form
    added: list[int] = []
    refused = []
    for file in files:
        try:
            require_upload_rate(request)
            draft = form.client_request_id
            upload = add_upload(actor=request.user, draft_id=draft, file=file)
        except DomainError as error:
            refused.append(str(error.message))
        else:
            added.append(upload.attachment.pk)
    if refused:
        outcome.errors["files"] = " ".join(refused)
        outcome.message = _("Some files were not taken; everything else is kept.")
    return replace(form, attachments=(*form.attachments, *added))


def name_place(form: FilledForm) -> FilledForm:
    """The nearest address where the place has none yet."""
    if form.address or not form.has_place:
        return form
    found = find_nearest_address(float(form.lon), float(form.lat))
    return replace(form, address=found.text) if found else form


def check(request: HttpRequest, form: FilledForm, outcome: Outcome) -> None:
    """The preview, or what is wrong by field."""
    try:
        report, _contact = check_filled(form)
        require_call(form, report.category)
    except InvalidInput as refusal:
        note(refusal, outcome)
        if form.address and not form.has_place:
            outcome.places = search_features(form.address, PLACES_MAX)
    else:
        outcome.preview = build_preview(request.user, report, on_behalf=form.on_behalf)


def require_call(form: FilledForm, category: Category) -> None:
    """In an emergency the portal is not the way. Raises `InvalidInput` until somebody has called or
    says that there is no danger now."""
    if form.danger in ("called", "none") or not is_emergency(category):
        return
    words = _("First call; then say here that you have called.")
    raise InvalidInput(words, errors={name_danger(form.category): words})


def send(request: HttpRequest, form: FilledForm, outcome: Outcome) -> HttpResponse | None:
    """To the page that says what happens next; `None` when it was refused."""
    try:
        problem = send_report(request, form)
    except DomainError as refusal:
        note(refusal, outcome)
        return None
    plain_form.forget_kept(request)
    response = redirect("web:report-sent", problem.pk)
    response.status_code = 303
    return response


def note(refusal: DomainError, outcome: Outcome) -> None:
    errors = refusal.extra.get("errors")
    subject = "place" if isinstance(refusal, OutsideCommunity) else "form"
    outcome.errors |= errors if isinstance(errors, dict) else {subject: str(refusal.message)}
    outcome.message = str(refusal.message)
    outcome.preview = None


def show(
    request: HttpRequest, form: FilledForm, outcome: Outcome, *, is_filled: bool
) -> HttpResponse:
    uploads = list(list_draft_uploads(request.user, form.client_request_id))
    context = build_context(request.user, form, outcome.errors, uploads)
    context |= {
        "message": outcome.message,
        "places": outcome.places,
        "preview": outcome.preview,
        "is_filled": is_filled,
    }
    return render(request, "web/report/new.html", context, status=400 if outcome.errors else 200)


@never_cache
@require_safe
def sent(request: HttpRequest, number: int) -> HttpResponse:
    """Only for who has sent it."""
    problem = access_problem(request.user, number)
    user = require_user(request.user)
    if user.pk not in (problem.reporter_id, problem.written_by_id):
        raise NotFound(_("There is no problem No. %(number)s.") % {"number": number})
    context = {"problem": problem, "waits": problem.state == State.UNCONFIRMED}
    return render(request, "web/report/sent.html", context)

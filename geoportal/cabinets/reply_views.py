"""The prepared words of an organisation on one page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from geoportal.accounts.models import Organisation
from geoportal.accounts.policies import require_user
from geoportal.accounts.selectors import access_cabinet
from geoportal.cabinets.services.replies import (
    REPLY_ACTIONS,
    Reply,
    add_reply,
    change_reply,
    remove_reply,
    require_may_change,
)
from geoportal.cabinets.views import build_context
from geoportal.core.errors import Conflict, InvalidInput
from geoportal.core.words.personal_data import find_personal_data
from geoportal.problems.forms.actions import read_number, read_text
from geoportal.problems.models import Category, ResponseTemplate
from geoportal.problems.personal_data.public_words import (
    CONFIRMED,
    PersonalDataFound,
    refuse_found,
)
from geoportal.problems.workflow import Action


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def replies_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Own templates with forms; `do` names what a form asks for. What is wrong stays filled in."""
    organisation = access_cabinet(request.user, slug)
    refused: dict[str, object] = {}
    if request.method == "POST":
        require_may_change(require_user(request.user), organisation)
        try:
            messages.success(request, act(request, organisation))
        except (InvalidInput, Conflict) as refusal:
            confirms = isinstance(refusal, PersonalDataFound)
            message = {"message": str(refusal.message), "confirms": confirms}
            refused = {**request.POST.dict(), **message}
        else:
            return redirect("cabinets:replies", slug)
    context = build_context(request, organisation) | {
        "tab": "replies",
        "own": ResponseTemplate.objects.filter(organisation=organisation),
        "shared": ResponseTemplate.objects.filter(
            organisation=None, action__in=("", *REPLY_ACTIONS)
        ),
        "actions": [(each.value, each.label) for each in REPLY_ACTIONS],
        "categories": Category.objects.filter(is_active=True),
        "refused": refused,
    }
    return render(request, "cabinets/replies.html", context, status=400 if refused else 200)


def act(request: HttpRequest, organisation: Organisation) -> str:
    """Do what the form asks; a sentence of what was done."""
    do, user = request.POST.get("do", ""), require_user(request.user)
    if do == "remove":
        number = read_number(request.POST, "id")
        remove_reply(actor=user, organisation=organisation, number=number)
        return _("The template is removed.")
    reply = read_reply(request)
    if reply.action != Action.NOTE and not request.POST.get(CONFIRMED):
        refuse_found({"words": find_personal_data(reply.words)}, organisation)
    if do == "add":
        add_reply(actor=user, organisation=organisation, reply=reply)
        return _("The template is kept.")
    if do == "change":
        number = read_number(request.POST, "id")
        change_reply(actor=user, organisation=organisation, number=number, reply=reply)
        return _("The template is changed.")
    raise InvalidInput(_("There is no such action."), parameter="do")


def read_reply(request: HttpRequest) -> Reply:
    """Raises `InvalidInput` for a category that is not."""
    code = read_text(request.POST, "category")
    category = Category.objects.filter(code=code).first() if code else None
    if code and category is None:
        raise InvalidInput(_("Choose a category from the list."))
    return Reply(
        title=read_text(request.POST, "title"),
        words=read_text(request.POST, "words"),
        action=read_text(request.POST, "action"),
        category=category,
    )

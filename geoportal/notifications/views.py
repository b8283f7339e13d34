"""The page behind the link of a letter that stops letters; nobody has to sign in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from geoportal.accounts.policies import require_user
from geoportal.core.errors import InvalidInput
from geoportal.notifications.links import Subscription, read_contact_token, read_token
from geoportal.notifications.selectors import get_following, is_wanted
from geoportal.notifications.services import set_wish
from geoportal.notifications.subjects.problems.contacts import get_contact, set_contact_wish

WISHES = {"stop": False, "again": True}
CONTACT_WISHES = {"stop": False, "follow": True}


# The token is what lets one in, so mail programs may post without a form of ours (RFC 8058).
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_letters(request: HttpRequest, token: str) -> HttpResponse:
    """GET changes nothing: programs that look for viruses follow every link of a letter."""
    return _answer(request, read_token(token))


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact_letters(request: HttpRequest, token: str) -> HttpResponse:
    """The same for the contact of a report, who has no account."""
    contact = get_contact(read_contact_token(token))
    if request.method == "POST":
        wish = request.POST.get("wish", "stop")
        if wish not in CONTACT_WISHES:
            raise InvalidInput(_("There is no such action."), parameter="wish")
        set_contact_wish(contact, wants_mail=CONTACT_WISHES[wish])
        contact.refresh_from_db()
    context = {"number": contact.problem_id, "wanted": contact.wants_mail}
    return render(request, "notifications/contact.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def my_letters(request: HttpRequest) -> HttpResponse:
    """The same for who has signed in: letters about all problems."""
    return _answer(request, Subscription(require_user(request.user).pk, None))


def _answer(request: HttpRequest, subscription: Subscription) -> HttpResponse:
    if request.method == "POST":
        wish = request.POST.get("wish", "stop")
        if wish not in WISHES:
            raise InvalidInput(_("There is no such action."), parameter="wish")
        set_wish(subscription, wants_mail=WISHES[wish])
    context: dict[str, bool | str] = {
        "wanted": is_wanted(subscription),
        "changed": request.method == "POST",
    }
    if subscription.number is not None:
        following = get_following(subscription)
        context["thing"] = following.name(subscription.number)
        context["path"] = following.find_path(subscription.number)
    return render(request, "notifications/stop.html", context)

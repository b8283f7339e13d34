"""A filled-in form is sent: once, and not by one person without end."""

from allauth.core import ratelimit
from django.http import HttpRequest
from django.utils.translation import gettext as _

from geoportal.accounts.policies import is_moderator, require_user
from geoportal.core.errors import TooManyRequests
from geoportal.problems.forms.filled_forms import FilledForm, check_filled
from geoportal.problems.models import Problem
from geoportal.problems.services import report_problem


def send_report(request: HttpRequest, form: FilledForm) -> Problem:
    """The problem; the same one when the form was sent before. Raises what its service raises,
    and `TooManyRequests`.
    """
    user = require_user(request.user)
    made = Problem.objects.filter(client_request_id=form.client_request_id)
    if made.filter(reporter=user).exists() or made.filter(written_by=user).exists():
        return made.get()
    report, contact = check_filled(form)
    if not is_moderator(user) and not ratelimit.consume(
        request, action="problem_report", user=user
    ):
        raise TooManyRequests(
            _("You have sent many reports today. This one is kept here; send it tomorrow.")
        )
    return report_problem(actor=user, report=report, contact=contact)


def require_upload_rate(request: HttpRequest) -> None:
    """Raises `TooManyRequests`."""
    if not ratelimit.consume(request, action="problem_upload", user=require_user(request.user)):
        raise TooManyRequests(_("Too many files in an hour. Go on later; the text is kept."))

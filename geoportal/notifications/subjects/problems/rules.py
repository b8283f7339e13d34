"""The rules of the portal that a report may break, as a letter to its author quotes them."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from geoportal.problems.workflow import RejectReason

RULES_PATH = "/pages/rules/"
RULES: Mapping[str, str | Promise] = {
    RejectReason.OBSCENITY: _("The portal publishes no obscene language."),
    RejectReason.SLANDER: _(
        "The portal publishes no slander, no insults and nothing that discredits authorities, "
        "organisations or their officers."
    ),
    RejectReason.HATRED: _(
        "The portal publishes no calls to national, racial, religious or other hatred."
    ),
    RejectReason.PERSONAL_DATA: _(
        "The portal publishes no personal data of other people: names, telephones, home "
        "addresses, number plates, faces."
    ),
    RejectReason.DUPLICATE: _("One problem has one report: somebody reported this one before."),
    RejectReason.NOT_LOCAL: _(
        "The portal takes what the community answers for; this is a matter of somebody else."
    ),
    RejectReason.MISTAKE: _("The moderator had let the report through by mistake."),
}


def get_rule(reason: str) -> str:
    """The rule as one sentence; '' for a reason that is none."""
    return str(RULES.get(reason, ""))

"""What a moderator says to an author, prepared; every word of it may be changed before sending."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from geoportal.problems.models import Problem, ResponseTemplate
from geoportal.problems.workflow import Action, RejectReason

LANGUAGES = ("uk", "en")

PREPARED: dict[RejectReason, Promise] = {
    RejectReason.OBSCENITY: _(
        "The text has obscene words. Write the same in plain words, and we will publish it."
    ),
    RejectReason.SLANDER: _(
        "The text insults people or accuses them of what is not proved. Describe what is wrong "
        "and where, without names and judgements."
    ),
    RejectReason.HATRED: _(
        "The text calls to hatred of a group of people. The portal does not publish that."
    ),
    RejectReason.PERSONAL_DATA: _(
        "The text or the photo shows personal data of other people: a name, a phone, an address, "
        "a face or the number of a car. Remove them and send the report again."
    ),
    RejectReason.DUPLICATE: _(
        "Somebody has already reported this. Find the problem on the map and join it: your voice "
        "is counted, and you are told of every change."
    ),
    RejectReason.NOT_LOCAL: _(
        "This is not a matter of the community’s services. Write to the body that answers for it; "
        "the page of contacts says where."
    ),
    RejectReason.MISTAKE: _(
        "That was a mistake of the moderator, who looks at the report once more."
    ),
}
QUESTIONS: tuple[Promise, ...] = (
    _("Where exactly is it? Name the house, the entrance or a landmark, or move the point."),
    _("What exactly is wrong, and since when? Describe it in more detail, please."),
    _("Please add a photo on which the place can be recognised."),
)
MOVED = _("The place was made more exact.")
RECATEGORISED = _("The report was given a fitting category.")
EDITED = _("Personal data and needless words were left out.")
HIDDEN_WORDS = _("The words had what must not be published.")
WITHDRAWN = _("The report shows what must not be published.")
HIDDEN = _("The picture shows what must not be published.")
UNDONE = _("The moderator took the last change back.")

# The six rules of the portal; a publication may be taken back as a mistake besides.
RULES: tuple[RejectReason, ...] = tuple(
    reason for reason in RejectReason if reason != RejectReason.MISTAKE
)


@dataclass(frozen=True)
class Reason:
    """`key`: the digit that chooses it on the keyboard; empty where there is none."""

    code: str
    title: str
    words: str
    key: str


def list_reasons(language: str, *, published: bool = False) -> list[Reason]:
    """Reasons with words in the author's language; titles in the moderator's."""
    reasons = [*RULES, RejectReason.MISTAKE] if published else list(RULES)
    with override(language):
        words = {reason: str(PREPARED[reason]) for reason in reasons}
    return [
        Reason(
            reason.value,
            str(reason.label),
            words[reason],
            str(number) if reason in RULES else "",
        )
        for number, reason in enumerate(reasons, start=1)
    ]


def list_questions(problem: Problem) -> list[str]:
    """Questions to the author: the moderators' own templates, then the usual ones."""
    own = list_templates(Action.ASK, problem)
    with override(problem.language):
        return [*own, *(str(question) for question in QUESTIONS)]


def list_templates(action: str, problem: Problem) -> list[str]:
    """Words of the templates that belong to no organisation, for the action or for any."""
    found = ResponseTemplate.objects.filter(
        Q(action=action) | Q(action=""),
        Q(category=None) | Q(category=problem.category_id),
        organisation=None,
    )
    return list(found.values_list("words", flat=True))


def write_in(language: str, words: Promise) -> str:
    with override(language):
        return str(words)

"""Whether a letter that waited should still go: it is written of what stands when it is sent."""

from geoportal.accounts.policies import can_work_for, is_moderator
from geoportal.notifications.subjects.problems.audience import can_still_see
from geoportal.notifications.subjects.problems.contacts import find_contact
from geoportal.notifications.subjects.problems.letter import Kind, Letter
from geoportal.problems.models import Assignment
from geoportal.problems.workflow import PUBLISHED, Action


def is_due(letter: Letter) -> bool:
    """A letter may wait for hours: by now the reader may not see the problem."""
    match letter.kind:
        case Kind.AUTHOR:
            return letter.user is not None and letter.change.problem.reporter_id == letter.user.pk
        case Kind.FOLLOWER:
            return _may_follow(letter)
        case Kind.CONTACT | Kind.CONTACT_ASKED:
            return _is_wanted(letter)
        case Kind.LATE_MODERATION:
            return letter.user is not None and is_moderator(letter.user)
    return _works_there(letter) and bool(list_told(letter))


def list_told(letter: Letter) -> list[int]:
    """Numbers that a letter to an organisation tells of, less what has changed since.

    What was given is still there, what was taken is not back.
    """
    numbers = list(letter.moved) or [letter.change.problem_id]
    held = Assignment.objects.filter(
        organisation=letter.organisation, ended_at__isnull=True, problem__state__in=PUBLISHED
    )
    still = set(held.filter(problem__in=numbers).values_list("problem", flat=True))
    return [each for each in numbers if (each in still) != (letter.kind == Kind.TAKEN)]


def _may_follow(letter: Letter) -> bool:
    change = letter.change
    if letter.user is None:
        return False
    return change.action == Action.RETRACT or can_still_see(letter.user, change.problem)


def _is_wanted(letter: Letter) -> bool:
    """The contact has said yes; the question goes while nothing was said."""
    problem = letter.change.problem
    contact = find_contact(problem)
    if contact is None or problem.contact_email.lower() != letter.recipient:
        return False
    return contact.wants_mail is (True if letter.kind == Kind.CONTACT else None)


def _works_there(letter: Letter) -> bool:
    organisation = letter.organisation
    if organisation is None or not organisation.is_active:
        return False
    return letter.user is None or can_work_for(letter.user, organisation.pk)

"""What several letters say alike: facts of the problem, who speaks, what to open."""

from django.utils.translation import gettext as _

from geoportal.accounts.models import Organisation
from geoportal.core.words.unlinked import drop_links, drop_links_in_line
from geoportal.notifications.content import Content, Picture, Step
from geoportal.notifications.links import build_problem_url
from geoportal.problems.history.redaction import read_words
from geoportal.problems.models import Problem, StatusChange
from geoportal.problems.workflow import PUBLISHED, Role


def list_facts(problem: Problem) -> tuple[tuple[str, str], ...]:
    """What everyone may know of the problem, with nothing of its author's to follow."""
    facts = [
        (_("Problem"), f"№ {problem.pk} · {drop_links_in_line(problem.title)}"),
        (_("Category"), problem.category.title),
        (_("Address"), drop_links_in_line(problem.address)),
    ]
    return tuple((label, value) for label, value in facts if value)


def quote_words(change: StatusChange) -> str:
    """The words of who acted; a resident's lead nowhere, those of the town may."""
    words = read_words(change)
    return drop_links(words) if change.role == Role.AUTHOR else words


def name_speaker(change: StatusChange) -> str:
    """Whose words are quoted: an organisation, or a role; never a person."""
    if change.role == Role.ORGANISATION and change.organisation is not None:
        return change.organisation.name
    return {Role.MODERATOR: _("Moderator"), Role.AUTHOR: _("Author")}.get(
        Role(change.role), _("The portal")
    )


def is_public_step(change: StatusChange) -> bool:
    """Words of other steps pass between the author and the moderators only."""
    return change.from_state in PUBLISHED and change.to_state in PUBLISHED


def find_organisation(change: StatusChange, name: str) -> Organisation | None:
    """That `details` speak of."""
    return Organisation.objects.filter(pk=change.details.get(name) or 0).first()


def see_page(problem: Problem) -> Step:
    return Step(label=_("Open the problem"), url=build_problem_url(problem))


def compose(
    change: StatusChange,
    heading: str,
    *paragraphs: str,
    steps: tuple[Step, ...] = (),
    picture: Picture | None = None,
) -> Content:
    """A letter to people, with the words of who acted."""
    return Content(
        heading=heading,
        paragraphs=tuple(each for each in paragraphs if each),
        quote=quote_words(change),
        quoted=name_speaker(change) if change.words else "",
        facts=list_facts(change.problem),
        steps=steps or (see_page(change.problem),),
        picture=picture,
    )

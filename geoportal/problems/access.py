"""Who may see which problem and act on it in which capacity: the only place that answers it.

Public: published and of a public category. What is not public is seen by its author, by
moderators, and by heads and officers of the organisations that hold it: they have to answer for it,
viewers have not. A starosta's or deputy's oversight shows them public problems of their territory
together.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from geoportal.accounts.models import Organisation, User
from geoportal.accounts.policies import (
    Actor,
    can_see_cabinet,
    can_work_for,
    is_confirmed,
    is_moderator,
    list_organisation_ids,
    require_user,
)
from geoportal.core.errors import NotAllowed, NotFound
from geoportal.problems.models import (
    Assignment,
    Oversight,
    Problem,
    ProblemTerritory,
    PublicProblem,
)
from geoportal.problems.workflow import PUBLISHED

SHOWN = Q(state__in=PUBLISHED, is_public=True)


def list_public_problems() -> QuerySet[PublicProblem]:
    """What everyone sees, and of it only what everyone may read."""
    return PublicProblem.objects.all()


def list_problems_for(actor: Actor) -> QuerySet[Problem]:
    """Every problem the actor may open."""
    if is_moderator(actor):
        return Problem.objects.all()
    seen: Q = SHOWN
    if isinstance(actor, User) and actor.is_active:
        seen = seen | Q(reporter=actor)
        if organisations := _list_working_ids(actor):
            seen = seen | Q(Exists(_held_by(organisations)), state__in=PUBLISHED)
    return Problem.objects.filter(seen)


def access_problem(actor: Actor, number: int) -> Problem:
    """The problem, if the actor may see it; a hidden one is not found."""
    problem = (
        list_problems_for(actor)
        .select_related("category__parent", "organisation", "reporter")
        .filter(pk=number)
        .first()
    )
    if problem is None:
        raise NotFound(_("There is no problem No. %(number)s.") % {"number": number})
    return problem


def can_see_internal(actor: Actor, problem: Problem) -> bool:
    """Internal notes, candidates of the routing, who wrote what: moderators and holders."""
    if is_moderator(actor):
        return True
    organisations = list_organisation_ids(actor) if problem.is_public else _list_working_ids(actor)
    return bool(organisations) and _held_by(organisations, problem).exists()


def can_see_contacts(actor: Actor, problem: Problem) -> bool:
    """A caller's name and phone: moderators, and officers of organisations that hold it."""
    if is_moderator(actor):
        return True
    organisations = _list_working_ids(actor)
    return bool(organisations) and _held_by(organisations, problem).exists()


def _list_working_ids(actor: Actor) -> set[int]:
    """Organisations in whose name the actor acts."""
    return {pk for pk in list_organisation_ids(actor) if can_work_for(actor, pk)}


def list_cabinet_problems(actor: Actor, organisation: Organisation) -> QuerySet[Problem]:
    """What the organisation's cabinet shows: problems it holds or held, and its territories'.

    Raises `NotFound` for who may not see the cabinet. Problems that are not public are seen only
    while the organisation holds them, and only by who works for it.
    """
    require_cabinet(actor, organisation)
    held = Assignment.objects.filter(problem=OuterRef("pk"), organisation=organisation)
    return Problem.objects.filter(
        _told_in_cabinet(actor, organisation),
        Q(state__in=PUBLISHED)
        & (
            Exists(held.filter(ended_at__isnull=True))
            | Q(is_public=True) & (Exists(held) | Exists(_overseen_by(organisation)))
        ),
    )


def list_held_problems(actor: Actor, organisation: Organisation) -> QuerySet[Problem]:
    """The inbox: problems that the organisation holds now, as `list_cabinet_problems` shows them.

    Raises `NotFound`.
    """
    require_cabinet(actor, organisation)
    return Problem.objects.filter(
        _told_in_cabinet(actor, organisation),
        Exists(_held_by({organisation.pk})),
        state__in=PUBLISHED,
    )


def _told_in_cabinet(actor: Actor, organisation: Organisation) -> Q:
    """What is not public is for who works for the organisation, and for moderators."""
    if can_work_for(actor, organisation.pk) or is_moderator(actor):
        return Q()
    return Q(is_public=True)


def list_overseen_problems(actor: Actor, organisation: Organisation) -> QuerySet[Problem]:
    """Public problems in the territories under the organisation's oversight. Raises `NotFound`."""
    require_cabinet(actor, organisation)
    return Problem.objects.filter(SHOWN, Exists(_overseen_by(organisation)))


def require_cabinet(actor: Actor, organisation: Organisation) -> None:
    if not can_see_cabinet(actor, organisation.pk):
        raise NotFound(_("There is no such cabinet."))


def require_moderator(actor: Actor) -> User:
    """Raises `NotAllowed` for everyone else."""
    user = require_user(actor)
    if not is_moderator(user):
        raise NotAllowed(_("Moderators do this."))
    return user


def require_author(actor: Actor, problem: Problem) -> User:
    user = require_user(actor)
    if problem.reporter_id != user.pk:
        raise NotAllowed(_("Only the author of the report does this."))
    return user


def require_worker(actor: Actor, organisation: Organisation, problem: Problem) -> User:
    """An officer or head of an organisation that holds the problem."""
    user = require_user(actor)
    if not can_work_for(user, organisation.pk):
        raise NotAllowed(_("Officers and the head of the organisation do this."))
    if not _held_by({organisation.pk}, problem).exists():
        raise NotAllowed(_("The problem was not given to this organisation."))
    return user


def require_confirmed(actor: Actor) -> User:
    """A resident whose e-mail is confirmed."""
    user = require_user(actor)
    if not is_confirmed(user):
        raise NotAllowed(_("Confirm your e-mail first: follow the link in the letter."))
    return user


def _held_by(organisations: set[int], problem: Problem | None = None) -> QuerySet[Assignment]:
    return Assignment.objects.filter(
        problem=problem or OuterRef("pk"), organisation__in=organisations, ended_at__isnull=True
    )


def _overseen_by(organisation: Organisation) -> QuerySet[ProblemTerritory]:
    watched = Oversight.objects.filter(
        organisation=organisation,
        territory_layer=OuterRef("layer"),
        territory_key=OuterRef("key"),
    )
    return ProblemTerritory.objects.filter(Exists(watched), problem=OuterRef("pk"))

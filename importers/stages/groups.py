"""Imports that came together: who sees them, and what is done with many at once."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from geoportal.accounts.models import User
from geoportal.accounts.policies import Actor
from geoportal.core.errors import DomainError, NotFound
from importers.models import Import, ImportGroup
from importers.stages import services
from importers.stages.agreeing import list_brakes
from importers.stages.journal import get_result
from importers.stages.questions import list_unanswered
from importers.stages.selectors import list_imports_for
from importers.stages.together import digest_difference
from importers.states import WORKING, Stage, State


@dataclass(frozen=True)
class GroupShown:
    """A group and those of its imports that the actor may see, in the order they were made."""

    group: ImportGroup
    imports: list[Import]

    @property
    def published(self) -> int:
        return sum(one.state == State.PUBLISHED for one in self.imports)

    @property
    def is_working(self) -> bool:
        return any(one.state in WORKING for one in self.imports)


def access_group(actor: Actor, group_id: int) -> GroupShown:
    """Raises `NotFound` where the actor may see none of its imports."""
    found = list_imports_for(actor).filter(group=group_id).order_by("pk")
    imports = list(found.prefetch_related("stages"))
    if not imports:
        raise NotFound(_("There are no such imports."))
    return GroupShown(ImportGroup.objects.get(pk=group_id), imports)


def find_group(actor: Actor, import_: Import) -> GroupShown | None:
    """`None` for an import that came alone."""
    return None if import_.group_id is None else access_group(actor, import_.group_id)


def make_group(imports: Iterable[Import]) -> ImportGroup:
    """Of files that were sent at once."""
    group = ImportGroup.objects.create()
    for import_ in imports:
        import_.group = group
        import_.save(update_fields=["group"])
    return group


@dataclass
class Done:
    """What came of one action with many imports: how many went on; why others did not."""

    count: int = 0
    refusals: list[tuple[Import, str]] = field(default_factory=list)


def do_each(imports: Iterable[Import], act: Callable[[Import], object]) -> Done:
    """One that is refused stops no other."""
    done = Done()
    for import_ in imports:
        try:
            act(import_)
        except DomainError as refusal:
            done.refusals.append((import_, str(refusal.message)))
        else:
            done.count += 1
    return done


def can_be_checked(import_: Import) -> bool:
    """It waits for answers, and none of them must be given by a person."""
    if import_.state != State.ASKING:
        return False
    kept: Any = get_result(import_, Stage.QUESTIONS).get("questions", [])
    return bool(kept) and not list_unanswered(kept, import_.answers)


def can_be_published(import_: Import) -> bool:
    """It is ready, and nothing of it has to be agreed to."""
    return import_.state == State.READY and not list_brakes(import_)


def check_each(imports: Iterable[Import]) -> Done:
    able = [one for one in imports if can_be_checked(one)]
    return do_each(able, lambda one: services.check_import(import_=one))


def publish_each(actor: User, imports: Iterable[Import], seen: Mapping[int, str]) -> Done:
    """`seen`: by the number of the import, the preview that the actor has looked at."""
    chosen = [one for one in imports if one.pk in seen]
    into = Counter(one.layer_id for one in chosen)
    # Before the first is published: from then on the other previews do not stand.
    promised = {
        one.pk: digest_difference(one)
        for one in chosen
        if one.layer_id is not None and into[one.layer_id] > 1
    }
    return do_each(
        chosen,
        lambda one: services.publish_import(
            import_=one, actor=actor, seen=seen[one.pk], promised=promised.get(one.pk, "")
        ),
    )


def cancel_each(imports: Iterable[Import]) -> Done:
    going = [one for one in imports if one.state not in (State.PUBLISHED, State.CANCELLED)]
    return do_each(going, lambda one: services.cancel_import(import_=one))

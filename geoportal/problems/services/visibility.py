"""A category becomes public or private, and its problems with it, in the same transaction."""

from django.db import transaction

from geoportal.problems.categories.terms import is_public
from geoportal.problems.history.projection import project_problems
from geoportal.problems.models import Category, Problem


@transaction.atomic
def refresh_visibility(*, category: Category) -> int:
    """Problems of the category and of all under it are shown as the tree says now.

    Those whose authors were told otherwise, and those that a moderator removed, stay hidden.
    Returns how many problems changed.
    """
    changed: list[int] = []
    for each in list_branch(category):
        shown = is_public(each)
        problems = Problem.objects.filter(category=each, is_public=not shown)
        if shown:
            problems = problems.filter(private_promised=False, is_withdrawn=False)
        numbers = list(problems.select_for_update().values_list("pk", flat=True))
        Problem.objects.filter(pk__in=numbers).update(is_public=shown)
        changed += numbers
    if changed:
        project_problems(changed, comment=str(category))
    return len(changed)


def list_branch(category: Category) -> list[Category]:
    """The category and everything under it."""
    branch = [category]
    for each in branch:
        branch.extend(each.children.all())
    return branch

"""A category becomes public or private, and its problems with it, in the same transaction."""

from django.db import transaction

from geoportal.problems.models import Category, Problem
from geoportal.problems.projection import project_problems
from geoportal.problems.terms import is_public


@transaction.atomic
def refresh_visibility(*, category: Category) -> int:
    """Problems of the category and of all under it are shown as the tree says now.

    Returns how many problems changed.
    """
    changed: list[int] = []
    for each in list_branch(category):
        problems = Problem.objects.filter(category=each).exclude(is_public=is_public(each))
        numbers = list(problems.select_for_update().values_list("pk", flat=True))
        Problem.objects.filter(pk__in=numbers).update(is_public=is_public(each))
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

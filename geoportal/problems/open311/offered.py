"""The services of the standard: leaves of the tree of categories, and what each asks."""

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from geoportal.core.errors import NotFound
from geoportal.problems.categories.answers import list_questions
from geoportal.problems.categories.terms import list_line
from geoportal.problems.models import Category, Question
from layers.models.layers import pick_language


def list_offered() -> list[Category]:
    """Categories that can be chosen, group by group."""
    return [each for each in _list_leaves() if _is_offered(each)]


def get_offered(code: str) -> Category:
    """By its code; raises `NotFound`."""
    category = _list_leaves().filter(code=code).first()
    if category is None or not _is_offered(category):
        raise NotFound(_("There is no service_code “%(code)s”.") % {"code": code})
    return category


def build_services() -> list[dict[str, object]]:
    """Rows of the list of services, in the active language."""
    asking = set(Question.objects.values_list("category_id", flat=True))
    return [_build_service(category, asking) for category in list_offered()]


def build_definition(category: Category) -> dict[str, object]:
    """What the service asks beside the text; `attributes` may be empty."""
    return {
        "service_code": category.code,
        "attributes": [
            {
                "variable": True,
                "code": question.code,
                "datatype": question.datatype,
                "required": question.required,
                "datatype_description": None,
                "order": order,
                "description": question.title,
                "values": [
                    {
                        "key": str(choice["value"]),
                        "name": pick_language(
                            str(choice.get("title_uk") or choice["value"]),
                            str(choice.get("title_en") or ""),
                        ),
                    }
                    for choice in question.choices
                ],
            }
            for order, question in enumerate(list_questions(category), start=1)
        ],
    }


def _list_leaves() -> QuerySet[Category]:
    """With two levels above, which is as deep as the tree usually is."""
    branches = Category.objects.filter(parent=OuterRef("pk"))
    return (
        Category.objects.filter(~Exists(branches), is_active=True)
        .select_related("parent__parent")
        .order_by("parent__position", "parent__code", "position", "code")
    )


def _is_offered(category: Category) -> bool:
    return all(each.is_active for each in list_line(category))


def _build_service(category: Category, asking: set[int]) -> dict[str, object]:
    line = list_line(category)
    return {
        "service_code": category.code,
        "service_name": category.title,
        "description": category.hint or category.title,
        "metadata": any(each.pk in asking for each in line),
        "type": "realtime",
        "keywords": ", ".join(category.keywords),
        "group": line[-1].title if len(line) > 1 else "",
    }

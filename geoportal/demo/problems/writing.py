"""The tree of categories written into the database."""

from geoportal.demo.problems.categories.describing import InventedCategory
from geoportal.demo.problems.categories.every import CATEGORIES
from geoportal.problems.models import Category, Question


def write_categories() -> int:
    """Categories and questions, made or brought back to what is invented; how many there are."""
    written: dict[str, Category] = {}
    for position, invented in enumerate(CATEGORIES):
        parent = written[invented.parent] if invented.parent else None
        category, _made = Category.objects.update_or_create(
            code=invented.code,
            defaults={
                "parent": parent,
                "title_uk": invented.title_uk,
                "title_en": invented.title_en,
                "icon": invented.icon,
                "keywords": list(invented.keywords),
                "hint_uk": invented.hint_uk,
                "hint_en": invented.hint_en,
                "is_emergency": invented.hint_is_emergency,
                "is_public": invented.is_public,
                "acceptance_working_days": invented.acceptance_working_days,
                "solution_days": invented.solution_days,
                "position": position,
            },
        )
        written[invented.code] = category
        _write_questions(category, invented)
    return len(written)


def _write_questions(category: Category, invented: InventedCategory) -> None:
    for position, question in enumerate(invented.questions):
        Question.objects.update_or_create(
            category=category,
            code=question.code,
            defaults={
                "title_uk": question.title_uk,
                "title_en": question.title_en,
                "datatype": question.datatype,
                "required": question.required,
                "is_public": question.is_public,
                "choices": [
                    {"value": each.key, "title_uk": each.title_uk, "title_en": each.title_en}
                    for each in question.choices
                ],
                "position": position,
            },
        )

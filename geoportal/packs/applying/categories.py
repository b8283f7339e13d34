"""The tree of categories with their questions, and replies."""

from collections.abc import Mapping
from typing import Final

from geoportal.accounts.models import Organisation
from geoportal.packs.applying.run import Deed, Run, write_row
from geoportal.packs.entries import Entry
from geoportal.problems.models import Category, Question, ResponseTemplate
from geoportal.problems.services.visibility import refresh_visibility

LISTS: Final = ("keywords", "choices")
TEMPLATE_KEY: Final = ("organisation", "category", "action", "title")


def as_columns(entry: Entry, *left_out: str) -> dict[str, object]:
    """Values as the database has them: lists for tuples."""
    return {
        key: [dict(item) if isinstance(item, dict) else item for item in value]
        if isinstance(value, tuple)
        else value
        for key, value in entry.values.items()
        if key not in left_out
    }


def apply_categories(run: Run) -> None:
    standing = {category.code: category for category in Category.objects.all()}
    for entry in _sort_parents_first(run):
        code = entry.text("code")
        row = standing.setdefault(code, Category())
        before = None if row._state.adding else (row.is_public, row.parent_id)
        values = as_columns(entry, "parent", "without_questions")
        if "parent" in entry:
            above = standing.get(entry.text("parent"))
            values["parent_id"] = above.pk if above else None
        if not write_row(run, "categories", code, entry, row, values):
            continue
        if before is not None and before != (row.is_public, row.parent_id):
            refresh_visibility(category=Category.objects.get(pk=row.pk))
        _apply_questions(run, entry, row)


def _sort_parents_first(run: Run) -> list[Entry]:
    """The pack's references were checked: there is no circle."""
    waiting = run.pack.by_code("categories")
    done: dict[str, Entry] = {}

    def put(code: str) -> None:
        entry = waiting.get(code)
        if entry is not None and code not in done:
            put(entry.text("parent"))
            done[code] = entry

    for code in waiting:
        put(code)
    return list(done.values())


def _apply_questions(run: Run, category: Entry, row: Category) -> None:
    standing = {question.code: question for question in row.questions.all()}
    named = category.children.get("question", [])
    for entry in named:
        code = entry.text("code")
        question = standing.get(code) or Question(category=row)
        write_row(run, "questions", f"{row.code}/{code}", entry, question, as_columns(entry))
    gone = standing.keys() - {entry.text("code") for entry in named} if run.prune else ()
    for code in gone:
        standing[code].delete()
        run.tell("questions", f"{row.code}/{code}", Deed.REMOVED)


def prune_categories(run: Run) -> None:
    """Switched off, not deleted: problems refer to them."""
    if run.prune:
        named = run.pack.by_code("categories")
        for category in Category.objects.filter(is_active=True).exclude(code__in=named):
            category.is_active = False
            category.save(update_fields=["is_active"])
            run.tell("categories", category.code, Deed.REMOVED)


def apply_templates(run: Run) -> None:
    organisations = dict(Organisation.objects.values_list("slug", "pk"))
    categories = dict(Category.objects.values_list("code", "pk"))
    standing = {_template_code(row): row for row in _list_templates()}
    for entry in run.pack.list("templates"):
        code = entry.code(TEMPLATE_KEY)
        values = as_columns(entry, "organisation", "category")
        values |= {
            "organisation_id": _find(organisations, code[0]),
            "category_id": _find(categories, code[1]),
        }
        row = standing.get(code) or ResponseTemplate()
        write_row(run, "templates", " · ".join(filter(None, code)), entry, row, values)
    named = {entry.code(TEMPLATE_KEY) for entry in run.pack.list("templates")}
    for code in standing.keys() - named if run.prune else ():
        standing[code].delete()
        run.tell("templates", " · ".join(filter(None, code)), Deed.REMOVED)


def _list_templates() -> list[ResponseTemplate]:
    return list(ResponseTemplate.objects.select_related("organisation", "category").order_by("-pk"))


def _template_code(row: ResponseTemplate) -> tuple[str, ...]:
    organisation = row.organisation.slug if row.organisation else ""
    return (organisation, row.category.code if row.category else "", row.action, row.title)


def _find(known: Mapping[str, int], code: str) -> int | None:
    """An unknown one is a finding already."""
    return known.get(code) if code else None

"""Rows of the database as things of a pack: only what differs from what a new one would have."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import models

from geoportal.accounts.models import Organisation
from geoportal.packs.exporting.toml_text import write_item
from geoportal.packs.tables import CATEGORY, KIND, ORGANISATION, QUESTION, TEMPLATE, THEME, Table
from geoportal.problems.models import Category, Question, ResponseTemplate
from layers.models import Kind, Theme
from layers.models.layers import PROJECTED_KINDS
from layers.schema.specs import Choice


def say(row: models.Model, shape: Table, number: int = -1) -> dict[str, object]:
    """Keys of the shape whose values a new row would not have; `position` where it is another."""
    fresh = type(row)()
    said: dict[str, object] = {}
    for name, key in shape.keys.items():
        value: Any = getattr(row, name, None)
        if isinstance(value, models.Model) or not hasattr(fresh, name):
            continue
        if name == "position":
            if value != number:
                said[name] = value
        elif key.required or value != getattr(fresh, name):
            said[name] = say_choices(value) if name == "choices" else value
    return {name: value for name, value in said.items() if value is not None}


def say_choices(choices: Iterable[Choice]) -> list[dict[str, str]]:
    """Without titles that repeat the value, or are empty."""
    return [
        {"value": choice["value"]}
        | ({"title_uk": uk} if (uk := choice.get("title_uk", "")) != choice["value"] else {})
        | ({"title_en": en} if (en := choice.get("title_en", "")) else {})
        for choice in choices
    ]


def write_themes() -> str:
    rows = Theme.objects.order_by("position", "slug")
    return _write_list("theme", [say(row, THEME, number) for number, row in enumerate(rows)])


def write_organisations() -> str:
    rows = Organisation.objects.order_by("slug")
    return _write_list("organisation", [say(row, ORGANISATION) for row in rows])


def write_kinds() -> str:
    """Of the layers that an exported pack holds."""
    rows = Kind.objects.select_related("layer").filter(layer__archived_at=None)
    said = [
        {"slug": row.slug, "layer": row.layer.slug} | say(row, KIND, number)
        for number, row in enumerate(rows.exclude(layer__kind__in=PROJECTED_KINDS))
    ]
    return _write_list("kind", said)


def write_categories() -> str:
    """Each group with its leaves after it, as people see them."""
    rows = list(Category.objects.select_related("parent").prefetch_related("questions"))
    parts = []
    for number, row in enumerate(_sort_tree(rows)):
        said = say(row, CATEGORY, number)
        if row.parent is not None:
            said = {"code": said.pop("code"), "parent": row.parent.code} | said
        questions = [
            _say_question(question, place) for place, question in enumerate(row.questions.all())
        ]
        parts.append(write_item("category", said, {"question": questions}))
    return _join(parts)


def _sort_tree(rows: Sequence[Category]) -> list[Category]:
    below: dict[int | None, list[Category]] = {}
    for row in sorted(rows, key=lambda each: (each.position, each.code)):
        below.setdefault(row.parent_id, []).append(row)

    def walk(parent: int | None) -> Iterable[Category]:
        for row in below.get(parent, ()):
            yield row
            yield from walk(row.pk)

    return list(walk(None))


def _say_question(question: Question, number: int) -> dict[str, object]:
    return say(question, QUESTION, number)


def write_templates() -> str:
    rows = ResponseTemplate.objects.select_related("organisation", "category")
    said: dict[tuple[str, ...], dict[str, object]] = {}
    for row in rows.order_by("position", "pk"):
        owner = row.organisation.slug if row.organisation else ""
        category = row.category.code if row.category else ""
        code = (owner, category, row.action, row.title)
        if code in said:
            continue  # of two that a pack cannot tell apart the first stands for both
        known = {"organisation": owner, "category": category, "action": row.action}
        own = say(row, TEMPLATE, len(said)) | {"title": row.title, "words": row.words}
        said[code] = {key: value for key, value in known.items() if value} | own
    return _write_list("template", list(said.values()))


def _write_list(name: str, items: Sequence[Mapping[str, object]]) -> str:
    return _join([write_item(name, item) for item in items])


def _join(parts: Sequence[str]) -> str:
    """Empty for nothing: such a file is not written."""
    return "\n\n".join(parts) + "\n" if parts else ""

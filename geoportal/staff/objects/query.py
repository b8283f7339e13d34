"""Which objects of a layer the table shows, as its address says."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models
from django.http.request import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geoportal.core.errors import InvalidInput
from layers.models import LayerField

WORDS_MAX = 200
BY_KEY, BY_CHANGE = "key", "changed"


class Asked(models.TextChoices):
    """What may be asked of one attribute."""

    HOLDS = "holds", gettext_lazy("contains")
    EQUALS = "equals", gettext_lazy("is exactly")
    EMPTY = "empty", gettext_lazy("is not filled in")
    FILLED = "filled", gettext_lazy("is filled in")


@dataclass(frozen=True)
class After:
    """The last row of the page before: the value it was sorted by (JSON text) and its id."""

    value: str
    feature_id: int


@dataclass(frozen=True)
class ObjectQuery:
    """`field` is asked about. `sort`: a field, `BY_KEY`, `BY_CHANGE`; empty: as they were added."""

    words: str = ""
    field: LayerField | None = None
    asked: str = Asked.HOLDS
    value: str = ""
    sort: LayerField | str = ""
    descending: bool = False
    after: After | None = None

    @property
    def is_plain(self) -> bool:
        """Everything, in the order of the table itself: answered by its index."""
        return not (self.words or self.is_filtered or self.sort or self.descending)

    @property
    def is_filtered(self) -> bool:
        needs_value = self.asked in (Asked.HOLDS, Asked.EQUALS)
        return self.field is not None and bool(self.value or not needs_value)

    @property
    def sort_name(self) -> str:
        """As the address names it."""
        return self.sort if isinstance(self.sort, str) else str(self.sort.pk)

    def bind(self) -> dict[str, object]:
        """What `objects.sql` binds of it."""
        field, asked = (self.field, self.asked) if self.is_filtered else (None, "")
        return {
            "words": build_pattern(self.words) if self.words else None,
            "written": build_pattern(write_in_json(self.words)),
            "name": field.name if field else None,
            "holds": build_pattern(self.value) if asked == Asked.HOLDS else None,
            "equals": self.value if asked == Asked.EQUALS else None,
            "filled": {Asked.EMPTY: False, Asked.FILLED: True}.get(asked),  # type: ignore[call-overload]
            "sort": None if isinstance(self.sort, str) else self.sort.name,
            "by_key": self.sort == BY_KEY,
            "by_change": self.sort == BY_CHANGE,
            "descending": self.descending,
            "after_value": self.after.value if self.after else None,
            "after_id": self.after.feature_id if self.after else 0,
        }


def write_in_json(words: str) -> str:
    """As a value of a JSON document has them, between its quotes."""
    return json.dumps(words, ensure_ascii=False)[1:-1]


def build_pattern(words: str) -> str:
    """Words anywhere, none of their letters with a meaning for LIKE."""
    escaped = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def read_query(parameters: QueryDict, fields: Sequence[LayerField]) -> ObjectQuery:
    """Fields are named by number. What names nothing is left out; a wrong page is refused."""
    by_number = {str(field.pk): field for field in fields}
    asked = parameters.get("asked", Asked.HOLDS)
    sort = parameters.get("sort", "")
    known = sort if sort in (BY_KEY, BY_CHANGE) else by_number.get(sort, "")
    return ObjectQuery(
        words=parameters.get("q", "").strip()[:WORDS_MAX],
        field=by_number.get(parameters.get("field", "")),
        asked=asked if asked in Asked.values else Asked.HOLDS,
        value=parameters.get("value", "").strip()[:WORDS_MAX],
        sort=known,
        descending=parameters.get("down") == "1",
        after=parse_after(parameters.get("after", "")),
    )


def parse_after(text: str) -> After | None:
    """`[value, id]` as JSON."""
    if not text:
        return None
    try:
        value, number = json.loads(text)
        good = isinstance(number, int) and 0 <= number < 2**63
    except (ValueError, TypeError, RecursionError):
        good = False
    if not good:
        raise InvalidInput(_("This address of a page cannot be read."), parameter="after")
    return After(json.dumps(value, ensure_ascii=False), number)

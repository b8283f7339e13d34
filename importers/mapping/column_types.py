"""What type a column of text has, found over all its values."""

import re
from collections.abc import Iterable

import pyarrow.compute as pc

from importers.sources import ArrowArray, Kind
from layers.models import LayerField
from layers.schema.values import InvalidValue, coerce_value

Type = LayerField.Type
PATTERNS = {
    Type.INTEGER: r"^\s*-?(0|[1-9]\d{0,17})\s*$",
    Type.NUMBER: r"^\s*-?(0|[1-9]\d{0,14})([.,]\d{1,15})?([eE][+-]?\d{1,3})?\s*$",
    Type.BOOLEAN: r"(?i)^\s*(true|false|yes|no|так|ні)\s*$",
    Type.DATE: r"^\s*(\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4})\s*$",
    Type.DATETIME: (
        r"^\s*\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})?\s*$"
    ),
}
# In formats that have numbers and booleans of their own, text is only ever a date besides.
TYPED_PATTERNS = {
    Type.DATE: r"^\d{4}-\d{2}-\d{2}$",
    Type.DATETIME: PATTERNS[Type.DATETIME],
}
PARSED = (Type.DATE, Type.DATETIME)

# Numbers in these columns are names of things: they keep leading zeros and are never summed.
CODE_NAMES = re.compile(
    r"(code|код|єдрпоу|edrpou|drfo|ipn|іпн|post|індекс|phone|тел|fax|koatuu|коатуу|katott|катотт"
    r"|catuttc|cadast|kadast|кадаст|identif|ідентиф|номер|account|рахун|passport|паспорт)",
    re.IGNORECASE,
)


class TypeGuess:
    """Types that every value seen so far could have; text is always left."""

    def __init__(self, name: str, kind: Kind) -> None:
        self._found_value = False
        self._left: dict[Type, str] = {}
        if kind == Kind.CELL:
            self._left = dict(PATTERNS)
            if CODE_NAMES.search(name):
                self._left = {t: PATTERNS[t] for t in (Type.BOOLEAN, *PARSED)}
        elif kind == Kind.TEXT:
            self._left = dict(TYPED_PATTERNS)

    def see(self, array: ArrowArray) -> None:
        """Consider the values of one batch."""
        if not self._left or array.null_count == len(array):
            return
        values = array.filter(pc.fill_null(pc.not_equal(array, ""), fill_value=False))
        if not len(values):
            return
        self._found_value = True
        for candidate, pattern in list(self._left.items()):
            fits = pc.all(pc.match_substring_regex(values, pattern), min_count=0).as_py()
            if fits and candidate in PARSED:
                fits = all_parse(pc.unique(values).to_pylist(), candidate)
            if not fits:
                del self._left[candidate]

    @property
    def result(self) -> Type:
        """The narrowest type that fits."""
        if not self._found_value:
            return Type.TEXT
        return next(iter(self._left), Type.TEXT)


def all_parse(values: Iterable[str], candidate: Type) -> bool:
    """The schema's own rules take every value: 31.02.2026 looks like a date and is none."""
    field = LayerField(type=candidate)
    try:
        for value in values:
            coerce_value(field, value)
    except InvalidValue:
        return False
    return True

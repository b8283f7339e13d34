"""What a list of codes is, which there are, and how a package above adds one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from django.utils.functional import Promise

from importers.mapping.choices import spell
from layers.models import Layer, LayerField

SIMILAR = 3


@dataclass(frozen=True)
class Verdict:
    """What is the matter with a value: a code of `importers.issues` and its parameters."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)


# Says what is the matter with a value, `None` where it is right.
LookUp = Callable[[str], Verdict | None]


@dataclass(frozen=True)
class CodeList:
    """`fits`: whether the values of this field come from the list. `read`: from the database or a
    file, once for an import; `None` where the town has no such list.
    """

    title: str | Promise
    fits: Callable[[Layer, LayerField], bool]
    read: Callable[[], LookUp | None]


_code_lists: list[CodeList] = []


def register_code_list(code_list: CodeList) -> None:
    """Called by `ready` of an application."""
    _code_lists.append(code_list)


def list_registered() -> tuple[CodeList, ...]:
    return tuple(_code_lists)


def look_among(title: str | Promise, values: Mapping[str, str]) -> LookUp:
    """A look-up in code → title. A title or another spelling of a code is told with the code."""
    spelled = {spell(text): code for code, text in values.items()} | {
        spell(code): code for code in values
    }

    def look_up(value: str) -> Verdict | None:
        if value in values:
            return None
        if right := spelled.get(spell(value)):
            return Verdict("code-spelling", {"value": value, "right": right})
        close = get_close_matches(spell(value), spelled, n=SIMILAR)
        others = ", ".join(dict.fromkeys(spelled[one] for one in close)) or "—"
        return Verdict("code-unknown", {"value": value, "list": title, "others": others})

    return look_up

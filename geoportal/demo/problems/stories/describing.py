"""What a story is made of before it has a place and a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Answers = Mapping[str, str | Sequence[str]]
WINTER, SPRING, SUMMER, AUTUMN = (12, 1, 2), (3, 4, 5), (6, 7, 8), (9, 10, 11)
COLD, WARM = (10, 11, 12, 1, 2, 3), (4, 5, 6, 7, 8, 9)
ALWAYS = tuple(range(1, 13))


@dataclass(frozen=True, kw_only=True)
class Story:
    """One report: `sites` and `months` where they differ from those of its category."""

    title: str
    text: str
    answers: Answers = field(default_factory=dict)
    sites: tuple[str, ...] = ()
    months: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Tale:
    """A category's stories: where and when they happen, how often, how they end.

    `weight` is how often the category occurs beside others; `scene` names the picture drawn for
    it; `unsolved` explains what cannot be done.
    """

    code: str
    sites: tuple[str, ...]
    scene: str
    weight: int
    stories: tuple[Story, ...]
    solved: tuple[str, ...]
    unsolved: tuple[str, ...]
    months: tuple[int, ...] = ALWAYS


@dataclass(frozen=True, kw_only=True)
class Talk:
    """What organisations of a group of categories say; `asked`: a question and its answer."""

    accepted: tuple[str, ...]
    asked: tuple[tuple[str, str], ...]
    planned: tuple[str, ...]
    reopened: tuple[str, ...]
    notes: tuple[str, ...]

"""Days with their hours, written in the form of OpenStreetMap's `opening_hours`."""

from dataclasses import dataclass, field
from typing import Final

from layers.hours.tokens import Unclear

WEEK: Final = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
ALWAYS: Final = "24/7"
EVERY_DAY: Final = frozenset(range(7))
DAY_MINUTES: Final = 24 * 60


@dataclass
class Rule:
    """Days (`None`: not said yet) with spans in minutes from midnight; no spans: closed."""

    days: frozenset[int] | None
    spans: list[tuple[int, int]] = field(default_factory=list)
    has_break: bool = False


def write_rules(rules: list[Rule]) -> str:
    """In the form of OpenStreetMap: of two rules for one day the later one holds.

    A day off holds, and fewer days before more; whatever else says one day twice is unclear.
    """
    rules = sorted(rules, key=lambda rule: not rule.spans)
    parts: list[str] = []
    seen: list[frozenset[int]] = []
    for rule in rules:
        days = rule.days or frozenset()
        if not days or (rule.spans and any(days & each and not days < each for each in seen)):
            raise Unclear
        seen.append(days)
        if rule.spans:
            parts.append(f"{_write_days(days)} {','.join(map(_write_span, rule.spans))}")
        else:
            parts.append(f"{_write_days(days)} off")
    off = frozenset().union(*(rule.days or () for rule in rules if not rule.spans))
    hours = [rule for rule in rules if rule.spans]
    if not hours or any((rule.days or EVERY_DAY) <= off for rule in hours):
        raise Unclear
    always = len(rules) == 1 and rules[0] == Rule(EVERY_DAY, [(0, DAY_MINUTES)])
    return ALWAYS if always else "; ".join(parts)


def _write_days(days: frozenset[int]) -> str:
    runs: list[list[int]] = []
    for day in sorted(days):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ",".join(
        f"{WEEK[run[0]]}-{WEEK[run[-1]]}" if len(run) > 2 else ",".join(WEEK[day] for day in run)
        for run in runs
    )


def _write_span(span: tuple[int, int]) -> str:
    return "-".join(f"{minutes // 60 % 24 if minutes != DAY_MINUTES else 24:02d}:{minutes % 60:02d}"
                    for minutes in span)  # fmt: skip

"""Opening hours as people write them, into the form of OpenStreetMap's `opening_hours`.

Every word must be understood, or nothing is: «вихідний остання пʼятниця» gives `None`, never a
guess. Hours without days («8:00-17:00») give `None` too: they may be those of every day or of
working days.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import Final

from layers.hours.rules import DAY_MINUTES, EVERY_DAY, Rule, write_rules
from layers.hours.tokens import Unclear, split_words

LONGEST: Final = 300
WORKING_DAYS: Final = frozenset(range(5))
WEEKEND: Final = frozenset((5, 6))
BETWEEN: Final = ("colon", "stop", "comma", "line", "and", "open", "close")


@lru_cache(maxsize=4096)
def find_opening_hours(words: str) -> str | None:
    """«Пн-Пт 8:00-17:00, обід 12-13» → `Mo-Fr 08:00-12:00,13:00-17:00`; `None`: not understood."""
    if not words or len(words) > LONGEST:
        return None
    try:
        return write_rules(_Reader(split_words(words)).read())
    except Unclear:
        return None


class _Reader:
    """Reads clause after clause: days and their hours, hours and their days, breaks, days off."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens = tokens
        self.at = 0
        self.rules: list[Rule] = []
        self.has_no_day_off = False

    def peek(self, ahead: int = 0) -> str:
        at = self.at + ahead
        return self.tokens[at][0] if at < len(self.tokens) else ""

    def take(self, *names: str) -> bool:
        if self.peek() not in names:
            return False
        self.at += 1
        return True

    def skip(self, *names: str) -> None:
        while self.take(*names):
            pass

    def read(self) -> list[Rule]:
        self.skip(*BETWEEN)
        while self.at < len(self.tokens):
            self.read_clause()
            self.skip(*BETWEEN)
        self.find_unsaid_days()
        return self.rules

    def find_unsaid_days(self) -> None:
        """Of the only hours, every day where nothing is a day off, or where days off are said."""
        with_hours = [rule for rule in self.rules if rule.spans]
        days_off_said = self.has_no_day_off or len(with_hours) < len(self.rules)
        for rule in with_hours:
            if rule.days is None:
                if len(with_hours) > 1 or not days_off_said:
                    raise Unclear
                rule.days = EVERY_DAY
        if self.has_no_day_off:
            known = frozenset().union(*(rule.days or () for rule in with_hours))
            if known != EVERY_DAY or len(with_hours) < len(self.rules):
                raise Unclear

    def read_clause(self) -> None:
        if self.take("no_day_off"):
            self.has_no_day_off = True
        elif self.take("but"):
            self.rules.append(Rule(self.require_days()))
        elif self.take("break"):
            self.skip("colon", "to")
            self.cut_out(self.read_spans())
        elif self.peek() == "closed":
            self.read_days_off()
        elif self.starts_days():
            self.read_days_first()
        elif self.take("all_day"):
            self.rules.append(Rule(self.find_days_after() or EVERY_DAY, [(0, DAY_MINUTES)]))
        else:
            spans = self.read_spans()
            self.rules.append(Rule(self.find_days_after(), spans))

    def read_days_off(self) -> None:
        """«вихідний – неділя», «вихідні: Сб, Нд», but «вихідні 10-15» is hours at the weekend."""
        said = self.tokens[self.at][1]
        self.at += 1
        self.skip("colon", "to")
        if self.peek() == "time" and said == "вихідні":
            self.rules.append(Rule(WEEKEND, self.read_spans()))
        else:
            self.rules.append(Rule(self.require_days()))

    def read_days_first(self) -> None:
        days = self.require_days()
        self.skip("colon", "to", "comma", "line")
        if self.take("closed"):
            self.rules.append(Rule(days))
        elif self.take("all_day"):
            self.rules.append(Rule(days, [(0, DAY_MINUTES)]))
        else:
            self.rules.append(Rule(days, self.read_spans()))

    def find_days_after(self) -> frozenset[int] | None:
        """Days after hours are theirs unless hours of their own follow."""
        if self.take("open"):
            return self.require_days()
        start = self.at
        self.skip("comma")
        if self.starts_days():
            days = self.require_days()
            after = self.at
            self.skip("colon", "to", "comma")
            if self.peek() not in ("time", "closed", "all_day"):
                self.at = after
                return days
        self.at = start
        return None

    def starts_days(self) -> bool:
        name = self.peek()
        return name in ("daily", "workdays", "weekend") or bool(re.fullmatch(r"d\d", name))

    def require_days(self) -> frozenset[int]:
        if not self.starts_days():
            raise Unclear
        days: frozenset[int] = frozenset()
        while self.starts_days():
            days |= self.read_day_item()
            if self.peek() in ("comma", "and") and self._days_follow():
                self.at += 1
        if self.peek() == "comma" and self.peek(1) == "but":
            self.at += 1
        if self.take("but"):
            days -= self.require_days()
        return days

    def _days_follow(self) -> bool:
        self.at += 1
        follows = self.starts_days()
        self.at -= 1
        return follows

    def read_day_item(self) -> frozenset[int]:
        name, _said = self.tokens[self.at]
        self.at += 1
        groups = {"daily": EVERY_DAY, "workdays": WORKING_DAYS, "weekend": WEEKEND}
        if name in groups:
            return groups[name]
        first = int(name[1])
        if self.peek() != "to" or not re.fullmatch(r"d\d", self.peek(1)):
            return frozenset((first,))
        last = int(self.peek(1)[1])
        self.at += 2
        if last == first:
            raise Unclear
        return frozenset((first + step) % 7 for step in range((last - first) % 7 + 1))

    def read_spans(self) -> list[tuple[int, int]]:
        spans = [self.read_span()]
        while self.peek() in ("comma", "and") and self.peek(1) == "time":
            self.at += 1
            spans.append(self.read_span())
        ordered = sorted(spans)
        if any(one[1] > two[0] for one, two in pairwise(ordered)):
            raise Unclear
        return ordered

    def read_span(self) -> tuple[int, int]:
        start = self.read_time()
        if not self.take("to"):
            raise Unclear
        end = self.read_time()
        if (start, end) == (0, 0):
            end = DAY_MINUTES
        if start >= DAY_MINUTES or start == end:
            raise Unclear
        return start, end if end > start else end + DAY_MINUTES

    def read_time(self) -> int:
        if self.peek() != "time":
            raise Unclear
        hours, _mark, minutes = self.tokens[self.at][1].replace(".", ":").partition(":")
        self.at += 1
        found = int(hours) * 60 + int(minutes or 0)
        if int(minutes or 0) > 59 or found > DAY_MINUTES:
            raise Unclear
        return found

    def cut_out(self, breaks: Iterable[tuple[int, int]]) -> None:
        """A break is of all the hours before it that have none yet, and must lie within each."""
        broken = [rule for rule in self.rules if rule.spans and not rule.has_break]
        if not broken:
            raise Unclear
        for rule in broken:
            for start, end in breaks:
                within = [span for span in rule.spans if span[0] < start and end < span[1]]
                if len(within) != 1:
                    raise Unclear
                (whole,) = within
                at = rule.spans.index(whole)
                rule.spans[at : at + 1] = [(whole[0], start), (end, whole[1])]
            rule.has_break = True

"""Says at the end which tests and fixtures were dearest: `script/test --durations`.

A plugin of pytest. Seconds are those of the clock; behind them, in brackets, what the process of
the test itself computed: the rest is the database, a browser, a script, or waiting.
"""

from collections import defaultdict
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter, process_time
from typing import Any

import pytest

SHOWN = 20
NAME = "costs"
# Of one test: name of a fixture or of a phase, clock seconds, computed seconds.
Cost = tuple[str, float, float]
PARTS = pytest.StashKey[list[Cost]]()


@dataclass
class Sum:
    """Of one fixture, or of one test."""

    clock_s: float = 0
    computed_s: float = 0
    times: int = 0
    parts: list[Cost] = field(default_factory=list)

    def add(self, cost: Cost) -> None:
        self.clock_s += cost[1]
        self.computed_s += cost[2]
        self.times += 1
        self.parts.append(cost)


class Costs:
    """What each process wrote into the reports of its tests, added up."""

    def __init__(self) -> None:
        self.tests: dict[str, Sum] = defaultdict(Sum)
        self.fixtures: dict[str, Sum] = defaultdict(Sum)
        self.files: dict[str, Sum] = defaultdict(Sum)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when != "teardown":
            return
        for cost in dict(report.user_properties).get(NAME, ()):  # type: ignore[call-overload]
            self.tests[report.nodeid].add(cost)
            self.files[report.nodeid.partition("::")[0]].add(cost)
            if not cost[0].startswith("("):
                self.fixtures[cost[0]].add(cost)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for title, sums in (
            ("files", self.files), ("fixtures", self.fixtures), ("tests", self.tests)
        ):  # fmt: skip
            terminalreporter.section(f"dearest {SHOWN} {title}")
            for name, each in sorted(sums.items(), key=lambda item: -item[1].clock_s)[:SHOWN]:
                terminalreporter.write_line(f"{show(each)} {name}{self._describe(title, each)}")

    def _describe(self, title: str, each: Sum) -> str:
        if title != "tests":
            return f" × {each.times}" if title == "fixtures" else ""
        dear = sorted(each.parts, key=lambda part: -part[1])[:4]
        return ": " + ", ".join(f"{name} {clock_s:.2f}" for name, clock_s, _ in dear)


def show(each: Sum) -> str:
    return f"{each.clock_s:8.2f} s ({each.computed_s:.2f})"


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Costs(), "costs of the session")


@contextmanager
def measured(item: pytest.Item, name: str) -> Iterator[None]:
    clock, computed = perf_counter(), process_time()
    yield
    cost = (name, perf_counter() - clock, process_time() - computed)
    item.stash.setdefault(PARTS, []).append(cost)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
) -> Generator[None, object, object]:
    """Fixtures that this one names are made before it is measured."""
    with measured(request._pyfuncitem, fixturedef.argname):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    with measured(item, "(test)"):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, object, object]:
    with measured(item, "(end)"):
        result = yield
    item.user_properties.append((NAME, item.stash.get(PARTS, [])))
    return result

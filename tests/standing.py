"""Worlds that stand while test after test asks for them.

A world is what many tests start from: a town, the same town with its problems. It is built once,
in a transaction that is never committed, and each test works below a savepoint of it:

    @standing_world
    def standing_town() -> Town:
        ...

makes a fixture that gives each test copies of its own of what was returned, and the rows as they
were built. A world may be built on another, which it names as its argument. When a test of the
database comes that does not ask for a world, the world falls first: nobody sees rows that they did
not ask for. Tests that commit, as those of a live server do, cannot work below a savepoint: for
them the world is committed, and its rows come back from a copy after each.
"""

import inspect
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, ParamSpec, TypeVar

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import translation

from tests.emptying import KeptRows

COMMITTING = {"transactional_db", "live_server"}
P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class World:
    """`give`: its fixture, which a test may hide by another one of that name."""

    build: Callable[..., Any]
    below: tuple[str, ...]
    give: Callable[..., Any]

    def is_asked_for(self, name: str, item: pytest.Item) -> bool:
        found = item._fixtureinfo.name2fixturedefs[name]  # type: ignore[attr-defined]
        return bool(found[-1].func is self.give)


@dataclass
class Stage:
    """Which worlds stand in this process, the lowest first; `kept` are their rows when they are
    committed, `migrated` what stands below all of them."""

    worlds: dict[str, World] = field(default_factory=dict)
    standing: dict[str, Any] = field(default_factory=dict)
    copies: dict[str, Any] = field(default_factory=dict)
    transactions: list[ExitStack] = field(default_factory=list)
    migrated: KeptRows | None = None
    kept: KeptRows | None = None

    def list_wanted(self, item: pytest.Item) -> list[str]:
        """Every world that a test needs; each after those that it is built on."""
        wanted: list[str] = []

        def add(names: Iterable[str]) -> None:
            for name in names:
                add(self.worlds[name].below)
                if name not in wanted:
                    wanted.append(name)

        named = sorted(self.worlds.keys() & set(getattr(item, "fixturenames", ())))
        add(name for name in named if self.worlds[name].is_asked_for(name, item))
        return wanted

    def prepare(self, item: pytest.Item) -> None:
        """Let stand and build what this test needs, and nothing else."""
        wanted = self.list_wanted(item)
        if not commits(item):
            self._let_stand(wanted)
        elif self.transactions or list(self.standing) != wanted:
            self.clear()
            self._commit(wanted)
        self.copies.clear()

    def give(self, name: str) -> Any:
        """The world as this test may change it; worlds of one test share what they share."""
        if not self.copies:
            self.copies |= deepcopy(self.standing)
        return self.copies[name]

    def clear(self) -> None:
        while self.transactions:
            self._pull_down()
        if self.kept is not None:
            self.kept.drop()
            self.kept = None
            self.standing.clear()
            self.restore()

    def restore(self) -> None:
        """The rows as they were before a test that has committed."""
        assert self.migrated is not None
        if self.kept is None:
            self.migrated.restore()
        elif not self.kept.restore():
            self.clear()

    def _let_stand(self, wanted: list[str]) -> None:
        if self.kept is not None:
            self.clear()
        while list(self.standing) != wanted[: len(self.standing)]:
            self._pull_down()
        for name in wanted[len(self.standing) :]:
            self._build_below_savepoints(name)

    def _commit(self, wanted: list[str]) -> None:
        if not wanted:
            return
        try:
            for name in wanted:
                self.standing[name] = self._build(name)
        finally:
            self.kept = KeptRows.keep("as_built")

    def _build(self, name: str) -> Any:
        world = self.worlds[name]
        below = deepcopy(self.standing)
        with translation.override(settings.LANGUAGE_CODE):
            return world.build(*(below[each] for each in world.below))

    def _build_below_savepoints(self, name: str) -> None:
        with ExitStack() as begun:
            begun.enter_context(transaction.atomic())
            begun.callback(transaction.set_rollback, True)
            built = self._build(name)
            # Deferred triggers have their say now, not once more at the end of each test.
            connection.check_constraints()
            self.standing[name] = built
            self.transactions.append(begun.pop_all())

    def _pull_down(self) -> None:
        self.standing.popitem()
        self.transactions.pop().close()


STAGE = Stage()


def standing_world(build: Callable[P, T]) -> Callable[P, T]:
    """A fixture of the same name."""
    name = build.__name__
    if name in STAGE.worlds and STAGE.worlds[name].build.__module__ != build.__module__:
        raise ValueError(f"two worlds are called {name}")
    below = tuple(inspect.signature(build).parameters)

    def give(**_below: Any) -> Any:
        return STAGE.give(name)

    STAGE.worlds[name] = World(build, below, give)
    # So that pytest knows the worlds below.
    give.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [inspect.Parameter(each, inspect.Parameter.KEYWORD_ONLY) for each in ("db", *below)]
    )
    return pytest.fixture(name=name)(give)  # type: ignore[return-value]


@contextmanager
def committed(blocker: Any, write: Callable[[], None]) -> Iterator[None]:
    """What is written stands for all tests of a file that ask another process about it.

    Their own transactions stay empty. None of them commits by itself: all of it would go.
    """
    with blocker.unblock():
        STAGE.clear()
        write()
    yield
    with blocker.unblock():
        STAGE.restore()


def commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    if marker is not None and marker.kwargs.get("transaction"):
        return True
    return not COMMITTING.isdisjoint(getattr(item, "fixturenames", ()))

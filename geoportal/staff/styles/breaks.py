"""Where one class of numbers ends and the next begins."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
POINTS_MAX = 512


def find_breaks(method: str, points: Sequence[float], count: int) -> list[float]:
    """At most `count - 1` starts of classes, ascending, each once.

    `points` are quantiles of the values at equal steps, ascending: all of them for few values.
    """
    numbers = np.asarray(points, dtype=np.float64)
    if numbers.size == 0 or numbers[0] == numbers[-1]:
        return []
    found = METHODS[method](numbers, count)
    if bool(np.all(numbers == np.floor(numbers))):
        # Between whole numbers nothing lies: the same classes, in words that are easier to read.
        found = [float(np.ceil(value)) for value in found]
    inside = {value for value in map(_shorten, found) if numbers[0] < value <= numbers[-1]}
    return sorted(inside)


def _shorten(value: float) -> float:
    """Six digits are enough for words of a legend."""
    return float(f"{value:.6g}")


def _find_equal(numbers: Numbers, count: int) -> list[float]:
    return list(np.linspace(numbers[0], numbers[-1], count + 1)[1:-1])


def _find_quantiles(numbers: Numbers, count: int) -> list[float]:
    return list(np.quantile(numbers, np.linspace(0, 1, count + 1)[1:-1]))


def _find_natural(numbers: Numbers, count: int) -> list[float]:
    """The division with the least squared deviations inside classes (W. D. Fisher, 1958; Jenks)."""
    if numbers.size > POINTS_MAX:
        numbers = np.quantile(numbers, np.linspace(0, 1, POINTS_MAX))
    distinct = np.unique(numbers).size
    count = min(count, distinct)
    size = numbers.size
    sums = np.concatenate([[0.0], np.cumsum(numbers)])
    squares = np.concatenate([[0.0], np.cumsum(numbers**2)])

    def spread(start: NDArray[np.int64], end: int) -> Numbers:
        """Squared deviations of the points from `start` to before `end`."""
        total = sums[end] - sums[start]
        deviations: Numbers = squares[end] - squares[start] - total**2 / (end - start)
        return deviations

    best = np.array([np.inf] + [spread(np.array([0]), end)[0] for end in range(1, size + 1)])
    origins: list[NDArray[np.int64]] = []
    for _each in range(1, count):
        following = np.full(size + 1, np.inf)
        origin = np.zeros(size + 1, dtype=np.int64)
        for end in range(1, size + 1):
            starts = np.arange(end)
            costs = best[starts] + spread(starts, end)
            origin[end] = int(np.argmin(costs))
            following[end] = costs[origin[end]]
        origins.append(origin)
        best = following
    found, end = [], size
    for origin in reversed(origins):
        end = int(origin[end])
        found.append(float(numbers[end]))
    return found[::-1]


METHODS: dict[str, Callable[[Numbers, int], list[float]]] = {
    "equal": _find_equal,
    "quantile": _find_quantiles,
    "natural": _find_natural,
}

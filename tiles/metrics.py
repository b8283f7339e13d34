"""What `/metrics` says of tiles: answers, bytes and seconds by layer, zoom and outcome."""

from collections.abc import Iterator
from dataclasses import dataclass

from geoportal.core.metrics.exposition import Family, Sample, build_histogram
from tiles.served import ANSWERS, BOUNDS_S, TIMES

PREFIX = "geoportal_tile"


@dataclass(frozen=True)
class Answers:
    """Of one layer (`several` for requests of more than one) at one zoom, since the service
    started, over all processes of this machine. `outcome` and `status` as in `Served`.
    """

    layer: str
    z: int
    outcome: str
    status: int
    count: int
    length: int
    seconds: float


def list_answers() -> list[Answers]:
    """By layer, zoom and outcome, in this order."""
    found = [
        Answers(layer, int(z), outcome, int(status), int(count), int(length), seconds)
        for (layer, z, outcome, status), (count, length, seconds) in ANSWERS.read().items()
    ]
    return sorted(found, key=lambda each: (each.layer, each.z, each.outcome, each.status))


def list_families() -> Iterator[Family]:
    answers = list_answers()
    labels = [
        {"layer": one.layer, "zoom": str(one.z), "outcome": one.outcome, "status": str(one.status)}
        for one in answers
    ]
    for name, about, values in (
        ("answers", "Answers to requests for tiles.", [one.count for one in answers]),
        ("bytes", "Bytes of tiles sent, as compressed.", [one.length for one in answers]),
        ("seconds", "Seconds that tiles took to answer.", [one.seconds for one in answers]),
    ):
        samples = [Sample(of, value) for of, value in zip(labels, values, strict=True)]
        yield Family(f"{PREFIX}_{name}_total", "counter", about, samples)
    yield Family(
        f"{PREFIX}_duration_seconds",
        "histogram",
        "How long tiles took to answer, by outcome.",
        [sample for outcome in _count_times() for sample in outcome],
    )


def _count_times() -> Iterator[Iterator[Sample]]:
    times = TIMES.read()
    for outcome in sorted({outcome for outcome, _ in times}):
        buckets = [times.get((outcome, str(n)), (0.0, 0.0)) for n in range(len(BOUNDS_S) + 1)]
        counts = [count for count, _ in buckets]
        total = sum(seconds for _, seconds in buckets)
        yield build_histogram({"outcome": outcome}, BOUNDS_S, counts, total)

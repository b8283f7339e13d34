"""Numbers as Prometheus reads them: its text format, version 0.0.4."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
Labels = Mapping[str, str]


@dataclass(frozen=True)
class Sample:
    """`suffix`: what follows the name of the family, `_bucket` and the like."""

    labels: Labels
    value: float
    suffix: str = ""


@dataclass(frozen=True)
class Family:
    """`name` as it is written, with its unit and, of a counter, `_total`; `kind`: `counter`,
    `gauge` or `histogram`; `about`: one line.
    """

    name: str
    kind: str
    about: str
    samples: Sequence[Sample] = field(default=())


Source = Callable[[], Iterable[Family]]
_sources: dict[str, Source] = {}


def expose(name: str, source: Source) -> None:
    """Called by `ready` of an application; what it counts is asked for when somebody reads."""
    _sources[name] = source


def write_exposed() -> str:
    return "".join(
        line for source in _sources.values() for family in source() for line in _write(family)
    )


def find_bucket(bounds: Sequence[float], value: float) -> int:
    """The number of the first bound that is not below the value; one past the last for none."""
    return bisect_left(bounds, value)


def build_histogram(
    labels: Labels, bounds: Sequence[float], counts: Sequence[float], total: float
) -> Iterator[Sample]:
    """`counts` by bucket, one more than bounds; `total`: the sum of all values."""
    reached = 0.0
    for bound, count in zip([*map(repr, bounds), "+Inf"], counts, strict=True):
        reached += count
        yield Sample({**labels, "le": bound}, reached, "_bucket")
    yield Sample(labels, total, "_sum")
    yield Sample(labels, reached, "_count")


def _write(family: Family) -> Iterator[str]:
    yield f"# HELP {family.name} {family.about}\n# TYPE {family.name} {family.kind}\n"
    for sample in family.samples:
        labels = ",".join(f'{name}="{_escape(text)}"' for name, text in sample.labels.items())
        yield f"{family.name}{sample.suffix}{{{labels}}} {_write_number(sample.value)}\n"


def _write_number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else repr(value)


def _escape(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")

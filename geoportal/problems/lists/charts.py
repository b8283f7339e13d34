"""Charts as SVG: places and sizes are counted here, the templates only draw."""

from collections.abc import Sequence
from dataclasses import dataclass

from geoportal.problems.lists.statistics import Line
from geoportal.problems.workflow import PUBLISHED

WIDTH_PX, HEIGHT_PX = 960, 260
LEFT_PX, BOTTOM_PX, TOP_PX = 44, 34, 12
WIDEST_PX = 48
STEPS = (1, 2, 5)


@dataclass(frozen=True)
class Piece:
    """A part of a column: `state` gives colour and pattern."""

    state: str
    y: float
    height: float


@dataclass(frozen=True)
class Column:
    title: str
    label: str
    total: int
    query: str | None
    x: float
    width: float
    pieces: Sequence[Piece]

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True)
class Tick:
    value: int
    y: float

    @property
    def text_y(self) -> float:
        return self.y + 4


@dataclass(frozen=True)
class Chart:
    """Everything in px of a drawing `width` × `height`; `ground` is the line of zero."""

    width: int
    height: int
    left: int
    ground: float
    ticks: Sequence[Tick]
    columns: Sequence[Column]

    @property
    def text_x(self) -> int:
        return self.left - 8

    @property
    def names_y(self) -> float:
        return self.ground + 20


@dataclass(frozen=True)
class BarPiece:
    """A part of a lying bar, in parts of a hundred of the longest bar."""

    state: str
    x: float
    width: float


def build_chart(lines: Sequence[Line]) -> Chart | None:
    """`None` where there is nothing to draw."""
    highest = max((line.total for line in lines), default=0)
    if not highest:
        return None
    step = choose_step(highest)
    top_value = -(-highest // step) * step
    ground = HEIGHT_PX - BOTTOM_PX
    scale = (ground - TOP_PX) / top_value
    room = (WIDTH_PX - LEFT_PX) / len(lines)
    width = min(room * 0.7, WIDEST_PX)
    # Names of months are written where there is room for them: at least 60 px each.
    every = max(1, round(60 / room + 0.49))
    columns = [
        Column(
            title=line.title,
            label=shorten(line.title) if place % every == 0 else "",
            total=line.total,
            query=line.query,
            x=round(LEFT_PX + room * place + (room - width) / 2, 1),
            width=round(width, 1),
            pieces=_stack(line, ground, scale),
        )
        for place, line in enumerate(lines)
    ]
    ticks = [
        Tick(value, round(ground - value * scale, 1)) for value in range(0, top_value + 1, step)
    ]
    return Chart(WIDTH_PX, HEIGHT_PX, LEFT_PX, ground, ticks, columns)


def choose_step(highest: int) -> int:
    """A round step that gives three to six lines."""
    power = 1
    while True:
        for digit in STEPS:
            if highest <= digit * power * 5:
                return digit * power
        power *= 10


def shorten(title: str) -> str:
    """«лист. 26» from «листопад 2026»."""
    month, _space, year = title.partition(" ")
    short = month if len(month) <= 4 else f"{month[:4]}."
    return f"{short} {year[-2:]}"


def _stack(line: Line, ground: float, scale: float) -> list[Piece]:
    """From the ground up: what is done first, what is open on top."""
    pieces: list[Piece] = []
    y = ground
    for state in reversed(PUBLISHED):
        height = line.states[state] * scale
        if height:
            y -= height
            pieces.append(Piece(state, round(y, 1), round(height, 1)))
    return pieces


def build_bar(line: Line, highest: int) -> list[BarPiece]:
    """The states of one line, as long as its share of the largest line of the table."""
    pieces: list[BarPiece] = []
    x = 0.0
    for state in PUBLISHED:
        width = 100 * line.states[state] / highest if highest else 0
        if width:
            pieces.append(BarPiece(state, round(x, 2), round(width, 2)))
            x += width
    return pieces

"""`script/bench draw_tiles`: a cold tile's time as the layer grows, as an SVG.

One chart for each zoom; both axes by powers of ten. Given: what `script/bench tiles` left, the SVG.
"""

import json
import math
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path

ZOOMS = ("8", "10", "12", "14")
COLOURS = {"ours": "#b3472f", "ST_AsMVT": "#5d6b7a", "tipg": "#2f6f8f", "Martin": "#4d7d2c",
           "pg_tileserv": "#7a4fa0"}  # fmt: skip
WIDE, HIGH, ROOM, TOP = 250, 240, 62, 48
LEAST_MS, MOST_MS = 1.0, 100_000.0
Results = dict[str, dict[str, dict[str, tuple[float, int]]]]


def draw(results: Results) -> str:
    sizes = sorted(results, key=int)
    charts = "\n".join(draw_chart(results, sizes, z, place) for place, z in enumerate(ZOOMS))
    names = [name for name in COLOURS if any(name in results[size] for size in sizes)]
    legend = "\n".join(draw_name(name, place) for place, name in enumerate(names))
    wide = ROOM + len(ZOOMS) * (WIDE + ROOM) - 20
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {HIGH + TOP + 32}"'
        ' font-family="sans-serif" font-size="12" role="img">\n'
        "<title>Milliseconds of a cold tile by the number of points in the layer</title>\n"
        f'<rect width="100%" height="100%" fill="#fff"/>\n{legend}\n{charts}\n</svg>\n'
    )


def draw_name(name: str, place: int) -> str:
    x = ROOM + place * 130
    return (
        f'<line x1="{x}" x2="{x + 22}" y1="16" y2="16" stroke="{COLOURS[name]}" stroke-width="3"/>'
        f'<text x="{x + 28}" y="20" fill="#222">{escape(name)}</text>'
    )


def draw_chart(results: Results, sizes: list[str], z: str, place: int) -> str:
    left = ROOM + place * (WIDE + ROOM)
    first, last = math.log10(int(sizes[0])), math.log10(int(sizes[-1]))

    def at(size: str, seconds: float) -> tuple[float, float]:
        across = (math.log10(int(size)) - first) / ((last - first) or 1)
        return left + across * WIDE, rise(seconds * 1000)

    parts = [f'<text x="{left}" y="{TOP - 8}" fill="#222" font-weight="bold">z{z}, ms</text>']
    parts += draw_grid(left)
    for size in sizes:
        x, _y = at(size, 1)
        words = f"{int(size):,}".replace(",", "\u202f")
        parts.append(
            f'<text x="{x:.1f}" y="{TOP + HIGH + 18}" text-anchor="middle" fill="#555"'
            f' font-size="10">{words}</text>'
        )
    for name, colour in COLOURS.items():
        places = [at(size, results[size][name][z][0]) for size in sizes if name in results[size]]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places]
    return "\n".join(parts)


def draw_grid(left: int) -> Iterator[str]:
    for power in range(round(math.log10(LEAST_MS)), round(math.log10(MOST_MS)) + 1):
        y = rise(10.0**power)
        yield f'<line x1="{left}" x2="{left + WIDE}" y1="{y}" y2="{y}" stroke="#ddd"/>'
        yield (
            f'<text x="{left - 6}" y="{y + 4}" text-anchor="end" fill="#555" font-size="10">'
            f"{10**power}</text>"
        )


def rise(milliseconds: float) -> float:
    """From the top; what is quicker than the least stands at the bottom."""
    share = math.log10(max(milliseconds, LEAST_MS) / LEAST_MS) / math.log10(MOST_MS / LEAST_MS)
    return round(TOP + HIGH * (1 - share), 1)


def main() -> None:
    results, target = (Path(text) for text in sys.argv[1:3])
    target.write_text(draw(json.loads(results.read_text(encoding="utf-8"))), encoding="utf-8")


if __name__ == "__main__":
    main()

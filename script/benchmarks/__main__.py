"""Run the benchmarks that were named, or all, and print a table of ratios for each."""

import argparse
import os
import platform
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "geoportal.settings")
django.setup()

from script.benchmarks import (  # noqa: E402
    archives,
    downloads,
    edits,
    first_screen,
    imports,
    nearest,
    problems,
    searching,
    serving,
    slow_imports,
    territories,
    tile_serving,
    tiles,
)
from script.benchmarks.measure import Result, describe_machine  # noqa: E402

PARTS = {
    "imports": imports.run,
    "first_screen": first_screen.run,
    "slow_imports": slow_imports.run,
    "serving": serving.run,
    "tile_serving": tile_serving.run,
    "downloads": downloads.run,
    "territories": territories.run,
    "nearest": nearest.run,
    "search": searching.run,
    "tiles": tiles.run,
    "edits": edits.run,
    "problems": problems.run,
    "archives": archives.run,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="; ".join(PARTS))
    chosen = parser.parse_args().parts or list(PARTS)
    rows = int(os.environ.get("ROWS", "1000000"))
    print(f"{describe_machine()}, Python {platform.python_version()}, {rows} points\n")
    for name in chosen:
        print(f"… {name}", file=sys.stderr)
        show(PARTS[name](rows))


def show(results: list[Result]) -> None:
    """At once: a later part that fails takes nothing with it."""
    width = max((len(result.what) for result in results), default=0)
    for result in results:
        print(result.render(width), flush=True)


main()

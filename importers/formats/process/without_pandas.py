"""Keeps pyogrio and pyarrow from loading pandas and geopandas, which nothing here needs.

Both look for them as soon as they are imported or used: a second or three, and 90 MB.
"""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

LEFT_OUT = ("pandas", "geopandas")


class Refusing(MetaPathFinder):
    """As if they were not installed."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname.partition(".")[0] in LEFT_OUT:
            raise ModuleNotFoundError(fullname, name=fullname)
        return None


def leave_out() -> None:
    """For the whole process; before pyogrio and pyarrow are imported."""
    sys.meta_path.insert(0, Refusing())

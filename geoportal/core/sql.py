"""Named SQL: one statement a file in `<package>/sql/<name>.sql`, read once, values bound."""

from functools import cache
from importlib.resources import files


@cache
def load_sql(package: str, name: str) -> str:
    """The text of `<package>/sql/<name>.sql`; raises `FileNotFoundError` for a wrong name."""
    return files(package).joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")

"""Every named statement is used, says what it takes, and is one statement."""

import re
from functools import cache
from pathlib import Path

import pytest

from tests.house.project import PACKAGES, list_files, name_of

INPUT = re.compile(r"%\((\w+)\)s")
SAME_AS = re.compile(r"as (\w+\.sql)")


def list_named() -> list[Path]:
    files = list_files(".sql", folders=PACKAGES)
    return [path for path in files if not {"migrations", "current"} & set(path.parts)]


def read_head(path: Path) -> str:
    """The comment that a file begins with, with the heads it refers to."""
    lines = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("--"):
            break
        lines.append(line.lstrip("- "))
    head = " ".join(lines)
    return " ".join([head, *(read_head(path.with_name(name)) for name in SAME_AS.findall(head))])


def read_body(path: Path) -> str:
    lines = path.read_text(encoding="utf-8").splitlines()
    return "\n".join(line.split("--")[0] for line in lines)


@cache
def read_modules() -> dict[Path, str]:
    return {path: path.read_text(encoding="utf-8") for path in list_files(".py", folders=PACKAGES)}


NAMED = pytest.mark.parametrize("path", list_named(), ids=name_of)


@NAMED
def test_it_is_used_by_its_package(path):
    package = path.parent.parent
    code = "\n".join(
        text
        for module, text in read_modules().items()
        if package in module.parents or f'"{package.name}"' in text
    )
    assert f'"{path.stem}"' in code


@NAMED
def test_its_head_says_what_it_takes(path):
    inputs = set(INPUT.findall(read_body(path)))
    words = set(re.findall(r"\w+", read_head(path)))
    assert inputs <= words
    assert not inputs or "In: " in read_head(path)


@NAMED
def test_its_head_says_what_it_is_for_and_its_body_binds_all_values(path):
    assert read_head(path), "say in a comment what it gives"
    body = read_body(path)
    assert "{" not in re.sub(r"'[^']*'", "", body), "values are bound, never formatted in"


@NAMED
def test_it_is_one_statement(path):
    """A temporary table may be dropped before it is made."""
    body = re.sub(r"'[^']*'", "''", read_body(path)).strip().rstrip(";")
    *before, _statement = [part.strip() for part in body.split(";")]
    assert all(part.startswith("DROP TABLE IF EXISTS pg_temp.") for part in before)


def test_no_python_writes_sql_longer_than_a_line():
    long = re.compile(r'"""\s*(?:SELECT|INSERT|UPDATE|DELETE|WITH|CREATE)\s')
    found = [
        name_of(path)
        for path, text in read_modules().items()
        if "migrations" not in path.parts and long.search(text)
    ]
    assert not found

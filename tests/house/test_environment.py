"""Importing a module changes no process: GDAL and others read the environment when they like."""

import ast

import pytest

from tests.house.project import PACKAGES, list_files, name_of, read

ENTRANCES = {"geoportal/asgi.py", "geoportal/wsgi.py"}  # they are what a server starts
WRITERS = {"clear", "pop", "popitem", "putenv", "setdefault", "unsetenv", "update"}


def find_writes(source: str) -> list[int]:
    """Lines that write to `os.environ` while the module is imported."""
    return sorted(line for statement in ast.parse(source).body for line in walk(statement))


def walk(node: ast.AST) -> list[int]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        return []
    found = [line for child in ast.iter_child_nodes(node) for line in walk(child)]
    match node:
        case ast.Call(func=ast.Attribute(attr=verb, value=value)) if verb in WRITERS:
            if ast.unparse(value) == "os.environ" or verb in ("putenv", "unsetenv"):
                found.append(node.lineno)
        case ast.Subscript(value=value, ctx=ast.Store() | ast.Del()):
            if ast.unparse(value) == "os.environ":
                found.append(node.lineno)
    return found


def test_no_module_writes_to_the_environment_while_it_is_imported():
    found = [
        f"{name_of(path)}:{line}"
        for path in list_files(".py", folders=PACKAGES)
        if name_of(path) not in ENTRANCES
        for line in find_writes(read(path))
    ]
    assert not found


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("import os\nos.environ.update(A='1')", [2]),
        ("import os\nif True:\n    os.environ['A'] = '1'", [3]),
        ("import os\ndel os.environ['A']", [2]),
        ("import os\ndef start():\n    os.environ['A'] = '1'", []),
        ("import os\nHOME = os.environ.get('HOME')\nOTHER = {}\nOTHER.update(os.environ)", []),
    ],
)
def test_the_reader_sees_writes_of_modules_and_no_others(source, lines):
    assert find_writes(source) == lines

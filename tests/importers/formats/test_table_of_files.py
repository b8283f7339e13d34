"""The page of files tells what reading them finds today."""

import pytest
from django.utils import translation

from tests.importers.formats import tabulated
from tests.thoroughness import THOROUGH

FOLDERS = ("found-imports",)


@pytest.fixture(scope="module")
def said() -> list[str]:
    return tabulated.PAGE.read_text(encoding="utf-8").split("\n")


@pytest.mark.parametrize("folder", ["."] if THOROUGH else FOLDERS)
def test_every_file_is_read_as_the_page_says(shared_data, said, folder):
    files = tabulated.list_files(shared_data / folder)
    with translation.override("en"):
        found = list(tabulated.describe_files(files, shared_data))
    assert [line for line in found if line not in said] == []


def test_the_page_names_every_file(shared_data, said):
    names = {line.split("`")[1] for line in said if line.startswith("| `")}
    there = {path.relative_to(shared_data).as_posix() for path in tabulated.list_files(shared_data)}
    assert names == there

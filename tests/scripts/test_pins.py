"""What is installed is exactly what the project pins."""

import json
import re
from importlib import metadata, util

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.scripts.running import ROOT

FILES = ("requirements.txt", "requirements-dev.txt")


def read_pins(*files: str) -> list[Requirement]:
    lines = [line for name in files for line in (ROOT / name).read_text().splitlines()]
    texts = [re.sub(r"\s*#.*", "", line) for line in lines]
    return [Requirement(text) for text in texts if text and not text.startswith("-")]


def needed_by(requirement: Requirement) -> set[str]:
    """The packages that an installed package asks for on this system, by canonical name."""
    environment: dict[str, str] = {str(k): str(v) for k, v in default_environment().items()}
    wanted = [Requirement(text) for text in metadata.requires(requirement.name) or []]
    return {
        canonicalize_name(one.name)
        for one in wanted
        for extra in ("", *requirement.extras)
        if one.marker is None or one.marker.evaluate(environment | {"extra": extra})
    }


def test_every_package_has_one_pinned_version_and_it_is_installed() -> None:
    pins = read_pins(*FILES)
    assert len({canonicalize_name(pin.name) for pin in pins}) == len(pins)
    for pin in pins:
        assert str(pin.specifier) == f"=={metadata.version(pin.name)}", pin.name


def test_whatever_a_package_needs_is_pinned_in_the_same_file() -> None:
    for files in (FILES[:1], FILES):
        pins = read_pins(*files)
        needed = set[str]().union(*(needed_by(pin) for pin in pins))
        assert needed <= {canonicalize_name(pin.name) for pin in pins}


def test_django_finds_no_second_driver_of_postgresql() -> None:
    """Django prefers psycopg 3 as soon as it can be imported."""
    assert util.find_spec("psycopg") is None


def test_every_chosen_package_has_its_reason_in_the_documentation() -> None:
    page = (ROOT / "docs/reference/dependencies.md").read_text().lower()
    chosen = [
        line.split("=")[0].split("[")[0]
        for name in FILES
        for line in (ROOT / name).read_text().partition("# --- What those need")[0].splitlines()
        if "==" in line
    ]
    package = json.loads((ROOT / "package.json").read_text())
    chosen += [*package["dependencies"], *package["devDependencies"]]
    assert [name for name in chosen if f"`{name.lower()}`" not in page] == []


def test_npm_lock_names_no_registry() -> None:
    """A lock file with addresses in it works only where it was made."""
    lock = json.loads((ROOT / "package-lock.json").read_text())
    assert not any("resolved" in package for package in lock["packages"].values())
    assert all("integrity" in package for name, package in lock["packages"].items() if name)

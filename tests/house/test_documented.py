"""The reference names every setting, command, URL, error and check there is, and no other."""

import argparse
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import global_settings
from django.core import management
from django.core.management import find_commands, get_commands, load_command_class
from django.core.management.base import BaseCommand
from django.urls import URLPattern, URLResolver, get_resolver

from geoportal.core.errors import DomainError
from importers.formats.registry import FORMATS
from importers.issues import CODES
from layers.downloads.formats import DOWNLOAD_FORMATS
from tests.house import markdown
from tests.house.project import PACKAGES, ROOT, list_files, name_of, read

REFERENCE = Path("docs/reference")
VARIABLE = re.compile(r"\bGEOPORTAL_[A-Z]+(?:_[A-Z]+)*\b")
CHECK_ID = re.compile(r"\bgeoportal\.[EW]\d{3}\b")


def read_reference(name: str) -> str:
    return read(REFERENCE / name)


def list_titles(name: str, level: int = 3) -> set[str]:
    """Headings of one level, without back quotes."""
    sections = markdown.list_sections(read_reference(name))
    return {section.title.strip("`") for section in sections if section.level == level}


def test_every_setting_has_its_heading_and_every_heading_a_setting():
    read_by_code = set(VARIABLE.findall(read("geoportal/settings.py")))
    documented = {title for title in list_titles("settings.md") if VARIABLE.fullmatch(title)}
    assert documented == read_by_code


def test_variables_of_the_scripts_are_documented():
    text = read_reference("settings.md")
    for path in [*list_files(folders=("script", "deploy", ".ci"))]:
        for name in VARIABLE.findall(path.read_text(encoding="utf-8")):
            assert f"`{name}`" in text, f"{name} of {name_of(path)}"
    for name in ("PORT", "HOST", "ROWS"):
        assert name in list_titles("settings.md")


def test_every_setting_is_used():
    """One that changes nothing misleads the operator."""
    text = read("geoportal/settings.py")
    code = "\n".join(
        path.read_text(encoding="utf-8") for path in list_files(".py", folders=PACKAGES)
    )
    assigned = set(re.findall(r"^([A-Z_]+) = .*\benv\.", text, re.MULTILINE))
    unused = {
        name
        for name in assigned
        if not hasattr(global_settings, name)
        and f"settings.{name}" not in code
        and len(re.findall(rf"\b{name}\b", text)) == 1
    }
    assert not unused


def list_our_commands() -> dict[str, BaseCommand]:
    """Those that bear a name of our own; what Django's `migrate` takes, Django documents."""
    djangos = find_commands(management.__path__[0])
    own = {
        name: app
        for name, app in get_commands().items()
        if app.split(".")[0] in PACKAGES and name not in djangos
    }
    return {name: load_command_class(app, name) for name, app in own.items()}


def list_arguments(command: BaseCommand, name: str) -> Iterator[str]:
    """Long options and positional arguments that Django's own base does not bring."""
    base = BaseCommand().create_parser("manage.py", name)
    general = {option for action in base._actions for option in action.option_strings}
    for action in command.create_parser("manage.py", name)._actions:
        if general.intersection(action.option_strings) or isinstance(
            action, argparse._SubParsersAction
        ):
            continue
        yield from [o for o in action.option_strings if o.startswith("--")] or [
            str(action.metavar or action.dest).upper()
        ]


def test_every_command_is_documented_with_all_its_options():
    commands = list_our_commands()
    text = read_reference("commands.md")
    assert {name for name in list_titles("commands.md") if "/" not in name} == set(commands)
    for name, command in commands.items():
        heading = f"`{name}`"
        words = set(re.findall(r"--[a-z][a-z-]*|[A-Z]{2,}", markdown.get_section(text, heading)))
        blocks = " ".join(block.text for block in markdown.split_blocks(text)[1])
        words |= set(re.findall(r"[A-Z]{2,}", blocks))
        arguments = set(list_arguments(command, name))
        assert arguments <= words, name
        unknown = {word for word in words if word.startswith("--")} - arguments
        assert unknown <= {"--verbosity", "--no-color"}, name


def test_every_script_is_documented():
    scripts = {f"script/{path.name}" for path in (ROOT / "script").iterdir() if path.is_file()}
    assert {name for name in list_titles("commands.md") if "/" in name} == scripts


def list_routes(resolver: URLResolver, prefix: str = "/") -> Iterator[str]:
    """Every route of ours, as `/tiles/<slugs>.json`; Django's administration is one."""
    for part in resolver.url_patterns:
        named = re.sub(r"\(\?P<(\w+)>[^()]+\)", r"<\1>", str(part.pattern).strip("^$"))
        route = prefix + re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", named)
        if isinstance(part, URLPattern) or part.namespace == "admin":
            yield route
        else:
            yield from list_routes(part, route)


def test_every_url_is_documented():
    rows = markdown.list_rows(read_reference("urls.md"))
    documented = {row[0].strip("`") for row in rows if row[0].startswith("`/")}
    assert documented == set(list_routes(get_resolver()))


def test_every_download_format_is_documented():
    section = markdown.get_section(read_reference("urls.md"), "Download formats")
    rows = {row[0].strip("`") for row in markdown.list_rows(section) if "`" in row[0]}
    assert rows == {known.extension for known in DOWNLOAD_FORMATS}


def test_every_format_that_can_be_imported_is_documented():
    section = markdown.get_section(read_reference("commands.md"), "`import_layer`")
    assert [reader.title for reader in FORMATS if reader.title not in section] == []


def list_error_classes(base: type[DomainError] = DomainError) -> Iterator[type[DomainError]]:
    for kind in base.__subclasses__():
        yield kind
        yield from list_error_classes(kind)


def import_all_modules() -> None:
    for package in PACKAGES:
        module = importlib.import_module(package)
        for found in pkgutil.walk_packages(module.__path__, f"{package}."):
            if "migrations" not in found.name and not found.name.endswith("settings"):
                importlib.import_module(found.name)


def test_every_error_is_documented_with_its_status():
    import_all_modules()
    section = markdown.get_section(read_reference("errors.md"), "Slugs")
    by_slug = {kind.slug: kind.status for kind in list_error_classes()}
    rows = {row[0].strip("`"): row[1] for row in markdown.list_rows(section)}
    for slug, status in by_slug.items():
        assert rows.get(slug) == str(status), slug


def test_errors_are_told_apart_by_their_slug():
    import_all_modules()
    slugs = [kind.slug for kind in list_error_classes()]
    assert sorted(slugs) == sorted(set(slugs))


def test_every_import_issue_is_documented_with_its_severity():
    section = markdown.get_section(read_reference("errors.md"), "Rows of an import")
    rows = {row[0].strip("`"): row[1] for row in markdown.list_rows(section)}
    assert rows == {code: severity for code, (severity, _) in CODES.items()}


def test_every_start_up_check_is_documented():
    code = "\n".join(
        path.read_text(encoding="utf-8") for path in list_files(".py", folders=PACKAGES)
    )
    assert set(CHECK_ID.findall(code)) == set(CHECK_ID.findall(read_reference("errors.md")))


MODELS = [
    model
    for label in ("outbox", "layers", "importers", "accounts", "pages", "problems", "notifications")
    for model in apps.get_app_config(label).get_models()
]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_column_is_in_the_data_model(model):
    text = read_reference("data-model.md")
    section = markdown.get_section(text, f"`{model._meta.label}`")
    columns = {field.name for field in model._meta.fields}
    assert columns - set(markdown.list_code(section)) - {"groups", "user_permissions"} == set()

"""Ukrainian is complete, English is the language of the code, and nothing stands beside them."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from tests.house.project import PACKAGES, ROOT, list_files, name_of

LOCALE = Path("geoportal/locale/uk/LC_MESSAGES")
CATALOGUES = ("django", "djangojs")
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|%[sd]")
COMMENTS = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*|\{#.*?#\}|<!--.*?-->", re.DOTALL)
# The name of a language stands in that language; letters that a browser is asked to draw.
KEPT_CYRILLIC = {
    "geoportal/interface/templates/includes/language.html": {"Українська", "УКР"},
    "geoportal/web/templates/web/map_read_only.html": {"Українська", "УКР"},
    "geoportal/mapkit/static/mapkit/js/engine.mjs": {"Їжак"},
    "geoportal/interface/static/interface/js/folding.mjs": {"ґё", "авсенікмортхуге"},
}


def read_catalogue(domain: str, root: Path = ROOT) -> polib.POFile:
    return polib.pofile(str(root / LOCALE / f"{domain}.po"), encoding="utf-8")


def list_texts(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


@pytest.fixture(scope="module")
def extracted(tmp_path_factory) -> Path:
    """A copy of the packages with catalogues that hold exactly what the code says now."""
    copy: Path = tmp_path_factory.mktemp("messages")
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__", "*.po")
        )
    (copy / LOCALE).mkdir(parents=True, exist_ok=True)
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "geoportal.settings", "PYTHONPATH": ""}
    for domain, extensions in (("django", "py,html,txt"), ("djangojs", "mjs,js")):
        command = [sys.executable, "-m", "django", "makemessages", "--locale=uk", "--no-location"]
        subprocess.run(
            [*command, f"--domain={domain}", f"--extension={extensions}"],
            cwd=copy,
            env=environment,
            check=True,
            capture_output=True,
        )
    return copy


@pytest.mark.parametrize("domain", CATALOGUES)
def test_every_text_of_the_code_is_in_the_catalogue(extracted, domain):
    said = {entry.msgid for entry in read_catalogue(domain, extracted) if not entry.obsolete}
    kept = {entry.msgid for entry in read_catalogue(domain) if not entry.obsolete}
    assert sorted(said - kept) == []


@pytest.mark.parametrize("domain", CATALOGUES)
def test_the_catalogue_holds_nothing_that_the_code_no_longer_says(extracted, domain):
    said = {entry.msgid for entry in read_catalogue(domain, extracted) if not entry.obsolete}
    kept = {entry.msgid for entry in read_catalogue(domain)}
    assert sorted(kept - said) == []


@pytest.mark.parametrize("domain", CATALOGUES)
def test_every_text_is_in_ukrainian(domain):
    catalogue = read_catalogue(domain)
    assert [entry.msgid for entry in catalogue if entry.fuzzy] == []
    assert [entry.msgid for entry in catalogue if not all(list_texts(entry))] == []


@pytest.mark.parametrize("domain", CATALOGUES)
def test_translations_keep_what_is_put_into_them(domain):
    wrong = []
    for entry in read_catalogue(domain):
        source = entry.msgid_plural or entry.msgid
        wanted = set(PLACEHOLDER.findall(source)) | set(PLACEHOLDER.findall(entry.msgid))
        for text in list_texts(entry):
            if text and set(PLACEHOLDER.findall(text)) != wanted:
                wrong.append((entry.msgid, text))
    assert not wrong


@pytest.mark.parametrize("domain", CATALOGUES)
def test_every_plural_has_the_four_forms_of_ukrainian(domain):
    plurals = [entry for entry in read_catalogue(domain) if entry.msgid_plural]
    assert all(sorted(entry.msgstr_plural) == [0, 1, 2, 3] for entry in plurals)


@pytest.mark.parametrize("domain", CATALOGUES)
def test_the_source_language_is_english(extracted, domain):
    said = read_catalogue(domain, extracted)
    assert [entry.msgid for entry in said if CYRILLIC.search(entry.msgid)] == []


def test_pages_and_scripts_hold_no_ukrainian_of_their_own():
    """What people read comes from the catalogue, so that English pages are English."""
    found = {}
    for path in list_files(".html", ".mjs", folders=PACKAGES):
        text = COMMENTS.sub("", path.read_text(encoding="utf-8"))
        words = set(re.findall(r"[\u0400-\u04ff]+", text)) - KEPT_CYRILLIC.get(name_of(path), set())
        if words:
            found[name_of(path)] = words
    assert not found

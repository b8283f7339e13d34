"""Names of static files after `collectstatic`: hashed with what they import, kept for a while."""

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from geoportal.core.static_files.references import list_references, rename_references, resolve
from geoportal.core.static_files.storage import KEPT_FOR, BrokenReference, HashedStaticStorage

FILES = {
    "app/js/main.mjs": 'import { a } from "./a.mjs";\nimport "../../lib/deep.mjs";\n'
    'const later = () => import("./later.mjs");\n'
    'new Worker(new URL("./worker.mjs", import.meta.url), { type: "module" });\n',
    "app/js/a.mjs": 'export { b } from "./b.mjs";\n',
    "app/js/b.mjs": "export const b = 1;\n",
    "app/js/later.mjs": 'import * as a from "./a.mjs";\n',
    "app/js/worker.mjs": "postMessage(1);\n",
    "lib/deep.mjs": "",
    "app/css/page.css": '@import url("parts.css");\n'
    '@font-face { src: url("../font.woff2?#iefix"), url(data:font/woff2;base64,AA); }\n'
    'p { fill: url("#pattern"); mask: url(/static/x.svg); }\n',
    "app/css/parts.css": "p { color: red; }\n",
    "app/font.woff2": "letters",
    "vendor/lucide/pill.svg": "<svg/>",
}
DAY_S = 86_400


@pytest.fixture
def collect(tmp_path: Path, settings) -> Callable[..., HashedStaticStorage]:
    """`collectstatic` of the files above with some changed, into one folder; a fresh storage."""
    source = tmp_path / "source"
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "static"
    backend = {"BACKEND": "geoportal.core.static_files.storage.HashedStaticStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": backend}

    def run(**changed: str) -> HashedStaticStorage:
        for name, text in (FILES | changed).items():
            path = source / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists() or path.read_text() != text:
                path.write_text(text)
                # Older than the copy that stands, as files of an archive are.
                os.utime(path, (time.time() - DAY_S, time.time() - DAY_S))
        call_command("collectstatic", interactive=False, verbosity=0)
        return HashedStaticStorage()

    return run


def test_an_update_with_older_files_is_served(collect):
    before = collect()
    after = collect(**{"app/css/parts.css": "p { color: blue; }\n"})
    assert after.stored_name("app/css/parts.css") != before.stored_name("app/css/parts.css")
    served = Path(after.path(after.stored_name("app/css/parts.css")))
    assert "blue" in served.read_text()
    assert "blue" in Path(after.path("app/css/parts.css")).read_text()


def read_graph(storage: HashedStaticStorage, hashed: str) -> dict[str, str]:
    """All that is loaded from a file on, by hashed name: as a browser would fetch it."""
    found: dict[str, str] = {}
    waiting = [hashed]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = Path(storage.path(name)).read_text()
            waiting += [reference.name for reference in list_references(name, found[name])]
    return found


def list_hashed(storage: HashedStaticStorage) -> set[str]:
    root = Path(storage.location)
    return {each.relative_to(root).as_posix() for each in root.rglob("b.*.mjs*")}


def test_every_reference_leads_to_a_hashed_file(collect):
    storage = collect()
    graph = read_graph(storage, storage.stored_name("app/js/main.mjs"))
    names = ("main", "a", "b", "later", "worker")
    stored = {storage.stored_name(f"app/js/{name}.mjs") for name in names}
    assert set(graph) == stored | {storage.stored_name("lib/deep.mjs")}
    css = read_graph(storage, storage.stored_name("app/css/page.css"))
    assert set(css) == {
        storage.stored_name(name) for name in ("app/css/page.css", "app/css/parts.css")
    } | {storage.stored_name("app/font.woff2")}
    text = css[storage.stored_name("app/css/page.css")]
    for kept in ("?#iefix", 'url("#pattern")', "url(data:font/woff2;base64,AA)", "url(/static/x"):
        assert kept in text


def test_a_change_gives_new_names_to_all_that_import_it_and_to_nothing_else(collect):
    before = dict(collect().hashed_files)
    after = dict(collect(**{"app/js/b.mjs": "export const b = 2;\n"}).hashed_files)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {f"app/js/{name}.mjs" for name in ("main", "a", "b", "later")}


def test_an_update_under_an_open_page_mixes_no_versions(collect):
    old = collect()
    entry = old.stored_name("app/js/main.mjs")
    before = read_graph(old, entry)
    new = collect(
        **{
            "app/js/b.mjs": "export const b = 2;\n",
            "app/js/later.mjs": 'import * as b from "./b.mjs";\n',
            "app/js/worker.mjs": "postMessage(2);\n",
        }
    )
    assert read_graph(new, entry) == before
    after = read_graph(new, new.stored_name("app/js/main.mjs"))
    assert not any("b = 1" in text or "postMessage(1)" in text for text in after.values())
    assert set(before) & set(after) == {new.stored_name("lib/deep.mjs")}


def test_replaced_files_stay_for_a_while_from_the_update_on(collect):
    storage = collect()
    first = storage.stored_name("app/js/b.mjs")
    age(storage, first, days=400)
    storage = collect(**{"app/js/b.mjs": "export const b = 2;\n"})
    assert first in list_hashed(storage)
    age(storage, first, days=KEPT_FOR.days - 1)
    assert first in list_hashed(collect(**{"app/js/b.mjs": "export const b = 3;\n"}))
    age(storage, first, days=KEPT_FOR.days + 1)
    storage = collect(**{"app/js/b.mjs": "export const b = 4;\n"})
    assert first not in list_hashed(storage)
    assert storage.stored_name("app/js/b.mjs") in list_hashed(storage)


def age(storage: HashedStaticStorage, name: str, days: int) -> None:
    then = time.time() - days * DAY_S
    os.utime(storage.path(name), (then, then))


def test_a_second_collection_writes_nothing_anew(collect):
    storage = collect()
    names = list(storage.hashed_files.values())
    written = {name: Path(storage.path(name)).stat().st_ino for name in names}
    again = collect()
    assert {name: Path(again.path(name)).stat().st_ino for name in names} == written


def test_imports_are_known_in_the_order_of_the_modules(collect):
    storage = collect()
    assert storage.list_imported("app/js/main.mjs") == [
        "app/js/a.mjs",
        "lib/deep.mjs",
        "app/js/b.mjs",
    ]
    assert storage.list_imported("app/js/later.mjs") == ["app/js/a.mjs", "app/js/b.mjs"]
    assert storage.list_imported("app/js/nothing.mjs") == []


def test_icons_that_scripts_name_keep_their_names(collect):
    assert collect().url("vendor/lucide/pill.svg") == "/static/vendor/lucide/pill.svg"


def test_before_a_collection_every_name_is_plain(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "empty"
    storage = HashedStaticStorage()
    assert storage.url("app/js/main.mjs") == "/static/app/js/main.mjs"
    assert storage.list_imported("app/js/main.mjs") == []


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"app/js/b.mjs": 'import "./gone.mjs";'}, "app/js/gone.mjs, which is not there"),
        ({"app/js/b.mjs": 'import "./a.mjs";'}, "in a circle"),
    ],
)
def test_a_broken_reference_stops_the_collection_with_its_name(collect, changed, words):
    with pytest.raises(BrokenReference, match=words):
        collect(**changed)


def test_the_manifest_is_one_that_django_reads(collect):
    manifest = json.loads(collect().read_manifest())
    assert manifest["version"] == "1.1"
    assert set(manifest["paths"]) == set(FILES)


PATHS = st.from_regex(r"(\.\./)?[abc]{1,3}(/[abc]{1,3}){0,2}\.mjs", fullmatch=True)


@given(st.sampled_from("'\""), PATHS, st.booleans())
def test_names_that_are_kept_leave_the_text_as_it_is(quote, path, at_once):
    word = "import x from " if at_once else "await import("
    text = f"{word}{quote}./{path}{quote}{'' if at_once else ')'};"
    assert rename_references("a/b.mjs", text, lambda name: name) == text
    found = list(list_references("a/b.mjs", text))
    assert [each.name for each in found] == [resolve("a/b.mjs", f"./{path}")]
    assert [each.at_once for each in found] == [at_once]

"""Modules and style sheets after `collectstatic`: few files that a page loads, each found."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command

from geoportal.core.static_files.joining import JoiningFailed, list_entries
from geoportal.core.static_files.references import list_references
from geoportal.core.static_files.storage import BrokenReference, JoinedStaticStorage
from tests.house.arrows import STATIC_TAG
from tests.house.project import PACKAGES, list_files, read

FILES = {
    "town/js/map.mjs": 'import { count, words } from "../../low/js/words.mjs";\n'
    'count(); document.title = words("map");\n'
    'export const open = () => import("./card.mjs");\n',
    "town/js/list.mjs": 'import { words } from "../../low/js/words.mjs";\n'
    'document.title = words("list");\n',
    "town/js/card.mjs": 'import { count } from "../../low/js/words.mjs";\n'
    "export const n = count();\n",
    "low/js/words.mjs": 'import { prefix } from "./prefix.mjs";\nlet made = 0;\n'
    "export const count = () => ++made;\n"
    "export const words = (text) => prefix + text;\n"
    "export const unused = () => 'nobody calls it';\n"
    'export const worker = new URL("./parts/worker.mjs", import.meta.url);\nconsole.log(worker);\n',
    "low/js/prefix.mjs": 'export const prefix = "Калинобрід: ";\n',
    "low/js/parts/worker.mjs": "postMessage(1);\n",
    "town/css/page.css": '@import url("../../low/css/base.css");\n.page { color: red; }\n',
    "low/css/base.css": '@font-face { src: url("../font.woff2"); font-family: A; }\n'
    '.a { mask: url("/static/x.svg"); background: url("data:image/png;base64,AA"); }\n',
    "low/font.woff2": "letters",
    "vendor/other/whole.mjs": "export const kept  =  1;\n",
}


@pytest.fixture
def collect(tmp_path: Path, settings) -> Callable[..., JoinedStaticStorage]:
    """`collectstatic` of the files above with some changed; a fresh storage."""
    source = tmp_path / "source"
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_JOINING_PARTS = []

    def run(**changed: str) -> JoinedStaticStorage:
        shutil.rmtree(source, ignore_errors=True)
        for name, text in (FILES | changed).items():
            path = source / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            (Path(settings.STATIC_ROOT) / name).unlink(missing_ok=True)
        call_command("collectstatic", interactive=False, verbosity=0)
        return JoinedStaticStorage()

    return run


def text_of(storage: JoinedStaticStorage, name: str) -> str:
    return Path(storage.path(storage.stored_name(name))).read_text(encoding="utf-8")


def read_graph(storage: JoinedStaticStorage, hashed: str) -> dict[str, str]:
    """All that is loaded from a file on, by hashed name: as a browser would fetch it."""
    found: dict[str, str] = {}
    waiting = [hashed]
    while waiting:
        if (name := waiting.pop()) not in found:
            found[name] = Path(storage.path(name)).read_text(encoding="utf-8")
            waiting += [each.name for each in list_references(name, found[name])]
    return found


def run_in_node(entry: Path, lines: str) -> dict[str, object]:
    program = f"globalThis.document = {{}}; console.log = () => {{}};\n{lines}".replace(
        "ENTRY", json.dumps(entry.as_uri())
    )
    done = subprocess.run(
        ["node", "--input-type=module", "--eval", program],
        capture_output=True, text=True, timeout=30, check=True,
    )  # fmt: skip
    result: dict[str, object] = json.loads(done.stdout)
    return result


def test_a_page_asks_for_its_module_and_what_it_shares_and_they_have_one_state(collect):
    storage = collect()
    shared = storage.list_imported("town/js/map.mjs")
    assert len(shared) == 1
    assert storage.list_imported("town/js/list.mjs") == shared
    assert storage.list_imported("town/js/card.mjs") == shared
    said = run_in_node(
        Path(storage.path(storage.stored_name("town/js/map.mjs"))),
        "const page = await import(ENTRY); const card = await page.open();\n"
        "process.stdout.write(JSON.stringify({ title: document.title, n: card.n }));",
    )
    assert said == {"title": "Калинобрід: map", "n": 2}


def test_what_is_joined_is_in_no_address_and_what_nobody_calls_is_in_no_file(collect):
    storage = collect()
    assert not {"low/js/words.mjs", "low/js/prefix.mjs"} & storage.hashed_files.keys()
    graph = read_graph(storage, storage.stored_name("town/js/map.mjs"))
    assert not any("nobody calls it" in text for text in graph.values())


def test_what_a_module_names_beside_itself_is_found_from_where_it_has_come_to(collect):
    storage = collect()
    (shared,) = storage.list_imported("town/js/map.mjs")
    assert shared.startswith("joined/")
    worker = storage.stored_name("low/js/parts/worker.mjs")
    assert re.fullmatch(r"low/js/parts/worker\.[0-9a-f]{12}\.mjs", worker)
    references = list_references(storage.stored_name(shared), text_of(storage, shared))
    assert [each.name for each in references] == [worker]


def test_a_style_sheet_holds_what_it_imports_and_finds_its_fonts(collect):
    storage = collect()
    text = text_of(storage, "town/css/page.css")
    assert "@import" not in text
    assert text.index("@font-face") < text.index(".page")
    assert "url(/static/x.svg)" in text.replace('"', "")
    assert "data:image/png;base64,AA" in text
    fonts = list_references(storage.stored_name("town/css/page.css"), text)
    assert [each.name for each in fonts] == [storage.stored_name("low/font.woff2")]


def test_files_of_others_stay_as_they_are(collect):
    assert text_of(collect(), "vendor/other/whole.mjs") == FILES["vendor/other/whole.mjs"]


def test_an_update_under_an_open_page_mixes_no_versions(collect):
    old = collect()
    entry = old.stored_name("town/js/map.mjs")
    before = read_graph(old, entry)
    new = collect(**{"low/js/prefix.mjs": 'export const prefix = "Ладижин: ";\n'})
    assert read_graph(new, entry) == before
    after = read_graph(new, new.stored_name("town/js/map.mjs"))
    assert any("Ладижин" in text for text in after.values())
    assert not any("Калинобрід" in text for text in after.values())
    assert set(before) & set(after) == {new.stored_name("low/js/parts/worker.mjs")}


def test_without_node_the_collection_says_what_to_install(collect, monkeypatch):
    monkeypatch.setattr("geoportal.core.static_files.joining.shutil.which", lambda name: None)
    with pytest.raises(JoiningFailed, match=r"apt-get install nodejs npm, then script/setup"):
        collect()


def test_a_module_that_is_not_one_stops_the_collection_with_its_name(collect):
    with pytest.raises(JoiningFailed, match=r"low/js/prefix\.mjs:1:"):
        collect(**{"low/js/prefix.mjs": "export const = 1;"})
    with pytest.raises(BrokenReference, match=r"low/js/gone\.mjs, which is not there"):
        collect(**{"low/js/prefix.mjs": 'export { prefix } from "./gone.mjs";'})


def test_every_module_that_a_page_names_has_an_address_of_its_own():
    modules = {
        path.as_posix().split("/static/", 1)[1]: read(path)
        for path in list_files(".mjs", folders=PACKAGES)
        if "/static/" in path.as_posix()
    }
    named = {
        name
        for path in list_files(".html", folders=PACKAGES)
        for name in STATIC_TAG.findall(read(path))
        if name.endswith(".mjs")
    }
    assert named
    assert named - set(list_entries(modules)) == set()

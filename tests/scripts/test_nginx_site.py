"""The shipped nginx site before our own application: the map, a report, and what nginx keeps."""

import gzip
import json
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
from django.conf import global_settings
from django.contrib.gis.geos import Point
from django.test import override_settings
from playwright.sync_api import Page, expect

from geoportal.core.static_files.references import list_references
from geoportal.problems.models import Problem
from layers.models import Layer
from layers.services import add_feature, delete_feature
from tests.browser.community import CENTRE, seed_community
from tests.browser.conftest import Witness, browser_type_launch_args
from tests.browser.map_page import WAIT_MS, MapPage
from tests.browser.reporting import (
    PASSWORD,
    ReportPage,
    seed_reporting,
    write_person,
    write_photo,
)
from tests.emptying import commit_aside
from tests.scripts.installed_site import NGINX, SITE, InstalledSite, install_site
from tests.scripts.running import ROOT
from tests.standing import committed
from tiles.archives.building import build_due
from tiles.archives.kept import find_kept

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.skipif(NGINX is None, reason="nginx is not installed"),
]

__all__ = ["browser_type_launch_args"]
LIVE_MAP = ROOT / "geoportal" / "mapkit" / "static" / "mapkit" / "js" / "live.mjs"
TILE = "/tiles/pharmacies,parks/12/2355/1385.mvt"
LARGE = "/tiles/streets,districts,boundary,routes,pharmacies,parks/12/2355/1385.mvt"
EMPTY = "/tiles/pharmacies,parks/12/1/1.mvt"
PROBLEMS = "/problems/tiles/12/2355/1385.mvt"
ELSEWHERE = "https://elsewhere.example"
ANY_ORIGIN = "Access-Control-Allow-Origin"
# What stands in the cache, what passes it by, and refusals of each.
READ_BY_OTHER_SITES = (
    (TILE, 200),
    ("/tiles/pharmacies.json", 200),
    ("/tiles/style.json", 200),
    ("/tiles/nothing/1/0/0.mvt", 404),
    ("/tiles/pharmacies/1/9/0.mvt", 404),
    ("/tiles/style.json?theme=pink", 400),
    (EMPTY, 204),
    (PROBLEMS, 204),
    ("/problems/tiles/12/9999/1385.mvt", 404),
    ("/problems/feed.atom", 200),
    ("/data/pharmacies.geojson", 200),
    ("/data/pharmacies.nothing", 404),
    ("/ogc/collections/pharmacies/items", 200),
    ("/ogc/collections/nothing", 404),
    ("/api/v1/layers/", 200),
    ("/api/v1/locate/?lon=far", 400),
    ("/open311/v2/services.json", 200),
    ("/open311/v2/requests/1.json", 404),
    ("/static/web/js/map/start.mjs", 200),
)


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return browser_context_args | {"ignore_https_errors": True}


@pytest.fixture(scope="module")
def site(
    django_db_setup, django_db_blocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[InstalledSite]:
    """With the small community, which the tests look at; one of them adds to it."""
    with (
        committed(django_db_blocker, seed_community),
        install_site(tmp_path_factory.mktemp("site"), streams=True) as site,
    ):
        yield site


@pytest.fixture
def witness(site: InstalledSite, context) -> Iterator[Witness]:
    """At the end nothing outside was asked and nothing complained of."""
    witness = Witness(site.url)
    witness.watch(context)
    yield witness
    assert witness.outside == []
    assert witness.complaints == []


def count_answers(site: InstalledSite, path: str, times: int) -> int:
    """How many of the answers the application itself has made."""
    return len({site.ask(path).request_id for _ in range(times)})


@pytest.mark.browser
def test_the_map_is_drawn_and_its_list_is_read(witness: Witness, page: Page) -> None:
    shown = MapPage(page, witness.site)
    shown.open()
    page.get_by_role("tab", name="Що видно").click()
    expect(page.locator("#list-items li")).to_have_count(12, timeout=WAIT_MS)


@pytest.mark.browser
def test_an_open_map_shows_what_others_do(witness: Witness, page: Page) -> None:
    shown = MapPage(page, witness.site)
    shown.open()
    page.get_by_role("tab", name="Що видно").click()
    rows = page.locator("#list-items li")
    expect(rows).to_have_count(12, timeout=WAIT_MS)
    shown.settle()
    with another_pharmacy():
        expect(rows).to_have_count(13, timeout=WAIT_MS)
    expect(rows).to_have_count(12, timeout=WAIT_MS)


def test_an_open_map_asks_again_when_nginx_keeps_no_older_tile() -> None:
    """nginx counts whole seconds: what is kept for one is kept for nearly two."""
    (kept_s,) = re.findall(r"proxy_cache_valid 200 204 (\d+)s;", SITE.read_text())
    (waited_ms,) = re.findall(r"KEPT_MS = (\d+);", LIVE_MAP.read_text())
    assert int(waited_ms) > (int(kept_s) + 1) * 1000


def test_one_stream_tells_visitors_and_answers_tell_who_is_signed_in(site: InstalledSite) -> None:
    with site.connect() as stream, stream.makefile("rb") as lines:
        stream.sendall(b"GET /tiles/changes HTTP/1.1\r\nHost: localhost\r\n\r\n")
        head = list(takewhile(lambda line: line.strip(), lines))
        assert head[0].split()[1] == b"200"
        assert not any(line.lower().startswith(b"x-request-id") for line in head)
        assert [line for line in head if line.lower().startswith(b"access-control")] == [
            b"Access-Control-Allow-Origin: *\r\n"
        ]
        assert hear(lines)["layers"] == {}
        with another_pharmacy():
            hear_of("pharmacies", lines)
        hear_of("pharmacies", lines)
    for path, headers in (
        ("/tiles/changes?pieces=1", {}),
        ("/tiles/changes", {"Cookie": "sessionid=somebody"}),
    ):
        answer = site.ask(path, **headers)
        assert answer.request_id, path
        assert answer.body.endswith(b"\n\n"), path


@contextmanager
def another_pharmacy() -> Iterator[None]:
    commit_aside(
        lambda: add_feature(
            layer=Layer.objects.get(slug="pharmacies"),
            key="new",
            geom=Point(*CENTRE, srid=4326),
            values={"name": "Нова"},
        )
    )
    try:
        yield
    finally:
        commit_aside(lambda: delete_feature(layer=Layer.objects.get(slug="pharmacies"), key="new"))


def hear_of(layer: str, lines: Iterable[bytes]) -> None:
    """Of other layers other tests may have left something to tell."""
    while layer not in hear(lines)["layers"]:
        pass


def hear(lines: Iterable[bytes]) -> dict[str, Any]:
    """The data of the next event."""
    line = next(line for line in lines if line.startswith(b"data: "))
    heard: dict[str, Any] = json.loads(line.removeprefix(b"data: "))
    return heard


@pytest.mark.browser
def test_a_page_of_another_site_reads_tiles_kept_or_not(site: InstalledSite, page: Page) -> None:
    """First it is asked without an origin, as QGIS asks. The other site is the same machine by
    another name, with a document that has no policy of its own."""
    site.ask(TILE)
    page.goto(f"https://127.0.0.1:{site.port}/static/vendor/lucide/pill.svg")
    for _ in range(3):
        read = page.evaluate(
            "url => fetch(url).then(answer => answer.arrayBuffer()).then(body => body.byteLength)",
            site.url + TILE,
        )
        assert read > 0


@pytest.mark.parametrize(("path", "status"), READ_BY_OTHER_SITES)
def test_public_answers_and_refusals_carry_the_star_once(
    site: InstalledSite, path: str, status: int
) -> None:
    for headers in ({}, {"Origin": ELSEWHERE}, {}):
        answer = site.ask(path, **headers)
        assert answer.status == status
        assert answer.headers.get_all(ANY_ORIGIN) == ["*"]


def test_a_tile_that_is_held_already_is_answered_with_the_star(site: InstalledSite) -> None:
    tag = site.ask(TILE).headers["ETag"]
    for pause_s in (0, 0, 1.2, 0):
        time.sleep(pause_s)
        answer = site.ask(TILE, If_None_Match=tag)
        assert (answer.status, answer.body) == (304, b"")
        assert answer.headers.get_all(ANY_ORIGIN) == ["*"]


def test_pages_are_for_nobody_else(site: InstalledSite) -> None:
    for path in ("/", "/accounts/login/", "/problems/", "/nothing"):
        assert site.ask(path, Origin=ELSEWHERE).headers[ANY_ORIGIN] is None


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("web/js/map/start.mjs", "text/javascript"),
        ("vendor/maplibre-gl/maplibre-gl.mjs", "text/javascript"),
        ("mapkit/css/map.css", "text/css"),
        ("vendor/lucide/pill.svg", "image/svg+xml"),
        ("vendor/onest/onest-cyrillic-wght-normal.woff2", "font/woff2"),
    ],
)
def test_static_files_say_what_they_are(site: InstalledSite, path: str, kind: str) -> None:
    answer = site.ask(f"/static/{path}")
    assert answer.status == 200
    assert answer.headers.get_content_type() == kind
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_archives_are_handed_out_from_the_disk_by_ranges(site: InstalledSite) -> None:
    with override_settings(DATA_DIR=site.data):
        build_due()
        files = [find_kept(name) for name in ("map", "layers/parks")]
    for kept in filter(None, files):
        path = f"/tiles/archives/{kept.file}.pmtiles"
        answer = site.ask(path, Range="bytes=0-6")
        assert (answer.status, answer.body, answer.request_id) == (206, b"PMTiles", "")
        assert answer.headers["Content-Range"] == f"bytes 0-6/{kept.size}"
        assert answer.headers["Content-Type"] == "application/vnd.pmtiles"
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.headers.get_all(ANY_ORIGIN) == ["*"]
        assert site.ask(path, Range=f"bytes={kept.size}-").status == 416
        assert site.ask(path, if_none_match=answer.headers["ETag"]).status == 304
        said = site.ask(f"/tiles/archives/{kept.name}.json")
        assert json.loads(said.body)["url"] == site.url + path
    assert site.ask("/tiles/archives/map.0000000000000000.pmtiles").status == 404


def test_a_page_names_what_never_changes_and_all_that_its_scripts_import(
    site: InstalledSite,
) -> None:
    html = site.ask("/").body.decode()
    named = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', html))
    modules = set()
    for path in named:
        answer = site.ask(path)
        life = answer.headers["Cache-Control"]
        assert life == "public, max-age=31536000, immutable", path
        if path.endswith(".mjs"):
            modules |= {
                each.name for each in list_references(path, answer.body.decode()) if each.at_once
            }
    for part in ("web/js/map/main", "mapkit/js/engine"):
        assert re.search(rf"/{part}\.[0-9a-f]{{12}}\.mjs", " ".join(named)), part
    assert modules
    assert modules - named == set()


def test_a_module_comes_in_the_smallest_form_that_the_browser_takes(site: InstalledSite) -> None:
    named = re.findall(r'src="(/static/web/js/map/main[^"]+)"', site.ask("/").body.decode())
    (path,) = named
    plain, gzipped = site.ask(path), site.ask(path, Accept_Encoding="gzip")
    brotli = site.ask(path, Accept_Encoding="gzip, br")
    assert gzipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(gzipped.body) == plain.body
    assert brotli.headers["Content-Encoding"] == "br"
    assert len(brotli.body) < len(gzipped.body) < len(plain.body)


@pytest.mark.parametrize("path", [TILE, EMPTY, PROBLEMS])
def test_a_crowd_on_one_tile_costs_one_request_in_a_second(site: InstalledSite, path: str) -> None:
    started = time.monotonic()
    made = count_answers(site, path, 50)
    assert made <= 2 + int(time.monotonic() - started)


@pytest.mark.parametrize(
    ("wanted", "coding"),
    [
        ("gzip, deflate, br, zstd", "gzip"),
        ("br, zstd", "zstd"),
        ("deflate, br", "br"),
        ("gzip;q=0.5, br", "br"),
        ("gzip;q=0, br;q=0.0, zstd", "zstd"),
        ("identity", None),
        ("gzip;q=0", None),
    ],
)
def test_a_tile_comes_in_the_coding_that_is_wanted_kept_or_not(
    site: InstalledSite, wanted: str, coding: str | None
) -> None:
    answers = [site.ask(LARGE, Accept_Encoding=wanted) for _ in range(3)]
    assert {answer.headers["Content-Encoding"] for answer in answers} == {coding}
    assert len({answer.body for answer in answers}) == 1
    assert "Accept-Encoding" in answers[0].headers["Vary"]


def test_head_says_what_get_would(site: InstalledSite) -> None:
    for server in (site, replace(site, port=site.upstream_port, scheme="http")):
        got = server.ask(LARGE, Accept_Encoding="gzip")
        head = server.ask(LARGE, "HEAD", Accept_Encoding="gzip")
        assert (head.status, head.body) == (200, b"")
        for name in ("ETag", "Content-Length", "Content-Encoding", "Content-Type"):
            assert head.headers[name] == got.headers[name]


def test_a_tile_is_asked_for_again_after_a_second(site: InstalledSite) -> None:
    first = site.ask("/tiles/parks/12/2356/1385.mvt", Accept_Encoding="gzip")
    time.sleep(2.1)
    assert site.ask("/tiles/parks/12/2356/1385.mvt").request_id != first.request_id


def test_what_the_application_does_not_call_public_is_never_kept(site: InstalledSite) -> None:
    for path in ("/tiles/pharmacies.json", "/", "/api/v1/layers/"):
        assert count_answers(site, path, 3) == 3


@pytest.mark.parametrize(
    "headers",
    [{"Cookie": "sessionid=abc"}, {"Authorization": "Basic YTpi"}],
    ids=["cookie", "basic"],
)
def test_signed_in_people_pass_by_the_cache(site: InstalledSite, headers: dict[str, str]) -> None:
    kept = site.ask(TILE).request_id
    made = {site.ask(TILE, **headers).request_id for _ in range(3)}
    assert len(made) == 3
    assert kept not in made


def test_forms_learn_that_they_came_by_tls(site: InstalledSite) -> None:
    answer = site.ask("/accounts/login/")
    assert "Strict-Transport-Security" in answer.headers
    assert "; Secure" in answer.headers["Set-Cookie"]
    assert site.ask("/tiles/pharmacies.json").body.count(f"{site.url}/tiles/".encode()) == 1


def test_probes_are_answered_to_this_machine(site: InstalledSite) -> None:
    assert site.ask("/livez").status == site.ask("/readyz").status == 200


@pytest.mark.browser
def test_a_resident_signs_in_and_reports_with_a_photo(
    witness: Witness, page: Page, tmp_path: Path, settings
) -> None:
    """Its passwords are kept as in production."""
    settings.PASSWORD_HASHERS = global_settings.PASSWORD_HASHERS
    commit_aside(seed_reporting)
    commit_aside(partial(write_person, "resident", first_name="Оля"))
    page.goto(f"{witness.site}/accounts/login/")
    page.locator("[name='login']").fill("resident@example.org")
    page.locator("[name='password']").fill(PASSWORD)
    page.locator("main button[type='submit']").click()
    page.wait_for_url(f"{witness.site}/")
    form = ReportPage(page, witness.site)
    form.open()
    form.go_to_photos()
    form.add(write_photo(tmp_path, "a.jpg"))
    form.expect_taken(1)
    form.go_on("check")
    form.part("send").click()
    problem = form.expect_sent()
    assert (problem.title, problem.attachments.count()) == ("Велика яма", 1)
    assert Problem.objects.count() == 1

"""Tiles over HTTP: built once, kept in each coding, never silently empty, and said to be whose."""

import gzip
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus

import brotli
import pytest
import zstandard
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from layers.models import Layer
from layers.services import edit_feature
from tests.tiles.test_tiles import tile_url

ANY_ORIGIN = "Access-Control-Allow-Origin"
PLAIN = {
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "zstd": lambda body: zstandard.ZstdDecompressor().decompress(body),
}
EMPTY = {"z": 3, "x": 0, "y": 0}


@pytest.fixture
def grove(trees, plant):
    for number in range(40):
        plant(trees, f"t{number}", lon=30.48 + number / 10_000, lat=50.405)
    return trees


def ask(path=None, **headers):
    return Client(headers=headers).get(path or tile_url())


def outcome(response):
    return response["Server-Timing"].partition(";")[0]


@pytest.mark.django_db
class TestCodings:
    def test_a_tile_is_built_once_for_all_codings_and_kept_in_each(self, grove):
        plain = ask()
        assert outcome(plain) == "built"
        with CaptureQueriesContext(connection) as queries:
            for coding, unpack in PLAIN.items():
                first, again = [ask(accept_encoding=coding) for _ in range(2)]
                assert first["Content-Encoding"] == coding
                assert unpack(first.content) == plain.content
                assert first.content == again.content
                assert {outcome(first), outcome(again)} == {"kept"}
                assert first["ETag"] == plain["ETag"]
        assert not any("ST_AsMVT" in query["sql"] for query in queries)

    def test_answers_say_what_they_vary_by(self, grove):
        held = ask(if_none_match=ask()["ETag"])
        for response in (ask(), ask(accept_encoding="br"), held, ask(tile_url(**EMPTY))):
            assert "Accept-Encoding" in response["Vary"]

    def test_a_small_tile_is_no_smaller_compressed(self, trees, plant):
        plant(trees, "1", lon=30.48, lat=50.405)
        response = ask(accept_encoding="gzip")
        assert "Content-Encoding" not in response
        assert 0 < len(response.content) < 600


@pytest.mark.django_db
class TestAnswers:
    def test_an_empty_tile_has_no_content_and_a_tag(self, grove):
        response = ask(tile_url(**EMPTY), accept_encoding="gzip")
        assert (response.status_code, response.content) == (204, b"")
        assert not {"Content-Type", "Content-Encoding"} & set(response.headers)
        held = ask(tile_url(**EMPTY), if_none_match=response["ETag"])
        assert held.status_code == 304

    def test_head_says_what_get_would(self, grove):
        got = ask(accept_encoding="gzip")
        head = Client(headers={"accept-encoding": "gzip"}).head(tile_url())
        assert head.content == b""
        for name in ("ETag", "Content-Length", "Content-Encoding", "Content-Type", "Vary"):
            assert head[name] == got[name]

    def test_pages_of_other_sites_may_read_every_answer(self, grove):
        tag = ask()["ETag"]
        answers = [
            (ask(), 200),
            (ask(tile_url(**EMPTY)), 204),
            (ask(if_none_match=tag), 304),
            (ask(tile_url("none")), 404),
            (ask("/problems/tiles/14/9579/5527.mvt"), 204),
            (ask("/problems/tiles/14/99999/5527.mvt"), 404),
            (Client().post(tile_url()), 405),
        ]
        for response, status in answers:
            assert (response.status_code, response[ANY_ORIGIN]) == (status, "*")

    def test_staff_get_more_and_no_shared_cache_keeps_it(self, grove, administrator):
        edit_feature(layer=grove, key="t1", visibility="staff")
        public = ask()
        client = Client()
        client.force_login(administrator)
        staff = client.get(tile_url())
        assert len(staff.content) > len(public.content)
        assert staff["ETag"] != public["ETag"]
        assert public["Cache-Control"] == "public, no-cache"
        assert staff["Cache-Control"] == "private, no-cache"
        assert ask().content == public.content
        held = client.get(tile_url(), headers={"if-none-match": staff["ETag"]})
        assert (held.status_code, held["Cache-Control"]) == (304, "private, no-cache")
        assert client.get(tile_url(), headers={"if-none-match": public["ETag"]}).status_code == 200


@pytest.mark.django_db
class TestLifetimes:
    @pytest.fixture
    def final(self, grove):
        Layer.objects.filter(pk=grove.pk).update(update_frequency=Layer.Frequency.NEVER)
        return grove

    def find_address(self):
        """As TileJSON says it."""
        (template,) = Client().get("/tiles/trees.json").json()["tiles"]
        _, _, query = template.partition("?")
        return tile_url() + ("?" + query if query else "")

    def test_a_layer_that_changes_is_asked_for_each_time(self, grove):
        assert self.find_address() == tile_url()
        assert ask(tile_url() + "?v=1")["Cache-Control"] == "public, no-cache"

    def test_a_layer_that_is_no_longer_updated_is_kept_for_an_hour(self, final):
        assert ask()["Cache-Control"] == "public, max-age=3600"

    def test_under_its_version_it_is_kept_for_ever(self, final):
        response = ask(self.find_address())
        assert response["Cache-Control"] == "public, max-age=31536000, immutable"

    def test_a_correction_makes_another_address_and_ends_the_old_one(self, final):
        before = self.find_address()
        edit_feature(layer=final, key="t1", values={"species": "Ясен"})
        assert self.find_address() != before
        assert ask(before)["Cache-Control"] == "public, no-cache"

    def test_with_a_layer_that_changes_all_is_asked_for(self, final, make_layer):
        make_layer("others")
        assert ask(tile_url("trees,others"))["Cache-Control"] == "public, no-cache"

    def test_staff_keep_theirs_to_themselves(self, final, administrator):
        client = Client()
        client.force_login(administrator)
        address = self.find_address()
        assert client.get(address)["Cache-Control"].startswith("private")


@pytest.mark.django_db(transaction=True)
class TestSeveralAtOnce:
    def test_eight_who_ask_at_once_build_a_tile_once(self, grove):
        def ask_and_leave(_: int) -> tuple[str, bytes]:
            try:
                response = ask(accept_encoding="gzip")
                return outcome(response), response.content
            finally:
                connection.close()

        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(ask_and_leave, range(8)))
        assert sorted(outcome for outcome, _ in answers) == ["built"] + 7 * ["kept"]
        assert len({body for _, body in answers}) == 1

    def test_a_tile_that_takes_too_long_is_no_empty_one(self, grove, settings):
        """Somebody holds the table: the server ends the statement, and says so."""
        settings.TILE_BUILD_S_MAX = 0.05

        def ask_and_leave() -> tuple[int, str, str, bool]:
            try:
                response = ask()
                kind = response["Content-Type"]
                return response.status_code, kind, response[ANY_ORIGIN], "Retry-After" in response
            finally:
                connection.close()

        with ThreadPoolExecutor(4) as pool, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE layers_feature_{grove.pk}")
            answers = [each.result() for each in [pool.submit(ask_and_leave) for _ in range(4)]]
        unavailable = HTTPStatus.SERVICE_UNAVAILABLE
        assert answers == 4 * [(unavailable, "application/problem+json", "*", True)]
        assert outcome(ask()) == "built"

    def test_the_bound_of_a_tile_is_none_of_other_statements(self, grove):
        ask()
        with connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            assert cursor.fetchone() == ("0",)

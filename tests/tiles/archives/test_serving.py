"""Archives over HTTP: ranges as readers ask, names for ever, one address of the current one."""

import pytest
from django.test import Client

from layers.services import edit_feature
from tiles.archives import kept
from tiles.archives.building import build_due

pytestmark = pytest.mark.django_db


@pytest.fixture
def current(trees, plant):
    plant(trees, "1")
    build_due()
    return kept.find_kept("layers/trees")


def get(url, **headers):
    return Client(headers=headers).get(url)


def body(response):
    return response.getvalue()


def test_the_current_archive_is_named_at_one_address(current, trees):
    said = get("/tiles/archives/layers/trees.json")
    assert said["Access-Control-Allow-Origin"] == "*"
    assert "no-cache" in said["Cache-Control"]
    document = said.json()
    assert document["url"] == f"http://testserver/tiles/archives/{current.file}.pmtiles"
    assert (document["maxzoom"], document["layers"]) == (14, ["trees"])
    assert get("/tiles/archives/layers/trees.json", if_none_match=said["ETag"]).status_code == 304
    edit_feature(layer=trees, key="1", values={"species": "Клен"})
    build_due()
    assert get("/tiles/archives/layers/trees.json").json()["url"] != document["url"]
    assert get(document["url"]).status_code == 200


def test_it_is_served_for_ever_by_ranges(current, subtests):
    url, content = f"/tiles/archives/{current.file}.pmtiles", current.path.read_bytes()
    whole = get(url)
    assert body(whole) == content
    assert "immutable" in whole["Cache-Control"]
    assert (whole["Accept-Ranges"], whole["Access-Control-Allow-Origin"]) == ("bytes", "*")
    assert whole["Content-Type"] == "application/vnd.pmtiles"
    assert not whole["ETag"].startswith("W/")
    assert "Content-Encoding" not in whole
    for asked, part, said in (
        ("bytes=0-126", content[:127], f"bytes 0-126/{len(content)}"),
        ("bytes=-7", content[-7:], f"bytes {len(content) - 7}-{len(content) - 1}/{len(content)}"),
        ("bytes=100-", content[100:], f"bytes 100-{len(content) - 1}/{len(content)}"),
    ):
        answer = get(url, range=asked)
        assert (answer.status_code, answer["Content-Range"]) == (206, said)
        assert body(answer) == part
    refused = get(url, range=f"bytes={len(content)}-")
    assert (refused.status_code, refused["Content-Range"]) == (416, f"bytes */{len(content)}")
    assert get(url, range="bytes=0-1", if_range=whole["ETag"]).status_code == 206
    assert get(url, range="bytes=0-1", if_range='"other"').status_code == 200
    assert get(url, if_none_match=whole["ETag"]).status_code == 304
    head = Client().head(url)
    assert (head["Content-Length"], head.content) == (str(len(content)), b"")
    assert Client().post(url).status_code == 405


@pytest.mark.parametrize(
    "name",
    [
        "layers/trees.0000000000000000.pmtiles",
        "layers/../map.json",
        "..%2f..%2fsecret_key.json",
        "layers/none.json",
        "map.json.pmtiles",
    ],
)
def test_what_is_not_an_archive_is_not_found(current, name):
    assert get(f"/tiles/archives/{name}").status_code == 404


def test_the_style_has_the_archive_as_its_one_vector_source(current):
    whole = kept.find_kept("map")
    for theme in ("light", "dark"):
        answer = get(f"/tiles/archives/style.json?theme={theme}")
        assert answer["Access-Control-Allow-Origin"] == "*"
        style = answer.json()
        url = f"pmtiles://http://testserver/tiles/archives/{whole.file}.pmtiles"
        assert style["sources"] == {"archive": {"type": "vector", "url": url}}
        drawn = [part for part in style["layers"] if part["type"] != "background"]
        assert drawn
        assert {part["source"] for part in drawn} == {"archive"}
        assert {part["source-layer"].split(".")[0] for part in drawn} == {"trees"}
        assert (
            get(
                f"/tiles/archives/style.json?theme={theme}", if_none_match=answer["ETag"]
            ).status_code
            == 304
        )


def test_the_database_is_not_asked(current, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert get(f"/tiles/archives/{current.file}.pmtiles", range="bytes=0-1").status_code == 206
        assert get("/tiles/archives/layers/trees.json").status_code == 200


def test_the_download_of_a_file_is_resumed(current):
    whole = get("/data/trees.pmtiles")
    content = body(whole)
    rest = get("/data/trees.pmtiles", range="bytes=100-", if_range=whole["ETag"])
    assert (rest.status_code, body(rest)) == (206, content[100:])
    assert "attachment" in rest["Content-Disposition"]
    assert "no-cache" in rest["Cache-Control"]

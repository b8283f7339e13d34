"""OGC API – Features: pages, filters, links and errors that help."""

import pytest
from django.test import Client

from layers.downloads.formats import DOWNLOAD_FORMATS
from layers.models import Changeset
from layers.services import apply_changeset, delete_feature, edit_feature
from layers.staging import StagedRow

pytestmark = pytest.mark.django_db
ITEMS = "/ogc/collections/trees/items"
WRONG_TIMES = (
    "",
    "garbage",
    "2026",
    "2026-13-01",
    "2026-11-20T14:05:00",
    "2026-11-20T25:00:00Z",
    "../..",
    "2026-11-20/2026-11-01",
    "2026-11-01/2026-11-20/2026-11-30",
    "٢٠٢٦-11-20",
)


@pytest.fixture
def client():
    return Client(headers={"host": "localhost"})


@pytest.fixture
def row_of_trees(trees):
    """25 trees along a parallel, 0.01 degrees apart, oaks and maples by turns."""
    import shapely

    rows = (
        StagedRow(
            f"т/{n:02d}",
            shapely.Point(30 + n / 100, 50).wkb_hex,
            f'{{"species": "{"Дуб" if n % 2 else "Клен"}", "height": {n}}}',
        )
        for n in range(25)
    )
    apply_changeset(layer=trees, rows=rows, kind=Changeset.Kind.IMPORT)
    return trees


def read_json(response):
    import json

    return json.loads(b"".join(response.streaming_content))


def keys(page):
    return [feature["id"] for feature in page["features"]]


def test_next_links_lead_through_every_feature_once(client, row_of_trees):
    url, seen, pages = f"{ITEMS}?limit=10", [], 0
    while url:
        page = read_json(client.get(url))
        assert page["numberReturned"] == len(page["features"])
        assert page["numberMatched"] == 25
        seen += keys(page)
        pages += 1
        url = next((link["href"] for link in page["links"] if link["rel"] == "next"), None)
    assert (seen, pages) == ([f"т/{n:02d}" for n in range(25)], 3)


def test_a_full_last_page_has_no_next_link(client, row_of_trees):
    page = read_json(client.get(f"{ITEMS}?limit=25"))
    assert "next" not in [link["rel"] for link in page["links"]]


def test_paging_is_not_disturbed_by_a_deletion(client, row_of_trees):
    first = read_json(client.get(f"{ITEMS}?limit=10"))
    delete_feature(layer=row_of_trees, key="т/03")
    following = next(link["href"] for link in first["links"] if link["rel"] == "next")
    assert keys(read_json(client.get(following)))[0] == "т/10"


def test_the_bbox_is_exact_and_holds_its_border(client, row_of_trees):
    page = read_json(client.get(f"{ITEMS}?bbox=30.03,49.9,30.05,50&limit=100"))
    assert keys(page) == ["т/03", "т/04", "т/05"]
    beside = read_json(client.get(f"{ITEMS}?bbox=30.0300001,49.9,30.0499999,50&limit=100"))
    assert keys(beside) == ["т/04"]


@pytest.mark.parametrize(
    ("box", "found"),
    [
        ("30.03,50,30.03,50", ["т/03"]),
        ("30.03,49,30.03,51", ["т/03"]),
        ("30.03,50,30.05,50", ["т/03", "т/04", "т/05"]),
        ("30.031,49,30.031,51", []),
        ("30.23,50,30.01,50", ["т/00", "т/01", "т/23", "т/24"]),
        ("30.24,49,-180,51", ["т/24"]),
    ],
)
def test_a_bbox_without_width_or_height_finds_what_lies_there(client, row_of_trees, box, found):
    page = read_json(client.get(f"{ITEMS}?bbox={box}&limit=100"))
    assert (keys(page), page["numberMatched"]) == (found, len(found))


@pytest.mark.parametrize(
    "time",
    [
        "2026-11-20",
        "2026-11-20T14:05:00Z",
        "2026-11-20t14:05:00.25%2B02:00",
        "2026-11-01T00:00:00Z/2026-11-20T00:00:00Z",
        "2026-11-01/..",
        "../2026-11-01T00:00:00Z",
        "/2026-11-01",
        "0001-01-01T00:00:00%2B05:00/9999-12-31T23:59:59-05:00",
    ],
)
def test_features_without_a_time_match_any(client, row_of_trees, time):
    assert read_json(client.get(f"{ITEMS}?datetime={time}"))["numberMatched"] == 25


def test_a_bbox_over_the_180th_meridian_goes_round_the_world(client, row_of_trees):
    page = read_json(client.get(f"{ITEMS}?bbox=30.2,-90,30.02,90&limit=100"))
    assert keys(page) == ["т/00", "т/01", "т/02", "т/20", "т/21", "т/22", "т/23", "т/24"]


def test_properties_filter_by_value_and_type(client, row_of_trees):
    assert len(read_json(client.get(f"{ITEMS}?species=Дуб&limit=100"))["features"]) == 12
    assert keys(read_json(client.get(f"{ITEMS}?species=Дуб&height=7"))) == ["т/07"]


def test_one_feature_by_a_key_with_a_slash(client, row_of_trees):
    page = read_json(client.get(f"{ITEMS}?limit=1"))
    response = client.get(f"{ITEMS}/т/00")
    feature = response.json()
    assert response["Content-Type"] == "application/geo+json"
    links = feature.pop("links")
    assert feature == page["features"][0]
    assert feature["geometry"] == {"type": "Point", "coordinates": [30, 50]}
    self_link = next(link["href"] for link in links if link["rel"] == "self")
    assert client.get(self_link).json()["id"] == "т/00"


def test_a_row_without_a_place_is_served_with_a_null_geometry(client, trees, plant):
    apply_changeset(layer=trees, rows=[StagedRow("1", None, '{"species": "Дуб"}')], kind="import")
    assert client.get(f"{ITEMS}/1").json()["geometry"] is None


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("bbox=1,2,3", "bbox"),
        ("bbox=a,b,c,d", "bbox"),
        ("bbox=50.4,30.5,400,30.6", "bbox"),
        ("bbox=30,51,31,50", "bbox"),
        ("bbox=nan,0,1,1", "bbox"),
        ("bbox=", "bbox"),
        ("limit=0", "limit"),
        ("limit=-1", "limit"),
        ("limit=ten", "limit"),
        ("limit=²", "limit"),
        ("after=x", "after"),
        ("after=99999999999999999999", "after"),
        ("height=high", "height"),
        ("inspector_remark=x", "inspector_remark"),
        ("unknown=x", "unknown"),
        ("crs=http://www.opengis.net/def/crs/EPSG/0/3857", "crs"),
        ("bbox-crs=EPSG:3857", "bbox-crs"),
        *((f"datetime={text}", "datetime") for text in WRONG_TIMES),
    ],
)
def test_a_bad_parameter_is_named(client, trees, query, parameter):
    response = client.get(f"{ITEMS}?{query}")
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert problem["parameter"] == parameter
    assert len(problem["detail"]) > 10


def test_a_limit_above_the_maximum_gives_the_maximum(client, row_of_trees, settings):
    settings.ITEMS_LIMIT_MAX = 7
    assert len(read_json(client.get(f"{ITEMS}?limit=1000000"))["features"]) == 7


@pytest.mark.parametrize(
    "path", ["/ogc/collections/none", "/ogc/collections/none/items", ITEMS + "/x"]
)
def test_what_is_not_there_is_a_problem_document(client, trees, path):
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert response.json()["detail"]


def test_the_same_version_is_not_sent_again(client, row_of_trees):
    first = client.get(f"{ITEMS}?limit=5")
    again = client.get(f"{ITEMS}?limit=5", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    edit_feature(layer=row_of_trees, key="т/20", values={"height": 100})
    fresh = client.get(f"{ITEMS}?limit=5", headers={"if-none-match": first["ETag"]})
    assert fresh.status_code == 200


@pytest.mark.parametrize("path", [f"{ITEMS}/т/00", f"{ITEMS}?limit=5"])
def test_another_language_is_another_version(client, row_of_trees, path):
    ukrainian = client.get(path)
    client.cookies["django_language"] = "en"
    english = client.get(path, headers={"if-none-match": ukrainian["ETag"]})
    assert english.status_code == 200
    again = client.get(path, headers={"if-none-match": english["ETag"]})
    assert again.status_code == 304


def test_compression_is_offered_and_taken(client, row_of_trees):
    import gzip

    plain = b"".join(client.get(f"{ITEMS}?limit=25").streaming_content)
    response = client.get(f"{ITEMS}?limit=25", headers={"accept-encoding": "br, gzip"})
    packed = b"".join(response.streaming_content)
    assert response["Content-Encoding"] == "gzip"
    assert len(packed) < len(plain) / 3
    assert gzip.decompress(packed).split(b'"features"')[1] == plain.split(b'"features"')[1]


def test_collections_tell_extent_titles_and_links(client, row_of_trees):
    (collection,) = client.get("/ogc/collections").json()["collections"]
    assert collection["title"] == "Дерева"
    assert collection["extent"]["spatial"]["bbox"] == [[30, 50, 30.24, 50]]
    rels = [link["rel"] for link in collection["links"]]
    assert {"self", "items", "license", "enclosure"} <= set(rels)
    files = {
        link["href"]: link["type"] for link in collection["links"] if link["rel"] == "enclosure"
    }
    assert files == {
        f"http://localhost/data/trees.{known.extension}": known.media_type
        for known in DOWNLOAD_FORMATS
    }
    english = Client(headers={"host": "localhost"})
    english.cookies["django_language"] = "en"
    assert english.get("/ogc/collections/trees").json()["title"] == "Trees"


def test_the_service_describes_itself(client, trees):
    landing = client.get("/ogc/").json()
    for link in landing["links"]:
        assert client.get(link["href"]).status_code == 200
    assert any("core" in uri for uri in client.get("/ogc/conformance").json()["conformsTo"])
    api = client.get("/ogc/api").json()
    assert api["openapi"].startswith("3.0")
    enum = api["paths"]["/collections/{collectionId}"]["get"]["parameters"][0]["schema"]["enum"]
    assert enum == ["trees"]


def test_collections_cost_the_same_number_of_queries_for_1_and_for_6(
    client, make_layer, django_assert_max_num_queries, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    make_layer("a1")
    client.get("/ogc/collections")
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get("/ogc/collections")
    for n in range(2, 7):
        make_layer(f"a{n}")
    client.get("/ogc/collections")
    with CaptureQueriesContext(connection) as six:
        client.get("/ogc/collections")
    assert len(six) == len(one)


@pytest.mark.parametrize("path", [ITEMS, "/tiles/trees.json", "/data/trees.geojson"])
def test_pages_of_other_sites_read_as_visitors(client, row_of_trees, path):
    response = client.get(path, headers={"origin": "https://example.org"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    page = client.get("/data/", headers={"origin": "https://example.org"})
    assert page.status_code == 200

"""WFS as a source: GeoJSON by pages where it is offered, else GML in one file with its own axes."""

import json

import pytest
import shapely

from importers.formats.opening import OpenOptions, inspect_file, open_source
from importers.remote import limits
from importers.remote.errors import DatasetUnchosen, RemoteFailure, UnusableAddress
from importers.remote.kinds import wfs
from tests.importers.remote.servers import Said, collection, point, say, say_page

COUNT = 5
CAPABILITIES = """<?xml version="1.0" encoding="UTF-8"?>
<wfs:WFS_Capabilities version="{version}" xmlns:wfs="http://www.opengis.net/wfs/2.0"
  xmlns:ows="http://www.opengis.net/ows/1.1" xmlns:xlink="http://www.w3.org/1999/xlink">
  <ows:ServiceIdentification><ows:Title>Кадастр зелених насаджень</ows:Title>
    <ows:AccessConstraints>Creative Commons Attribution (CC-BY)</ows:AccessConstraints>
  </ows:ServiceIdentification>
  <ows:OperationsMetadata>
    <ows:Operation name="GetFeature">
      <ows:DCP><ows:HTTP><ows:Get xlink:href="http://localhost:8080/wfs"/></ows:HTTP></ows:DCP>
      <ows:Parameter name="outputFormat">
        <ows:AllowedValues>{outputs}</ows:AllowedValues></ows:Parameter>
    </ows:Operation>
    <ows:Constraint name="ImplementsResultPaging"><ows:NoValues/>
      <ows:DefaultValue>{paging}</ows:DefaultValue></ows:Constraint>
  </ows:OperationsMetadata>
  <wfs:FeatureTypeList>
    <wfs:FeatureType><wfs:Name>city:trees</wfs:Name><wfs:Title>Дерева</wfs:Title>
      <wfs:DefaultCRS>urn:ogc:def:crs:EPSG::4326</wfs:DefaultCRS></wfs:FeatureType>
    <wfs:FeatureType><wfs:Name>city:bins</wfs:Name><wfs:Title>Контейнери</wfs:Title></wfs:FeatureType>
  </wfs:FeatureTypeList>
</wfs:WFS_Capabilities>"""
SPACES = (
    'xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:gml="http://www.opengis.net/gml/3.2"'
    ' xmlns:city="https://rada.example/city"'
)
REFUSAL = """<?xml version="1.0"?><ows:ExceptionReport version="2.0.0"
 xmlns:ows="http://www.opengis.net/ows/1.1"><ows:Exception exceptionCode="InvalidParameterValue">
 <ows:ExceptionText>Немає такого шару</ows:ExceptionText></ows:Exception></ows:ExceptionReport>"""
GML_OUTPUTS = ("text/xml; subtype=gml/3.1.1", "application/gml+xml; version=3.2")


def say_xml(text):
    return Said(text.encode(), type="application/xml")


def member(number):
    """By its name the system has latitude first."""
    return (
        f'<wfs:member><city:trees gml:id="trees.{number}"><city:number>{number}</city:number>'
        f"<city:species>Дуб «{number}»</city:species><city:geom>"
        f'<gml:Point gml:id="p.{number}" srsName="urn:ogc:def:crs:EPSG::4326">'
        f"<gml:pos>{50.4 + number / 10_000:.4f} 30.5</gml:pos></gml:Point>"
        "</city:geom></city:trees></wfs:member>"
    )


def gml(numbers, matched=COUNT, spaces=SPACES):
    return say_xml(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<wfs:FeatureCollection {spaces}'
        f' numberMatched="{matched}" numberReturned="{len(numbers)}"'
        f' timeStamp="2026-01-01T00:00:0{len(numbers)}Z">'
        + "".join(map(member, numbers))
        + "</wfs:FeatureCollection>"
    )


@pytest.fixture
def service(server, monkeypatch):
    """Of trees there are five, two on a page."""
    monkeypatch.setattr(wfs, "ROWS_A_PAGE", 2)
    server.outputs, server.paging, server.version = (
        ("application/json", *GML_OUTPUTS),
        "TRUE",
        "2.0.0",
    )
    server.override = None

    def answer(asked):
        query = asked.query
        if query.get("request") == "GetCapabilities":
            values = "".join(f"<ows:Value>{each}</ows:Value>" for each in server.outputs)
            return say_xml(
                CAPABILITIES.format(version=server.version, outputs=values, paging=server.paging)
            )
        if query.get("request") != "GetFeature":
            return say_xml(REFUSAL)
        if query.get("resulttype") == "hits":
            return gml([])
        if server.override is not None:
            return server.override(asked)
        start = int(query.get("startindex", 0))
        count = int(query.get("count", query.get("maxfeatures", COUNT)))
        numbers = range(start, min(start + count, COUNT))
        if query.get("outputformat") == "application/json":
            crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4326"}}
            features = [point(number) for number in numbers]
            return say(collection(features, numberMatched=COUNT, totalFeatures=COUNT, crs=crs))
        return gml(numbers)

    server.routes["/geoserver/wfs"] = answer
    return server


@pytest.fixture
def address(service):
    return f"{service.url}/geoserver/wfs"


def list_requests(service):
    return [one.query for one in service.asked if one.query.get("request") == "GetFeature"]


def test_a_bare_address_lists_the_feature_types(address, fetch):
    with pytest.raises(DatasetUnchosen) as refusal:
        fetch(address)
    listed = refusal.value.extra["datasets"]
    assert [(one["name"], one["title"]) for one in listed] == [
        ("city:trees", "Дерева"),
        ("city:bins", "Контейнери"),
    ]
    assert listed[0]["licence"] == "CC-BY-4.0"


def test_geojson_comes_by_pages_in_longitude_and_latitude(service, address, fetch):
    fetched = fetch(f"{address}?service=WFS&request=GetCapabilities", "city:trees")
    document = json.loads(fetched.path.read_text(encoding="utf-8"))
    numbers = [each["properties"]["number"] for each in document["features"]]
    assert (numbers, fetched.rows) == (list(range(COUNT)), COUNT)
    asked = [one for one in list_requests(service) if "startindex" in one]
    assert [one["startindex"] for one in asked] == ["0", "2", "4"]
    assert {one["srsname"] for one in asked} == {"EPSG:4326"}


def test_an_address_that_asks_for_features_tells_which(service, address, fetch):
    asked = (
        f"{address}?service=WFS&version=1.0.0&request=GetFeature&typeName=city:trees&maxFeatures=1"
    )
    assert fetch(asked).rows == COUNT


def test_gml_of_all_pages_is_one_file_with_its_own_axes(service, address, fetch):
    service.outputs = GML_OUTPUTS
    fetched = fetch(address, "city:trees")
    assert (fetched.path.name, fetched.rows) == ("Дерева.gml", COUNT)
    with open_source(fetched.path, OpenOptions()) as source:
        batches = list(source.batches())
    assert source.format == "gml"
    assert sum(len(batch.rows) for batch in batches) == COUNT
    places = shapely.from_wkb(list(batches[0].wkb.to_numpy(zero_copy_only=False)))
    assert (round(places[0].x, 4), round(places[0].y, 4)) == (30.5, 50.4)


def test_the_time_of_a_page_does_not_change_the_digest_of_gml(service, address, fetch):
    service.outputs = GML_OUTPUTS
    first = fetch(address, "city:trees").digest
    assert fetch(address, "city:trees").digest == first
    assert inspect_file(fetch(address, "city:trees").path).default


def test_a_server_that_has_no_degrees_gives_its_own_system(service, address, fetch):
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::5564"}}
    service.override = lambda asked: (
        say_xml(REFUSAL)
        if "srsname" in asked.query
        else say(collection([point(number) for number in range(COUNT)], crs=crs))
    )
    fetched = fetch(address, "city:trees")
    assert json.loads(fetched.path.read_text(encoding="utf-8"))["crs"] == crs
    with open_source(fetched.path, OpenOptions()) as source:
        assert source.declared.crs.to_epsg() == 5564


def test_a_server_without_pages_is_asked_once(service, address, fetch):
    service.paging, service.version = "FALSE", "1.1.0"
    assert fetch(address, "city:trees").rows == COUNT
    (asked,) = [
        one for one in list_requests(service) if not {"resulttype", "maxfeatures"} & set(one)
    ]
    assert asked["typename"] == "city:trees"
    assert "startindex" not in asked


@pytest.mark.parametrize("outputs", [("application/json",), GML_OUTPUTS])
def test_a_server_that_gives_the_same_page_again_is_refused(service, address, fetch, outputs):
    service.outputs = outputs
    as_json = outputs == ("application/json",)
    service.override = lambda asked: (
        say(collection([point(0), point(1)], numberMatched=COUNT)) if as_json else gml([0, 1])
    )
    with pytest.raises(RemoteFailure, match="перекриваються"):
        fetch(address, "city:trees")


@pytest.mark.parametrize("outputs", [("application/json",), GML_OUTPUTS])
def test_fewer_features_than_were_promised_are_refused(service, address, fetch, outputs):
    service.outputs, service.paging = outputs, "FALSE"
    as_json = outputs == ("application/json",)
    service.override = lambda asked: say(collection([point(0)])) if as_json else gml([0])
    with pytest.raises(RemoteFailure, match="обіцяв"):
        fetch(address, "city:trees")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (say_xml(REFUSAL), "Немає такого шару"),
        (say_page(), "вебсторінку"),
        (say_xml("<wfs:FeatureCollection><wfs:member>"), "обірвалася"),
        (say_xml('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "визначає"),
        (Said(b"PK\x03\x04"), "щось інше"),
    ],
)
def test_what_is_no_page_of_gml_is_refused(service, address, fetch, said, words):
    service.outputs = GML_OUTPUTS
    service.override = lambda asked: said
    with pytest.raises(RemoteFailure, match=words):
        fetch(address, "city:trees")


def test_a_page_larger_than_is_taken_is_refused(service, address, fetch, monkeypatch):
    service.outputs = GML_OUTPUTS
    monkeypatch.setattr(limits, "PAGE_BYTES_MAX", 100)
    with pytest.raises(UnusableAddress, match="МБ"):
        fetch(address, "city:trees")


def test_pages_with_other_namespaces_do_not_fit_into_one_file(service, address, fetch):
    service.outputs = GML_OUTPUTS
    service.override = lambda asked: (
        gml([0, 1])
        if asked.query["startindex"] == "0"
        else gml([2], spaces=SPACES.replace("rada", "other"))
    )
    with pytest.raises(RemoteFailure, match="різняться"):
        fetch(address, "city:trees")

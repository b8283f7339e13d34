"""Web Feature Service 2.0 and 1.1: its capabilities, or an address that asks it for features.

GeoJSON in longitude and latitude is asked for where the server offers it. GML comes in the system
of the feature type, whose order of axes GDAL knows by its name: there `EPSG:4326` and
`urn:ogc:def:crs:EPSG::4326` are two orders.
"""

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from importers.remote.address import find_parameter, with_parameters, without_parameters
from importers.remote.client import Client
from importers.remote.errors import RemoteFailure
from importers.remote.gml_pages import GmlFile, read_page
from importers.remote.kind import Document, Fetched, Fetching, Found, RemoteDataset
from importers.remote.licences import name_licence
from importers.remote.pages import FeatureFile, name_plainly, require_all
from importers.remote.xml import find_text, get_local, list_below, list_children

Json = Any
ROWS_A_PAGE = 1000
# What a request of another kind may have left in the address.
REQUEST = (
    "service", "version", "request", "typename", "typenames", "outputformat", "srsname", "count",
    "maxfeatures", "startindex", "resulttype", "bbox", "sections", "acceptversions",
)  # fmt: skip
JSON = re.compile(r"(application/(geo\+)?json|geo_?json|json)\b", re.IGNORECASE)
GML = re.compile(r"gml", re.IGNORECASE)
NO_LICENCE = ("", "none", "nothing", "no conditions apply")


class Wfs:
    slug = "wfs"
    title = "WFS"

    def probe(self, document: Document) -> Iterator[str]:
        """Where the address itself gave no data, a service may want its parameters."""
        yield build_capabilities_address(document.address)

    def recognise(self, document: Document, client: Client) -> Found | None:
        root = document.xml
        if root is not None and get_local(root.tag) == "WFS_Capabilities":
            return self._read(document, root)
        if not is_answer_of_wfs(document):
            return None
        wanted = find_parameter(document.address, "typeNames") or find_parameter(
            document.address, "typeName"
        )
        address = build_capabilities_address(document.address)
        found = Document(address, client.read(address, "application/xml, text/xml"))
        if found.xml is None or get_local(found.xml.tag) != "WFS_Capabilities":
            return None
        service = self._read(found, found.xml)
        chosen = tuple(one for one in service.datasets if one.name == wanted)
        return Found(self.slug, document.address, service.title, chosen or service.datasets)

    def _read(self, document: Document, root: Element) -> Found:
        facts = {"version": root.get("version", "2.0.0"), **read_operation(root)}
        terms = find_text(root, "ServiceIdentification", "AccessConstraints")
        licence = "" if terms.lower() in NO_LICENCE else name_licence(terms)
        base = without_parameters(document.address, *REQUEST)
        datasets = tuple(
            RemoteDataset(
                name=find_text(each, "Name"),
                title=find_text(each, "Title") or find_text(each, "Name"),
                address=base,
                description=find_text(each, "Abstract"),
                licence=licence,
                facts=facts,
            )
            for each in list_below(root, "FeatureTypeList", "FeatureType")
            if find_text(each, "Name")
        )
        title = find_text(root, "ServiceIdentification", "Title")
        return Found(self.slug, document.address, title, datasets)

    def fetch(self, fetching: Fetching) -> Fetched:
        dataset = fetching.dataset
        promised = count_features(fetching.client, dataset)
        outputs = [str(one) for one in dataset.facts["outputs"]]
        as_json = next((one for one in outputs if JSON.search(one)), "")
        if as_json:
            return fetch_json(fetching, as_json, promised)
        as_gml = next((one for one in reversed(outputs) if GML.search(one)), "")
        return fetch_gml(fetching, as_gml, promised)


def is_answer_of_wfs(document: Document) -> bool:
    """Features, or a refusal, that a request of this service gave."""
    asked = find_parameter(document.address, "request").lower()
    is_asked = find_parameter(document.address, "service").lower() == "wfs" or asked == "getfeature"
    if document.xml is not None:
        return get_local(document.xml.tag) == "ExceptionReport" or (
            is_asked and get_local(document.xml.tag) == "FeatureCollection"
        )
    return is_asked and not document.is_html


def build_capabilities_address(address: str) -> str:
    bare = without_parameters(address, *REQUEST)
    return with_parameters(bare, service="WFS", version="2.0.0", request="GetCapabilities")


def read_operation(root: Element) -> dict[str, Json]:
    """What the server says of `GetFeature`: its formats, and whether it gives pages."""
    outputs: list[str] = []
    paging = ""
    for metadata in list_children(root, "OperationsMetadata"):
        for operation in list_children(metadata, "Operation"):
            if operation.get("name") == "GetFeature":
                outputs += read_values(operation, "Parameter", "outputFormat")
        paging = next(iter(read_values(metadata, "Constraint", "ImplementsResultPaging")), paging)
    is_new = root.get("version", "").startswith("2")
    return {"outputs": outputs, "paging": is_new and paging.upper() != "FALSE"}


def read_values(element: Element, tag: str, name: str) -> list[str]:
    """Whatever the version, each stands in a `Value` or a `DefaultValue`."""
    return [
        " ".join((value.text or "").split())
        for each in list_children(element, tag)
        if each.get("name") == name
        for value in each.iter()
        if get_local(value.tag) in ("Value", "DefaultValue")
    ]


def build_address(dataset: RemoteDataset, **given: object) -> str:
    version = str(dataset.facts["version"])
    names = "typeNames" if version.startswith("2") else "typeName"
    request = {"service": "WFS", "version": version, "request": "GetFeature", names: dataset.name}
    return with_parameters(dataset.address, **request, **given)


def count_features(client: Client, dataset: RemoteDataset) -> int | None:
    """What the server promises; `None` where it does not tell."""
    address = build_address(dataset, resultType="hits")
    try:
        return read_page(client.read(address), address).promised
    except RemoteFailure:
        return None  # some answer only for features; what pages promise is looked at too


def list_pages(dataset: RemoteDataset, start: int) -> dict[str, object]:
    if not dataset.facts["paging"]:
        return {}
    return {"startIndex": start, "count": ROWS_A_PAGE}


def fetch_json(fetching: Fetching, output: str, promised: int | None) -> Fetched:
    """In longitude and latitude; where it has no other, in its own system, which it names."""
    dataset, client = fetching.dataset, fetching.client
    path = fetching.folder / f"{name_plainly(dataset.title)}.geojson"
    given: dict[str, object] = {"outputFormat": output, "srsName": "EPSG:4326"}
    if not answers(client, build_address(dataset, **given, **limit_to_one(dataset))):
        del given["srsName"]
    with FeatureFile(path, client) as file:
        while True:
            address = build_address(dataset, **given, **list_pages(dataset, file.rows))
            page = file.add_page(address, "application/geo+json, application/json")
            for name in ("numberMatched", "totalFeatures"):
                found = page.get(name)
                promised = found if isinstance(found, int) else promised
            fetching.on_rows(file.rows, promised)
            if is_last(dataset, page["count"], file.rows, promised):
                break
    require_all(file.rows, promised)
    return Fetched(path, file.digest, file.rows)


def limit_to_one(dataset: RemoteDataset) -> dict[str, object]:
    version = str(dataset.facts["version"])
    return {"count" if version.startswith("2") else "maxFeatures": 1}


def answers(client: Client, address: str) -> bool:
    """With JSON, not with a refusal."""
    try:
        return client.read(address).lstrip().startswith(b"{")
    except RemoteFailure as failure:
        if failure.extra.get("final"):
            return False
        raise


def fetch_gml(fetching: Fetching, output: str, promised: int | None) -> Fetched:
    """`output` is "" where the server names no format: then it gives its own."""
    dataset = fetching.dataset
    path = fetching.folder / f"{name_plainly(dataset.title)}.gml"
    given = {"outputFormat": output} if output else {}
    with GmlFile(path, fetching.client) as file:
        while True:
            address = build_address(dataset, **given, **list_pages(dataset, file.rows))
            page = file.add_page(address, "application/gml+xml, application/xml, text/xml")
            promised = promised if page.promised is None else page.promised
            fetching.on_rows(file.rows, promised)
            if is_last(dataset, page.count, file.rows, promised):
                break
    require_all(file.rows, promised)
    return Fetched(path, file.digest, file.rows)


def is_last(dataset: RemoteDataset, count: int, rows: int, promised: int | None) -> bool:
    if not dataset.facts["paging"] or not count:
        return True
    return promised is not None and rows >= promised

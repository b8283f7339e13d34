"""ArcGIS FeatureServer and MapServer: a service with its layers, one layer, or its query."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from importers.remote.address import find_parameter, get_path, with_parameters, with_path
from importers.remote.client import Client
from importers.remote.kind import Document, Fetched, Fetching, Found, RemoteDataset
from importers.remote.kinds.arcgis_values import ReadableValues
from importers.remote.licences import name_licence
from importers.remote.pages import (
    FeatureFile,
    keep_crs,
    name_plainly,
    refuse_members,
    require_all,
)

Json = Any
ROWS_A_PAGE = 1000
# Numbers of objects that an address of usual length can name.
NAMED_A_PAGE = 100
LAYERS = ("Feature Layer", "Table")
PLACE = re.compile(r"^(?P<service>.*/(?:FeatureServer|MapServer))(?:/(?P<layer>\d+))?(?:/.*)?$")
GEOJSON, ESRI = "geojson", "json"


class ArcGis:
    slug = "arcgis"
    title = "ArcGIS"

    def probe(self, document: Document) -> Iterator[str]:
        """Its pages for people, and its queries, are asked for what they are about."""
        if place := PLACE.match(get_path(document.address)):
            path = place["service"] + (f"/{place['layer']}" if place["layer"] else "")
            yield build_address(document.address, path)

    def recognise(self, document: Document, client: Client) -> Found | None:
        found = document.json
        place = PLACE.match(get_path(document.address))
        if place is None:
            return None
        if found.get("type") in LAYERS and "fields" in found:
            return self._build(document, found, [found], place["service"])
        if isinstance(found.get("layers"), list) and "spatialReference" in found:
            listed = [*found["layers"], *(found.get("tables") or [])]
            layers = [one for one in listed if isinstance(one, dict) and not one.get("subLayerIds")]
            return self._build(document, found, layers, place["service"])
        if "error" in found and not place["layer"]:
            raise refuse_members(document.address, found)
        if "features" in found or "error" in found:  # the answer of a query
            address = next(iter(self.probe(document)))
            if address != document.address:
                return self.recognise(Document(address, client.read(address)), client)
            raise refuse_members(document.address, found)
        return None

    def _build(self, document: Document, found: Json, layers: list[Json], path: str) -> Found:
        licence = name_licence(str(found.get("copyrightText") or ""))
        datasets = tuple(
            RemoteDataset(
                name=str(each["id"]),
                title=str(each.get("name") or each["id"]),
                address=build_address(document.address, f"{path}/{each['id']}"),
                description=str(each.get("description") or ""),
                licence=licence,
            )
            for each in layers
            if isinstance(each.get("id"), int)
        )
        title = str(found.get("mapName") or found.get("name") or "")
        title = title or path.rstrip("/").split("/")[-2]
        return Found(self.slug, document.address, title, datasets)

    def fetch(self, fetching: Fetching) -> Fetched:
        """All features, by pages or by their numbers, as the server can."""
        address = fetching.dataset.address
        layer = read_json(fetching.client, address)
        query = build_query(address, layer)
        counted = read_json(fetching.client, with_parameters(query, returnCountOnly="true", f=ESRI))
        promised = counted.get("count")
        promised = promised if isinstance(promised, int) else None
        as_geojson = "geojson" in str(layer.get("supportedQueryFormats") or "").lower()
        query = with_parameters(query, f=GEOJSON if as_geojson else ESRI)
        change = ReadableValues(layer, with_dates=as_geojson)
        stem = name_plainly(fetching.dataset.title)
        path = fetching.folder / (f"{stem}.geojson" if as_geojson else f"{stem}.json")
        head = keep_crs if as_geojson else change.build_head
        with FeatureFile(path, fetching.client, head) as file:
            for page in list_pages(fetching.client, query, layer, file):
                file.add_page(page, "application/json", change)
                fetching.on_rows(file.rows, promised)
        require_all(file.rows, promised)
        return Fetched(path, file.digest, file.rows)


def build_address(address: str, path: str) -> str:
    """With the key of who asks, and nothing else of a query."""
    token = find_parameter(address, "token")
    given = {"token": token} if token else {}
    return with_parameters(with_path(address, path), f=ESRI, **given)


def build_query(address: str, layer: Json) -> str:
    """All features in degrees, in the order of their numbers: only so pages do not overlap."""
    asked = with_parameters(
        with_path(address, f"{get_path(address)}/query"),
        where="1=1",
        outFields="*",
        outSR="4326",
        returnGeometry="true",
    )
    token = find_parameter(address, "token")
    return with_parameters(asked, token=token) if token else asked


def list_pages(client: Client, query: str, layer: Json, file: FeatureFile) -> Iterator[str]:
    """Addresses one after another; the next one is made when the page before it was added."""
    advanced = layer.get("advancedQueryCapabilities") or {}
    rows_max = int(layer.get("maxRecordCount") or ROWS_A_PAGE)
    number = find_number_field(layer)
    if advanced.get("supportsPagination") or layer.get("supportsPagination"):
        order = {"orderByFields": number} if number else {}
        rows = min(rows_max, ROWS_A_PAGE)
        while True:
            before = file.rows
            yield with_parameters(query, resultOffset=before, resultRecordCount=rows, **order)
            if file.rows == before:
                return
    numbers = list_numbers(client, query)
    for some in batch(numbers, min(rows_max, NAMED_A_PAGE)):
        before = file.rows
        yield with_parameters(query, objectIds=",".join(map(str, some)))
        require_all(file.rows - before, len(some))


def batch(numbers: Sequence[int], size: int) -> Iterator[list[int]]:
    left = iter(numbers)
    while some := list(islice(left, size)):
        yield some


def list_numbers(client: Client, query: str) -> list[int]:
    asked = with_parameters(query, returnIdsOnly="true", f=ESRI)
    found = read_json(client, asked).get("objectIds") or []
    return sorted(number for number in found if isinstance(number, int))


def find_number_field(layer: Json) -> str:
    """The field of a feature's number; "" where none is named."""
    if layer.get("objectIdField"):
        return str(layer["objectIdField"])
    fields = layer.get("fields") or []
    return next((str(one["name"]) for one in fields if one.get("type") == "esriFieldTypeOID"), "")


def read_json(client: Client, address: str) -> Json:
    """Raises `RemoteFailure` also for an error that comes as a success."""

    def read() -> Json:
        found = Document(address, client.read(address, "application/json")).json
        if not found or "error" in found:
            raise refuse_members(address, found)
        return found

    return client.insist(read)

"""OGC API – Features: a landing page, its collections, one collection, or its items."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from importers.remote.address import (
    find_parameter,
    get_path,
    join_address,
    with_parameters,
    with_path,
)
from importers.remote.client import Client
from importers.remote.errors import RemoteFailure
from importers.remote.kind import Document, Fetched, Fetching, Found, RemoteDataset
from importers.remote.licences import name_licence
from importers.remote.pages import FeatureFile, name_plainly, require_all

Json = Any
ROWS_A_PAGE = 1000
JSON = "application/json"
GEOJSON = "application/geo+json"
# Relations of the link to the collections: of the standard and of its drafts.
DATA = ("data", "http://www.opengis.net/def/rel/ogc/1.0/data")
PAGES_OF_COLLECTIONS = 50


class OgcFeatures:
    slug = "ogc-features"
    title = "OGC API – Features"

    def probe(self, document: Document) -> Iterator[str]:
        """Many servers show people pages, and programs JSON where they ask by a parameter."""
        if document.is_html:
            yield with_parameters(document.address, f="json")

    def recognise(self, document: Document, client: Client) -> Found | None:
        found = document.json
        if is_page_of_items(found):
            return self._read_items(document, client)
        if isinstance(found.get("collections"), list):
            return self._build(document, found, list_collections(document, client))
        if "id" in found and find_link(found, "items"):
            return self._build(document, found, [found])
        data = find_link(found, *DATA)
        if data and not found.get("type"):
            address = join_address(document.address, data)
            listed = read_json(client, address)
            return self._build(
                document, found, list_collections(listed, client), base=listed.address
            )
        return None

    def _build(
        self, document: Document, found: Json, collections: list[Json], base: str = ""
    ) -> Found:
        datasets = [read_collection(each, base or document.address) for each in collections]
        title = str(found.get("title") or "")
        return Found(
            self.slug, document.address, title, tuple(one for one in datasets if one is not None)
        )

    def _read_items(self, document: Document, client: Client) -> Found | None:
        """By its link, or the folder above, the collection that the page is of."""
        above = get_path(document.address).rstrip("/").removesuffix("/items")
        link = find_link(document.json, "collection")
        address = join_address(document.address, link) if link else ""
        try:
            collection = read_json(client, address or with_path(document.address, above))
        except RemoteFailure:
            return None
        if "id" not in collection.json or not find_link(collection.json, "items"):
            return None
        return self._build(collection, collection.json, [collection.json])

    def fetch(self, fetching: Fetching) -> Fetched:
        """Page after page by their links, in longitude and latitude, which each server offers."""
        path = fetching.folder / f"{name_plainly(fetching.dataset.title)}.geojson"
        address = with_parameters(fetching.dataset.address, limit=ROWS_A_PAGE)
        asked: set[str] = set()
        promised: int | None = None
        with FeatureFile(path, fetching.client) as file:
            while address:
                asked.add(address)
                page = file.add_page(address, f"{GEOJSON}, {JSON};q=0.9")
                promised = read_count(page.get("numberMatched"), promised)
                fetching.on_rows(file.rows, promised)
                link = find_link(page, "next")
                address = join_address(address, link) if link else ""
                if address in asked:
                    raise RemoteFailure(_("The pages of the service have no end."), final=True)
        require_all(file.rows, promised)
        return Fetched(path, file.digest, file.rows)


def is_page_of_items(found: Json) -> bool:
    if found.get("type") != "FeatureCollection" or not isinstance(found.get("links"), list):
        return False
    return bool(
        find_link(found, "next", "collection", "self")
        and ("numberMatched" in found or "numberReturned" in found)
    )


def list_collections(document: Document, client: Client) -> list[Json]:
    """Of all pages of the list."""
    collections: list[Json] = []
    for _page in range(PAGES_OF_COLLECTIONS):
        listed = document.json.get("collections")
        collections += listed if isinstance(listed, list) else []
        link = find_link(document.json, "next")
        if not link:
            break
        document = read_json(client, join_address(document.address, link))
    return collections


def read_collection(found: Json, base: str) -> RemoteDataset | None:
    """`None` for one without items, such as coverages."""
    if not isinstance(found, dict) or not found.get("id"):
        return None
    if found.get("itemType", "feature") != "feature":
        return None
    link = find_link(found, "items", media_type=GEOJSON) or find_link(found, "items")
    if not link:
        return None
    name = str(found["id"])
    return RemoteDataset(
        name=name,
        title=str(found.get("title") or name),
        address=join_address(base, link),
        description=str(found.get("description") or ""),
        licence=name_licence(find_link(found, "license") or str(found.get("license") or "")),
    )


def find_link(found: Json, *relations: str, media_type: str = "") -> str:
    """Its address as it stands there; "" where there is none."""
    links = found.get("links") if isinstance(found, dict) else None
    for link in links if isinstance(links, list) else ():
        if not isinstance(link, dict) or link.get("rel") not in relations:
            continue
        if not media_type or str(link.get("type", "")).startswith(media_type):
            return str(link.get("href") or "")
    return ""


def read_json(client: Client, address: str) -> Document:
    """Asked for as JSON, also by the parameter where the server shows pages."""
    document = Document(address, client.read(address, JSON))
    if not document.json and not find_parameter(address, "f"):
        address = with_parameters(address, f="json")
        document = Document(address, client.read(address, JSON))
    return document


def read_count(found: Json, known: int | None) -> int | None:
    return found if isinstance(found, int) and not isinstance(found, bool) else known

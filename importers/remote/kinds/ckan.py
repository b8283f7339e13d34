"""CKAN, as data.gov.ua has it: a dataset with its resources, or one resource."""

import re
from collections.abc import Iterator
from typing import Any

from importers.remote.address import (
    find_parameter,
    get_path,
    join_address,
    with_parameters,
    with_path,
)
from importers.remote.client import Client
from importers.remote.kind import Document, Fetched, Fetching, Found, RemoteDataset
from importers.remote.kinds.plain_file import fetch_file
from importers.remote.licences import name_licence

Json = Any
PAGE = re.compile(
    r"^(?P<root>.*?)/dataset/(?P<package>[^/]+)(?:/resource/(?P<resource>[^/]+).*)?/?$"
)
ACTION = re.compile(r"^(?P<root>.*)/api/(?:3/)?action/(?P<name>package_show|resource_show)$")
# Addresses of services and pages, which are no files.
NO_FILES = ("wms", "wmts", "html", "htm", "pdf")


class Ckan:
    slug = "ckan"
    title = "CKAN"

    def probe(self, document: Document) -> Iterator[str]:
        """The page of a dataset or a resource tells what the action API answers about."""
        if page := PAGE.match(get_path(document.address)):
            yield with_parameters(
                with_path(document.address, f"{page['root']}/api/3/action/package_show"),
                id=page["package"],
                **({"resource": page["resource"]} if page["resource"] else {}),
            )

    def recognise(self, document: Document, client: Client) -> Found | None:
        found = document.json
        action = ACTION.match(get_path(document.address))
        if action is None or found.get("success") is not True:
            return None
        result = found.get("result")
        if not isinstance(result, dict):
            return None
        if action["name"] == "resource_show":
            return self._read_resource(document, result, action["root"], client)
        wanted = find_parameter(document.address, "resource")
        return self._build(document, result, wanted)

    def _read_resource(
        self, document: Document, resource: Json, root: str, client: Client
    ) -> Found | None:
        """With what is said of its dataset, such as the licence."""
        address = with_parameters(
            with_path(document.address, f"{root}/api/3/action/package_show"),
            id=str(resource.get("package_id") or ""),
        )
        package = Document(address, client.read(address, "application/json")).json.get("result")
        known = package if isinstance(package, dict) else {}
        return self._build(document, known | {"resources": [resource]}, "")

    def _build(self, document: Document, package: Json, wanted: str) -> Found:
        licence = name_licence(
            " ".join(str(package.get(name) or "") for name in ("license_id", "license_title"))
        )
        resources = [one for one in package.get("resources") or () if isinstance(one, dict)]
        datasets = tuple(
            RemoteDataset(
                name=str(one["id"]),
                title=str(one.get("name") or one.get("description") or one["id"]),
                address=join_address(document.address, one["url"]),
                description=str(one.get("description") or ""),
                licence=licence,
                format=str(one.get("format") or ""),
            )
            for one in resources
            if one.get("url") and one.get("id") and is_file(one)
        )
        chosen = tuple(one for one in datasets if one.name == wanted) if wanted else datasets
        return Found(self.slug, document.address, str(package.get("title") or ""), chosen)

    def fetch(self, fetching: Fetching) -> Fetched:
        return fetching.client.insist(lambda: fetch_file(fetching))


def is_file(resource: Json) -> bool:
    return str(resource.get("format") or "").lower().lstrip(".") not in NO_FILES

"""What is not asked, and what an address or an answer may not do."""

import socket
import threading
from contextlib import suppress

import pytest

from geoportal.core.errors import DomainError
from importers.remote import guard, limits
from importers.remote.address import read_address, show_address
from importers.remote.client import Client
from importers.remote.errors import RemoteFailure, UnusableAddress
from importers.remote.guard import is_permitted
from importers.remote.kind import Document, Unchanged
from tests.importers.remote.servers import Said, collection, point, say, say_packed, say_page


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.1",
        "100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0",
        "fc00::1", "fec0::1", "ff02::1", "::ffff:127.0.0.1", "64:ff9b::a00:1",
        "2002:7f00:1::", "nonsense",
    ],
)  # fmt: skip
def test_inner_addresses_are_not_asked(number, settings):
    settings.REMOTE_ALLOWED = []
    assert not is_permitted(number)


@pytest.mark.parametrize("number", ["8.8.8.8", "2a00:1450:4001:800::200e", "64:ff9b::808:808"])
def test_addresses_of_the_open_internet_are_asked(number, settings):
    settings.REMOTE_ALLOWED = []
    assert is_permitted(number)


def test_the_setting_allows_networks_and_names(settings, server):
    port = server.url.rpartition(":")[2]
    server.routes["/"] = say({})
    settings.REMOTE_ALLOWED = []
    for host in ("127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]"):
        with pytest.raises(UnusableAddress, match="GEOPORTAL_REMOTE_ALLOWED"):
            Client(5).read(f"http://{host}:{port}/")
    assert not server.asked
    settings.REMOTE_ALLOWED = ["LocalHost"]
    assert Client(5).read(f"http://localhost:{port}/") == b"{}"
    settings.REMOTE_ALLOWED = ["127.0.0.0/8"]
    assert Client(5).read(f"http://127.0.0.1:{port}/") == b"{}"


def test_a_redirect_inside_is_not_followed(server, settings, monkeypatch):
    """The first server is of the open Internet, as far as the guard knows."""
    settings.REMOTE_ALLOWED = ["portal.example"]
    real = socket.getaddrinfo
    monkeypatch.setattr(
        guard.socket,
        "getaddrinfo",
        lambda host, *args, **given: real(
            "127.0.0.1" if host == "portal.example" else host, *args, **given
        ),
    )
    port = server.url.rpartition(":")[2]
    server.routes["/"] = Said(status=302, headers={"Location": f"http://127.0.0.1:{port}/secret"})
    with pytest.raises(UnusableAddress, match="GEOPORTAL_REMOTE_ALLOWED"):
        Client(5).read(f"http://portal.example:{port}/")
    assert server.list_paths() == ["/"]


def test_the_connection_goes_to_the_number_that_was_looked_at(server, monkeypatch):
    """A name that means something else when it is asked for again (DNS rebinding) is not asked."""
    answers = [[(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 0))]]
    monkeypatch.setattr(guard.socket, "getaddrinfo", lambda *args, **given: fake(args, answers))
    server.routes["/"] = say({})
    port = server.url.rpartition(":")[2]
    assert Client(5).read(f"http://rebinding.example:{port}/") == b"{}"
    assert server.asked[0].headers["host"] == f"rebinding.example:{port}"
    assert not answers


REAL = socket.getaddrinfo


def fake(args, answers):
    """The name is looked up once; numbers are resolved as they are."""
    return answers.pop() if args[0] == "rebinding.example" else REAL(*args)


def test_redirects_have_an_end(server):
    server.routes["/"] = Said(status=301, headers={"Location": "/"})
    with pytest.raises(UnusableAddress, match="без кінця"):
        Client(5).read(f"{server.url}/")
    assert len(server.asked) == limits.REDIRECTS_MAX + 1


@pytest.mark.parametrize(
    "text",
    [
        "", "trees.csv", "ftp://example.org/a", "file:///etc/passwd", "http://", "//example.org/",
        "https://user:secret@example.org/", "https://user@example.org/", "https://a b/",
        "https://example.org:99999/", "https://example.org/\n", "gopher://127.0.0.1:70/",
        "https://example.org/" + "a" * 2000,
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(text):
    with pytest.raises(UnusableAddress):
        read_address(text if text != "https://example.org/\n" else "https://exa\nmple.org/")


def test_addresses_of_any_script_are_as_http_takes_them():
    assert read_address(" https://дані.укр/шари?назва=дерева#a ") == (
        "https://xn--80ah2a8g.xn--j1amh/%D1%88%D0%B0%D1%80%D0%B8"
        "?%D0%BD%D0%B0%D0%B7%D0%B2%D0%B0=%D0%B4%D0%B5%D1%80%D0%B5%D0%B2%D0%B0"
    )


def test_what_opens_a_service_is_not_shown():
    shown = show_address("https://a.example/wfs?map=1&Token=abc&api_key=def&password=")
    assert shown == "https://a.example/wfs?map=1&Token=***&api_key=***&password="


def test_who_asks_says_who_it_is(server, settings):
    settings.SITE_URL = "https://geo.rada.example"
    server.routes["/"] = say({})
    Client(5).read(f"{server.url}/")
    agent = server.asked[0].headers["user-agent"]
    assert agent.startswith("OpenCity-geoportal/")
    assert agent.endswith("(+https://geo.rada.example)")


def test_a_busy_server_is_asked_again(server):
    faults = [Said(b"", 429, headers={"Retry-After": "0"}), Said(b"", 503), Said(b"{}", cut=1)]
    server.routes["/"] = lambda asked: faults.pop() if faults else say({"a": 1})
    assert Client(5).read(f"{server.url}/") == b'{"a": 1}'


@pytest.mark.parametrize(
    ("said", "words", "times"),
    [
        (Said(b"", 500), "500", 4),
        (Said(b"", 404), "нічого немає", 1),
        (Said(b"", 401), "без ключа", 1),
        (Said(b"x" * 100, cut=50), "обірвалася", 4),
        (Said(b"not gzip at all", headers={"Content-Encoding": "gzip"}), "обірвалася", 4),
    ],
)
def test_a_server_that_fails_is_told(server, said, words, times):
    server.routes["/"] = said
    with pytest.raises(RemoteFailure, match=words):
        Client(5).read(f"{server.url}/")
    assert len(server.asked) == times


def test_a_server_that_is_not_there_is_told(server):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(RemoteFailure, match="недосяжний"):
        Client(5).read(f"http://127.0.0.1:{port}/")
    with pytest.raises(RemoteFailure, match="Немає сервера"):
        Client(5).read("http://unknown.invalid/")


def test_a_server_that_says_nothing_is_left(server, monkeypatch):
    never = threading.Event()
    server.routes["/"] = Said(b"", wait=never)
    monkeypatch.setattr(limits, "SILENCE_S", 0.2)
    monkeypatch.setattr(limits, "PAUSES_S", ())
    with pytest.raises(RemoteFailure, match="надто довго"):
        Client(5).read(f"{server.url}/")
    monkeypatch.setattr(limits, "SILENCE_S", 60)
    with pytest.raises(RemoteFailure, match="надто довго"):
        Client(0.3).read(f"{server.url}/")
    never.set()


def test_a_bomb_is_not_unpacked(server, monkeypatch):
    monkeypatch.setattr(limits, "DOCUMENT_BYTES_MAX", 1 << 20)
    server.routes["/"] = say_packed({"a": "0" * (8 << 20)})
    with pytest.raises(UnusableAddress, match="МБ"):
        Client(5).read(f"{server.url}/")
    server.routes["/"] = say_packed({"a": "0" * 1000})
    assert len(Client(5).read(f"{server.url}/")) == 1009


def test_a_file_that_the_server_knows_to_be_the_same_does_not_come_again(server, fetch):
    def answer(asked):
        known = asked.headers.get("if-none-match") == '"1"'
        return Said(status=304) if known else say(collection([point(1)]), ETag='"1"')

    server.routes["/a.geojson"] = answer
    first = fetch(f"{server.url}/a.geojson")
    assert first.etag == '"1"'
    with pytest.raises(Unchanged):
        fetch(f"{server.url}/a.geojson", etag=first.etag)


def test_a_file_larger_than_is_taken_is_refused(server, fetch, settings):
    settings.UPLOAD_BYTES_MAX = 1 << 20
    server.routes["/a.csv"] = Said(b"a,b\n" * (1 << 19), type="text/csv")
    with pytest.raises(UnusableAddress, match="МБ"):
        fetch(f"{server.url}/a.csv")


@pytest.mark.parametrize(
    ("headers", "name"),
    [
        ({}, "дерева.csv"),
        ({"Content-Disposition": "attachment; filename*=UTF-8''%D0%B0.csv"}, "а.csv"),
        ({"Content-Disposition": 'attachment; filename="../../etc/passwd"'}, "passwd"),
        ({"Content-Disposition": 'attachment; filename=".hidden"'}, "hidden"),
    ],
)
def test_files_are_called_as_the_server_says_and_stay_in_their_folder(server, fetch, headers, name):
    server.fallback = Said(b"id,lon,lat\n", type="text/csv", headers=headers)
    assert fetch(f"{server.url}/дерева.csv").path.name == name


def test_a_page_is_no_file_whatever_it_calls_itself(server, fetch):
    faults = [say_page()]
    server.routes["/a.csv"] = lambda asked: (
        faults.pop() if len(server.asked) > 1 else Said(b"id\n1\n", type="text/csv")
    )
    with pytest.raises(RemoteFailure, match="вебсторінка"):
        fetch(f"{server.url}/a.csv")


STRANGE = [
    {"collections": [None, 5, {"id": {}, "links": "no"}, {"id": "a", "links": [7]}], "links": 3},
    {"id": [], "links": [{"rel": "items", "href": {"a": 1}}]},
    {"links": [{"rel": "data", "href": "http://[::1"}]},
    {"type": "Feature Layer", "fields": 5, "id": 0, "advancedQueryCapabilities": [1]},
    {"type": "Feature Layer", "fields": [3], "id": 0, "maxRecordCount": "a lot"},
    {"layers": [{"id": 0, "name": []}, "x"], "tables": 9, "spatialReference": {}},
    {"success": True, "result": {"resources": [{"id": 1, "url": 5}, 8], "license_id": {}}},
    {"type": "FeatureCollection", "links": [{"rel": "self"}], "numberMatched": "many"},
    {"error": []},
]


@pytest.mark.parametrize("document", STRANGE, ids=range(len(STRANGE)))
@pytest.mark.parametrize(
    "path",
    ["/ogc", "/rest/a/FeatureServer/0", "/rest/a/FeatureServer", "/api/3/action/package_show"],
)
def test_strange_answers_are_a_failure_of_the_server(server, fetch, path, document):
    """Or what stands there is taken for a file, as which it is refused when it is read."""
    server.fallback = say(document)
    with suppress(DomainError):
        fetch(server.url + path)


def test_entities_are_declared_in_no_encoding():
    bomb = '<!DOCTYPE a [<!ENTITY b "c">]><WFS_Capabilities>&b;</WFS_Capabilities>'
    for encoding in ("utf-8", "utf-16-le"):
        document = Document("http://a.example/", bomb.encode(encoding))
        assert document.xml is None

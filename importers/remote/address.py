"""Addresses as people give them: checked, shown without secrets, and with other parameters."""

from urllib.parse import (
    parse_qsl,
    quote,
    unquote,
    urlencode,
    urljoin,
    urlsplit,
    urlunsplit,
)

from django.utils.translation import gettext as _

from importers.remote.errors import UnusableAddress

LETTERS_MAX = 2000
PORTS = {"http": 80, "https": 443}
# Parameters that open a service, whatever it calls them; their values are never shown.
SECRETS = ("token", "key", "pass", "pwd", "secret", "auth", "sig", "session")
HIDDEN = "***"
KEPT_IN_PATH = "/%:@!$&'()*+,;=~-._"
KEPT_IN_QUERY = f"{KEPT_IN_PATH}?[]"


def is_address(text: str) -> bool:
    """Rather than the path of a file."""
    return text.strip().lower().startswith(("http://", "https://"))


def read_address(text: str) -> str:
    """With letters and hosts of any script as HTTP takes them. Raises `UnusableAddress`."""
    text = text.strip()
    if len(text) > LETTERS_MAX or any(ord(letter) < 33 for letter in text):
        raise UnusableAddress(_("This is no address of a page or a service."))
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
        if not host.isascii():
            host = host.encode("idna").decode()
    except ValueError as error:  # UnicodeError is one
        raise UnusableAddress(_("This is no address of a page or a service.")) from error
    if parts.scheme not in PORTS or not host:
        raise UnusableAddress(_("An address begins with https:// or http://."))
    if parts.username is not None or parts.password is not None:
        raise UnusableAddress(_("An address with a name and a password in it is not taken."))
    place = f"[{host}]" if ":" in host else host
    if port is not None and port != PORTS[parts.scheme]:
        place = f"{place}:{port}"
    path = quote(parts.path, safe=KEPT_IN_PATH) or "/"
    query = quote(parts.query, safe=KEPT_IN_QUERY)
    return urlunsplit((parts.scheme, place, path, query, ""))


def join_address(base: str, reference: object) -> str:
    """Where a link of the answer at `base` leads. Raises `UnusableAddress`."""
    return read_address(urljoin(base, str(reference)))


def show_address(address: str) -> str:
    """For people and logs: without what opens the service."""
    try:
        parts = urlsplit(address)
        host = parts.netloc.rpartition("@")[2]
    except ValueError:
        return HIDDEN
    pairs = [
        (name, HIDDEN if is_secret(name) and value else value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
    ]
    query = urlencode(pairs, safe=f"{KEPT_IN_QUERY}*", quote_via=quote)
    return urlunsplit((parts.scheme, host, parts.path, query, ""))


def is_secret(parameter: str) -> bool:
    return any(word in parameter.lower() for word in SECRETS)


def list_parameters(address: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(address).query, keep_blank_values=True)


def find_parameter(address: str, name: str) -> str:
    """Whatever its case; "" where it is not there."""
    named = (value for key, value in list_parameters(address) if key.lower() == name.lower())
    return next(named, "")


def with_parameters(address: str, **given: object) -> str:
    """The address with these parameters instead of those of the same name, whatever their case."""
    kept = list_parameters(without_parameters(address, *given))
    added = [(name, str(value)) for name, value in given.items()]
    query = urlencode([*kept, *added], quote_via=quote)
    return urlunsplit(urlsplit(address)._replace(query=query))


def without_parameters(address: str, *names: str) -> str:
    """Whatever their case."""
    gone = {name.lower() for name in names}
    kept = [(key, value) for key, value in list_parameters(address) if key.lower() not in gone]
    return urlunsplit(urlsplit(address)._replace(query=urlencode(kept, quote_via=quote)))


def with_path(address: str, path: str) -> str:
    """Another place of the same server, without parameters."""
    return urlunsplit(urlsplit(address)._replace(path=path, query="", fragment=""))


def get_path(address: str) -> str:
    return urlsplit(address).path


def name_file(address: str) -> str:
    """The last part of its path, as people read it; "" where it ends with a slash."""
    return unquote(get_path(address).rpartition("/")[2])

"""Which servers may be asked: those of the open Internet, and those that a setting names.

An address that a stranger chose must not reach what only this machine or its network reach
(server-side request forgery). So the host is resolved here, once, and the connection goes to what
was found: a name that means something else a moment later changes nothing.
"""

import socket
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

from django.conf import settings
from django.utils.translation import gettext as _

from importers.remote.errors import RemoteFailure, UnusableAddress

Ip = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
# IPv6 addresses in which an address of IPv4 is hidden: it is that one which is reached.
NAT64 = IPv6Network("64:ff9b::/96")


def resolve(host: str, port: int) -> list[str]:
    """Numbers that may be connected to, in the order of the resolver.

    Raises `UnusableAddress` where one of them may not be asked, `RemoteFailure` for an unknown
    name.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise RemoteFailure(_("There is no server “%(host)s”.") % {"host": host}) from error
    numbers = list(dict.fromkeys(str(one[4][0]) for one in found))
    if not is_named(host) and not all(is_permitted(number) for number in numbers):
        raise UnusableAddress(
            _(
                "“%(host)s” is an address of an inner network, which is not asked;"
                " an administrator can allow it by GEOPORTAL_REMOTE_ALLOWED."
            )
            % {"host": host}
        )
    return numbers


def is_named(host: str) -> bool:
    """The setting allows this very name."""
    return host.lower().rstrip(".") in {name.lower() for name in settings.REMOTE_ALLOWED}


def is_permitted(number: str) -> bool:
    """It is of the open Internet, or of a network that the setting allows."""
    try:
        ip = unwrap(ip_address(number.partition("%")[0]))
    except ValueError:
        return False
    if any(ip.version == each.version and ip in each for each in list_networks()):
        return True
    if isinstance(ip, IPv6Address) and ip.is_site_local:
        return False  # inner networks of old, which `is_global` does not know
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def unwrap(ip: Ip) -> Ip:
    """The IPv4 address that one of IPv6 stands for, where it does."""
    if isinstance(ip, IPv4Address):
        return ip
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    if ip.sixtofour is not None:
        return ip.sixtofour
    return IPv4Address(int(ip) & 0xFFFFFFFF) if ip in NAT64 else ip


def list_networks() -> list[Network]:
    networks = []
    for text in settings.REMOTE_ALLOWED:
        try:
            networks.append(ip_network(text, strict=False))
        except ValueError:
            continue  # the name of a host
    return networks

"""`/metrics`, for the monitoring of this machine and of networks that the operator names."""

from functools import cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from geoportal.core.errors import NotFound
from geoportal.core.metrics.exposition import CONTENT_TYPE, write_exposed

# Where proxies say whom they ask for. What cannot be read as an address is a stranger.
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED")


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Numbers of all web processes of this machine, whichever answers. They name layers that are
    not public, so strangers find nothing here.
    """
    if not is_monitoring(request):
        raise NotFound(_("There is no such page."))
    return HttpResponse(write_exposed(), content_type=CONTENT_TYPE)


def is_monitoring(request: HttpRequest) -> bool:
    """Everyone on the way is of a named network: a proxy on this machine lets no stranger in, and
    a stranger who writes such a header himself is seen by his own address.
    """
    said = [request.META[name] for name in FORWARDED if request.META.get(name)]
    chain = ",".join([request.META.get("REMOTE_ADDR", ""), *said])
    return all(is_named(address.strip()) for address in chain.split(","))


def is_named(address: str) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None) or found
    return any(mapped in parse_network(text) for text in settings.METRICS_NETWORKS)


@cache
def parse_network(text: str) -> IPv4Network | IPv6Network:
    """Raises `ValueError`."""
    return ip_network(text)

"""What browsers and telephones ask of the portal's looks: icons, the accent, the manifest."""

import re
from io import BytesIO
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from PIL import Image

from geoportal.core.errors import NotFound
from geoportal.interface.accents import Shades, build_accents
from geoportal.interface.community import get_community, get_portal_name
from geoportal.interface.models import Community

FOR_EVER: Final = "public, max-age=31536000, immutable"
HEX: Final = re.compile(r"[0-9a-f]{6}")
SIDES_PX: Final = (96, 192, 512)
GROUND: Final = "#ffffff"


@require_safe
def icon(request: HttpRequest, digest: str, side: int) -> HttpResponse:
    """The logo in a square; the address changes with the logo."""
    community = Community.objects.filter(logo_digest=digest).first() if digest else None
    if community is None or side not in SIDES_PX:
        raise NotFound(_("There is no such picture."))
    return _keep(HttpResponse(draw_icon(bytes(community.logo), side), content_type="image/png"))


def draw_icon(logo: bytes, side_px: int) -> bytes:
    """A PNG with nothing around the logo but transparent ground."""
    with Image.open(BytesIO(logo)) as opened:
        image = opened.convert("RGBA")
    scale = side_px / max(image.size)
    size = tuple(max(1, round(length * scale)) for length in image.size)
    image = image.resize((size[0], size[1]), Image.Resampling.LANCZOS)
    square = Image.new("RGBA", (side_px, side_px))
    square.paste(image, ((side_px - image.width) // 2, (side_px - image.height) // 2))
    target = BytesIO()
    square.save(target, "PNG", optimize=True)
    return target.getvalue()


@require_safe
def accent(request: HttpRequest, color: str) -> HttpResponse:
    """The shades of a colour for both themes, over those of `tokens.css`."""
    if not HEX.fullmatch(color):
        raise NotFound(_("There is no such picture."))
    accents = build_accents(f"#{color}")
    sheet = (
        f":root{{{_write(accents.light)}}}"
        f"@media (prefers-color-scheme:dark){{:root{{{_write(accents.dark)}}}}}"
    )
    return _keep(HttpResponse(sheet, content_type="text/css; charset=utf-8"))


def _write(shades: Shades) -> str:
    return (
        f"--accent:{shades.accent};--accent-hover:{shades.hover};"
        f"--accent-soft:{shades.soft};--on-accent:{shades.on}"
    )


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """How the portal stands on a telephone (W3C Web Application Manifest), in Ukrainian."""
    with translation.override(settings.LANGUAGE_CODE):
        community = get_community()
        document = {
            "id": "/",
            "name": community.name or get_portal_name(community),
            "short_name": get_portal_name(community),
            "lang": settings.LANGUAGE_CODE,
            "start_url": "/",
            "display": "standalone",
            "background_color": GROUND,
            "theme_color": build_accents(community.accent).light.accent
            if community.accent
            else GROUND,
            "icons": list_icons(community),
        }
    response = JsonResponse(document, json_dumps_params={"ensure_ascii": False})
    response.headers["Content-Type"] = "application/manifest+json"
    return response


def list_icons(community: Community) -> list[dict[str, str]]:
    if not community.logo_digest:
        mark = static("interface/icons/mark.svg")
        return [{"src": mark, "sizes": "any", "type": "image/svg+xml"}]
    return [
        {
            "src": reverse("community-icon", args=[community.logo_digest, side]),
            "sizes": f"{side}x{side}",
            "type": "image/png",
        }
        for side in SIDES_PX
    ]


def _keep(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = FOR_EVER
    return response

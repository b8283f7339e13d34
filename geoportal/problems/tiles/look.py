"""How problems look on the whole map: bubbles with counts from afar, signs of single ones near by.

The one definition for maps elsewhere and for the portal's own, which asks for other tiles under its
filter. Nobody sees the archive who has not asked for it.
"""

from urllib.parse import urlencode

from django.utils.translation import gettext as _

from geoportal.interface.community import get_portal_name
from geoportal.mapkit.state_signs import list_sign_names
from geoportal.problems.history.layer_spec import LAYER_SLUG
from geoportal.problems.models import Category
from geoportal.problems.templatetags.problem_display import ICON_OF_ANY
from geoportal.problems.tiles.source import APART_ZOOM
from geoportal.problems.workflow import ACTIVE, CURRENT, PUBLISHED
from tiles.style.defaults import FONT, HALO, TEXT, Expression, StyleLayer, by_zoom
from tiles.style.whole_map import Drawn

SINGLE: Expression = ["==", ["get", "total"], 1]
URGENCY: Expression = ["match", ["get", "status"], "open", 3, "accepted", 2, "closed", 1, 0]
# The tail of a bubble ends so far above the lower edge of its picture.
TAIL_PX = 3
ALWAYS = {"icon-allow-overlap": True, "icon-padding": 0}
ON_ITS_TAIL = {**ALWAYS, "icon-anchor": "bottom", "icon-offset": [0, TAIL_PX]}


def draw_problems(theme: str, base_url: str) -> Drawn:
    """Problems that are not archived; `tiles.style.whole_map` says of what."""
    query = urlencode([("state", state.value) for state in CURRENT])
    source = {
        "type": "vector",
        "tiles": [f"{base_url}/problems/tiles/{{z}}/{{x}}/{{y}}.mvt?{query}"],
        "minzoom": 0,
        "maxzoom": APART_ZOOM,
        "attribution": f"© {get_portal_name()}",
    }
    used = Category.objects.exclude(icon="").order_by("icon").values_list("icon", flat=True)
    icons = dict.fromkeys([*used, ICON_OF_ANY])
    names = list_sign_names(theme, map(str, PUBLISHED), map(str, ACTIVE), icons)
    return Drawn({LAYER_SLUG: source}, list_layers(theme), list(names))


def list_layers(theme: str) -> list[StyleLayer]:
    """From the bottom up; what is drawn later is placed first."""
    parts = (draw_names(theme), draw_far(theme), draw_near(theme), draw_clusters(theme))
    common = {"type": "symbol", "source": LAYER_SLUG, "source-layer": LAYER_SLUG}
    metadata = {"layer": LAYER_SLUG, "ground": False}
    return [{**common, "metadata": metadata, **part} for part in parts]


def draw_far(theme: str) -> StyleLayer:
    return {
        "id": f"{LAYER_SLUG}--far",
        "filter": SINGLE,
        "maxzoom": APART_ZOOM,
        "layout": {
            **ON_ITS_TAIL,
            "icon-image": name_sign("", theme),
            "icon-size": by_zoom(8, 0.62, 12, 0.8, 15, 1),
            "symbol-sort-key": URGENCY,
        },
    }


def draw_near(theme: str) -> StyleLayer:
    icon: Expression = ["coalesce", ["get", "icon"], ICON_OF_ANY]
    return {
        "id": f"{LAYER_SLUG}--near",
        "filter": SINGLE,
        "minzoom": APART_ZOOM,
        "layout": {
            **ON_ITS_TAIL,
            "icon-image": name_sign(icon, theme),
            "icon-size": by_zoom(APART_ZOOM, 0.9, 18, 1.1),
            "symbol-sort-key": URGENCY,
        },
    }


def name_sign(icon: str | Expression, theme: str) -> Expression:
    """The name of the picture of one problem."""
    late: Expression = ["case", [">", ["get", "late"], 0], "late", ""]
    return ["concat", "problem|", ["get", "status"], "|", icon, "|", late, f"|{theme}"]


def draw_names(theme: str) -> StyleLayer:
    return {
        "id": f"{LAYER_SLUG}--names",
        "filter": SINGLE,
        "minzoom": APART_ZOOM + 1,
        "layout": {
            "text-field": ["get", "title"],
            "text-font": FONT,
            "text-size": 12,
            "text-max-width": 11,
            "text-anchor": "top",
            "text-offset": [0, 0.3],
            "text-padding": 2,
        },
        "paint": {
            "text-color": TEXT[theme],
            "text-halo-color": HALO[theme],
            "text-halo-width": 1.5,
        },
    }


def draw_clusters(theme: str) -> StyleLayer:
    """A larger bubble with the count, in the colour of the most urgent state in it."""
    most_urgent: Expression = ["case"]
    for state in CURRENT:
        most_urgent += [[">", ["get", state.value], 0], state.value]
    total: Expression = ["get", "total"]
    thousands: Expression = ["concat", ["to-string", ["round", ["/", total, 1000]]], _("k")]
    return {
        "id": f"{LAYER_SLUG}--clusters",
        "filter": ["!", SINGLE],
        "layout": {
            **ALWAYS,
            "icon-image": ["concat", "cluster|", [*most_urgent, PUBLISHED[-1].value], f"|{theme}"],
            "icon-size": ["step", total, 0.76, 10, 0.82, 100, 0.9, 1000, 1],
            "text-field": ["case", [">=", total, 10000], thousands, ["to-string", total]],
            "text-font": FONT,
            "text-size": ["step", total, 13, 1000, 14],
            "text-offset": [0, -0.32],
            "text-allow-overlap": True,
            "text-ignore-placement": True,
            "symbol-sort-key": total,
        },
        "paint": {"text-color": TEXT[theme]},
    }

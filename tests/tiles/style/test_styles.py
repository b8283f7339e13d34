"""The map's style: valid for MapLibre, ordered, and made of what a layer says of itself."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from layers.models import Layer
from tiles.style.document import build_style, list_style_layers

pytestmark = pytest.mark.django_db
VALIDATOR = Path("node_modules/.bin/gl-style-validate")
OWN_STYLE = {
    "light": [{"type": "circle", "paint": {"circle-color": "#123456"}}],
}


def make_layer(slug: str, geometry_type: str, **values: object) -> Layer:
    return Layer(
        slug=slug,
        title_uk=f"Шар {slug}",
        geometry_type=geometry_type,
        **{"color": "#2f6f8f", "icon": "trees", "title_field": "name"} | values,
    )


def make_layers() -> list[Layer]:
    return [
        make_layer("pharmacies", "point", shown_by_default=True),
        make_layer("routes", "line", min_zoom=11, max_zoom=14),
        make_layer("parks", "polygon"),
        make_layer("works", "mixed"),
        make_layer("districts", "polygon", kind=Layer.Kind.TERRITORY),
        make_layer("streets", "line", is_basemap=True),
        make_layer("water", "polygon", is_basemap=True),
        make_layer("oaks", "point", style=OWN_STYLE),
    ]


def ids_of(style: dict[str, object]) -> list[str]:
    parts = style["layers"]
    assert isinstance(parts, list)
    return [part["id"] for part in parts]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_style_of_every_geometry_type_is_valid_for_maplibre(theme: str, tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None or not VALIDATOR.exists():
        pytest.skip("Node.js or the npm packages are not installed")
    style = build_style(
        make_layers(),
        theme=theme,
        base_url="https://town.example",
        raster_url="https://tiles.example/{z}/{x}/{y}.png",
    )
    file = tmp_path / "style.json"
    file.write_text(json.dumps(style), encoding="utf-8")
    done = subprocess.run(
        [node, str(VALIDATOR), str(file)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_areas_lie_under_streets_and_points_over_all() -> None:
    ids = ids_of(build_style(make_layers(), theme="light", base_url=""))
    order = [ids.index(name) for name in ("background", "water--0", "parks--0", "streets--0")]
    assert order == sorted(order)
    assert ids.index("streets--0") < ids.index("routes--0") < ids.index("pharmacies--0")


def test_only_ground_and_default_layers_are_visible_at_first() -> None:
    style = build_style(make_layers(), theme="light", base_url="")
    visible = {
        part["metadata"]["layer"]
        for part in style["layers"]  # type: ignore[attr-defined]
        if "source-layer" in part and part["layout"]["visibility"] == "visible"
    }
    assert visible == {"pharmacies", "streets", "water"}


def test_tiles_are_asked_for_only_at_zooms_where_the_layer_is_shown() -> None:
    style = build_style(make_layers(), theme="light", base_url="https://town.example")
    source = style["sources"]["routes"]  # type: ignore[index]
    assert source["tiles"] == ["https://town.example/tiles/routes/{z}/{x}/{y}.mvt"]
    assert (source["minzoom"], source["maxzoom"]) == (11, 14)
    routes = make_layer("routes", "line", min_zoom=11, max_zoom=14)
    part = list_style_layers(routes, "light", "routes", {})[0]
    assert (part["minzoom"], part["maxzoom"]) == (11, 15)


def test_light_style_serves_the_dark_theme_where_there_is_no_dark_one() -> None:
    oaks = make_layer("oaks", "point", style=OWN_STYLE)
    part, *_clusters = list_style_layers(oaks, "dark", "oaks", OWN_STYLE)
    assert part["paint"] == {"circle-color": "#123456"}


def test_clusters_lie_over_every_disc_and_names_of_areas_have_points_of_their_own() -> None:
    style = build_style(make_layers(), theme="light", base_url="")
    parts = {part["id"]: part for part in style["layers"]}  # type: ignore[attr-defined]
    assert parts["oaks--clusters-0"]["source-layer"] == "oaks.clusters"
    assert parts["districts--2"]["source-layer"] == "districts.labels"
    assert parts["districts--0"]["source-layer"] == "districts"
    ids = list(parts)
    assert ids.index("pharmacies--0") < ids.index("oaks--clusters-0")
    assert ids.index("oaks--clusters-0") + 1 == ids.index("oaks--clusters-1")
    assert "parks--clusters-0" not in ids


def test_ground_seen_from_afar_comes_in_one_tile_and_the_rest_in_its_own() -> None:
    layers = [*make_layers(), make_layer("buildings", "polygon", is_basemap=True, min_zoom=13)]
    sources = build_style(layers, theme="light", base_url="")["sources"]
    assert sources["ground-0"]["tiles"] == ["/tiles/streets,water/{z}/{x}/{y}.mvt"]  # type: ignore[index]
    assert sources["buildings"]["minzoom"] == 13  # type: ignore[index]
    assert "streets" not in sources  # type: ignore[operator]


def test_names_of_places_lie_over_all_but_counts_and_house_numbers_under_the_layers() -> None:
    name = {"light": [{"type": "symbol", "layout": {"text-field": ["get", "name"]}}]}
    names = {"light": [*name["light"], {**name["light"][0], "minzoom": 12}]}
    layers = [
        make_layer("villages", "point", is_basemap=True, style=names),
        make_layer("addresses", "point", is_basemap=True, style=name, min_zoom=17),
        *make_layers(),
    ]
    ids = ids_of(build_style(layers, theme="light", base_url=""))
    over = ids[ids.index("villages--0") + 1 :]
    # Placed first, so that a name keeps off them.
    assert over == [each for each in ids if "--clusters-" in each] != []
    assert ids.index("addresses--0") < ids.index("pharmacies--2")
    assert ids.index("villages--1") < ids.index("pharmacies--2")


def test_name_of_a_point_lies_under_every_disc_so_that_icons_are_placed_first() -> None:
    ids = ids_of(build_style(make_layers(), theme="light", base_url=""))
    assert ids.index("pharmacies--2") < min(ids.index("pharmacies--0"), ids.index("oaks--0"))
    assert ids.index("oaks--0") < ids.index("pharmacies--1")

"""Style layers of place names: the town from afar, then villages, then its districts."""

from geoportal.demo.styles.ground import StyleLayer, by_zoom, label
from geoportal.demo.styles.palette import Palette


def draw_places(p: Palette) -> list[StyleLayer]:
    return [
        _names(p, "мікрорайон", p.text_soft, by_zoom(12.5, 10.5, 15, 14), 12.5, 16, **{
            "text-transform": "uppercase", "text-letter-spacing": 0.16, "text-max-width": 7,
        }),
        _names(p, "село", p.text, by_zoom(9, 10.5, 12, 13, 15, 17), 9, 17, **{
            "text-anchor": "bottom", "text-offset": [0, -0.5],
        }),
        _names(p, "місто", p.text, by_zoom(6, 13, 10, 17, 13, 24), 0, 13.5, **{
            "text-letter-spacing": 0.02,
        }),
    ]  # fmt: skip


def _names(
    p: Palette, kind: str, color: str, size: object, minzoom: float, maxzoom: float,
    **layout: object,
) -> StyleLayer:  # fmt: skip
    part = label("name", color, p, size, **layout)
    return part | {"minzoom": minzoom, "maxzoom": maxzoom, "filter": ["==", ["get", "class"], kind]}

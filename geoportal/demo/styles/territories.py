"""Style layers of territories: an outline that stands on any ground, a breath of colour, a name."""

from geoportal.demo.styles.ground import Style, StyleLayer, both, by_zoom, label, sample
from geoportal.demo.styles.palette import LIGHT, Palette
from tiles.default_styles import lighten


def draw_boundary(color: str) -> Style:
    """The community's limit: a soft band inside the line."""

    def draw(p: Palette) -> list[StyleLayer]:
        line = color if p is LIGHT else lighten(color, 0.35)
        return [
            _fill(line, 0.01),
            _line(line, by_zoom(9, 3, 14, 12), **{"line-opacity": 0.16}),
            _line(line, by_zoom(9, 1.2, 14, 2.4), **{"line-dasharray": [6, 2, 1.5, 2]}),
        ]

    return both(draw, [sample("line", color, "Межа громади", "Boundary of the community")])


def draw_zones(color: str) -> Style:
    """Zones of one layer, told apart by tints of its colour."""

    def draw(p: Palette) -> list[StyleLayer]:
        line = color if p is LIGHT else lighten(color, 0.4)
        return [
            _fill(line, 0.1),
            _line(p.halo, by_zoom(9, 2.5, 14, 5), **{"line-opacity": 0.7}),
            _line(line, by_zoom(9, 1, 14, 2)),
            label("name", line, p, by_zoom(10, 11, 14, 14), **{
                "text-max-width": 8, "text-padding": 12, "text-letter-spacing": 0.02,
            }),
        ]  # fmt: skip

    return both(draw, [])


def _fill(color: str, opacity: float) -> StyleLayer:
    return {"type": "fill", "paint": {"fill-color": color, "fill-opacity": opacity}}


def _line(color: str, width: object, **paint: object) -> StyleLayer:
    return {
        "type": "line",
        "layout": {"line-join": "round"},
        "paint": {"line-color": color, "line-width": width} | paint,
    }

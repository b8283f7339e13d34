"""Style layers of objects that deserve more than a disc with an icon: trees, parks, pitches."""

from geoportal.demo.styles.ground import Style, StyleLayer, both, by_zoom, label, pick, sample
from geoportal.demo.styles.palette import LIGHT, Palette
from tiles.default_styles import lighten

CONDITIONS = (
    ("добрий", "#4f8a3c", "Добрий стан", "Good condition"),
    ("задовільний", "#c9a227", "Задовільний стан", "Fair condition"),
    ("незадовільний", "#c0563b", "Незадовільний стан", "Poor condition"),
)


def tree_style() -> Style:
    """Crowns as wide as the tree is high, coloured by state; the stem shows near by."""

    def draw(p: Palette) -> list[StyleLayer]:
        shift = 0.0 if p is LIGHT else 0.12
        colors = {value: lighten(color, shift) for value, color, _, _ in CONDITIONS}
        crown = pick("condition", colors, colors["добрий"])
        size = ["+", 1.1, ["*", 0.075, ["coalesce", ["get", "heightValue"], 8]]]
        return [
            {
                "type": "circle",
                "paint": {
                    "circle-color": crown,
                    "circle-opacity": by_zoom(14, 0.75, 17, 0.5),
                    "circle-radius": by_zoom(
                        14, ["*", 0.55, size], 16, ["*", 1.5, size], 19, ["*", 9, size], base=1.7
                    ),
                    "circle-pitch-alignment": "map",
                },
            },
            {
                "type": "circle",
                "minzoom": 17,
                "paint": {"circle-color": crown, "circle-radius": by_zoom(17, 1.2, 20, 3.5)},
            },
        ]

    return both(draw, [sample("circle", color, uk, en) for _, color, uk, en in CONDITIONS])


def park_style(color: str) -> Style:
    """A green area with its name."""

    def draw(p: Palette) -> list[StyleLayer]:
        return [
            {"type": "fill", "paint": {"fill-color": p.park, "fill-opacity": 0.35}},
            {
                "type": "line",
                "paint": {
                    "line-color": color if p is LIGHT else lighten(color, 0.25),
                    "line-width": by_zoom(11, 0.5, 16, 1.6),
                    "line-opacity": 0.7,
                },
            },
            label("name", p.text_green, p, by_zoom(13, 11, 17, 14), **{
                "text-max-width": 8, "text-padding": 6,
            }) | {"minzoom": 13},
        ]  # fmt: skip

    return both(draw, [sample("area", "#5a9a48", "Парк або сквер", "Park or square")])

"""Icons that the style editor offers: a choice of the kept set, for what a community maps."""

from django.conf import settings

SUGGESTED = (
    "map-pin", "map", "landmark", "church", "building", "building-2", "house", "school",
    "graduation-cap", "baby", "blocks", "hospital", "cross", "pill", "ambulance", "shield",
    "siren", "flame", "fire-extinguisher", "shelving-unit", "wifi", "antenna", "mail", "library",
    "book-open", "theater", "music", "palette", "camera", "castle", "trees", "tree-deciduous",
    "tree-pine", "flower-2", "sprout", "leaf", "droplets", "waves", "fish", "mountain", "dog",
    "paw-print", "trash-2", "recycle", "battery-charging", "zap", "lightbulb", "lamp", "plug",
    "car", "square-parking", "bus", "tram-front", "train-front", "bike", "footprints", "signpost",
    "traffic-cone", "construction", "wrench", "hammer", "factory", "warehouse", "shopping-cart",
    "store", "coffee", "utensils", "bed", "toilet", "bath", "dumbbell", "volleyball", "trophy",
    "accessibility", "heart-handshake", "users", "flag", "star", "eye", "info",
)  # fmt: skip


def list_suggested_icons() -> list[str]:
    """Those of them that the installed set has."""
    return [name for name in SUGGESTED if has_icon(name)]


def has_icon(name: str) -> bool:
    """Where the set is not installed every name is taken: the map leaves out what is not there."""
    folder = settings.BASE_DIR / "node_modules/lucide-static/icons"
    return not folder.is_dir() or (folder / f"{name}.svg").is_file()

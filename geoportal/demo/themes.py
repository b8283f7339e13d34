"""Themes that group the layers of the community in the map's panel."""

from layers.models import Theme

HEALTH, EDUCATION, ENVIRONMENT, TRANSPORT = "health", "education", "environment", "transport"
LEISURE, SAFETY, CULTURE, SERVICES = "leisure", "safety", "culture", "services"
BOUNDARIES, ADDRESSES = "boundaries", "addresses"
THEMES: tuple[tuple[str, str, str, str], ...] = (
    (HEALTH, "Здоров’я", "Health", "heart-pulse"),
    (EDUCATION, "Освіта", "Education", "graduation-cap"),
    (ENVIRONMENT, "Довкілля", "Environment", "leaf"),
    (LEISURE, "Дозвілля і спорт", "Leisure and sports", "volleyball"),
    (CULTURE, "Культура", "Culture", "landmark"),
    (SERVICES, "Міські послуги", "Town services", "wifi"),
    (TRANSPORT, "Транспорт", "Transport", "bus"),
    (SAFETY, "Безпека", "Safety", "shield"),
    (BOUNDARIES, "Межі", "Boundaries", "map"),
    (ADDRESSES, "Адреси і вулиці", "Addresses and streets", "house"),
)


def write_themes() -> dict[str, Theme]:
    """Every theme in the database, by slug."""
    return {
        slug: Theme.objects.update_or_create(
            slug=slug,
            defaults={"title_uk": uk, "title_en": en, "icon": icon, "position": position},
        )[0]
        for position, (slug, uk, en, icon) in enumerate(THEMES)
    }

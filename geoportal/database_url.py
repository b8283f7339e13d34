"""The address of the database as Django wants it: from one URL, as other programs write it."""

from urllib.parse import parse_qsl, unquote, urlsplit

# How alike words must be for search to forgive a typo; one wrong letter of seven is 0.5.
SIMILARITY_SETTING = "pg_trgm.word_similarity_threshold=0.45"


def database_from_url(url: str) -> dict[str, object]:
    """Read a libpq-style URL; a socket folder goes into the query: `postgis:///name?host=/run/pg`."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.contrib.gis.db.backends.postgis",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or "") or query.pop("user", ""),
        "PASSWORD": unquote(parts.password or "") or query.pop("password", ""),
        "HOST": parts.hostname or query.pop("host", ""),
        "PORT": str(parts.port or "") or query.pop("port", ""),
        "OPTIONS": query | {"options": f"-c {SIMILARITY_SETTING}"},
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }

"""What is configured: every setting is read here, once, from variables named GEOPORTAL_*.

`docs/reference/settings.md` lists them; `geoportal.core.checks` refuses unsafe ones at start.
"""

from pathlib import Path
from urllib.parse import urlsplit

import django_stubs_ext
import environ
from corsheaders.defaults import default_headers
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from geoportal.allauth_settings import *  # noqa: F403
from geoportal.api_settings import *  # noqa: F403
from geoportal.database_url import database_from_url

django_stubs_ext.monkeypatch()

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.str("GEOPORTAL_DATA_DIR", default=str(BASE_DIR / ".local"))).resolve()


def kept(name: str) -> str:
    """What `script/server` wrote into the data folder for other processes of this copy, or ''."""
    file = DATA_DIR / name
    return file.read_text(encoding="utf-8").strip() if file.is_file() else ""


DEMO = env.bool("GEOPORTAL_DEMO", default=False)
DEBUG = env.bool("GEOPORTAL_DEBUG", default=False)
HTTPS = env.bool("GEOPORTAL_HTTPS", default=not (DEMO or DEBUG))
SECRET_KEY = env.str("GEOPORTAL_SECRET_KEY", default=kept("secret_key")) or "missing"
ALLOWED_HOSTS = env.list("GEOPORTAL_ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("GEOPORTAL_TRUSTED_ORIGINS", default=[])

DATABASES = {
    "default": database_from_url(
        env.str(
            "GEOPORTAL_DATABASE_URL",
            default=kept("database_url") or f"postgis://geoportal@/geoportal?host={DATA_DIR}/run",
        )
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "geoportal.core.static_files.served.ServedFilesConfig",
    "django.contrib.gis",
    "django.contrib.postgres",
    "rest_framework",
    "drf_spectacular",
    "django_tasks",
    "django_tasks_db",
    "corsheaders",
    "csp",
    "geoportal.core",
    "geoportal.messages",
    "geoportal.interface",
    "geoportal.accounts",
    "geoportal.pages",
    "geoportal.uploads",
    "layers",
    "tiles",
    "importers",
    "geoportal.mapkit",
    "geoportal.cabinets",
    "geoportal.staff",
    "geoportal.problems",
    "geoportal.notifications",
    "geoportal.web",
    "geoportal.packs",
    "geoportal.demo",
    # After ours: our templates of its pages and letters come first.
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
]

MIDDLEWARE = [
    "geoportal.core.http.middleware.RequestIdMiddleware",
    "geoportal.core.http.public_reading.PublicReadingMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "geoportal.core.http.short_way.ShortWayMiddleware",
    "geoportal.core.http.middleware.GzipTextMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "geoportal.interface.language.ChosenLanguageMiddleware",
    "geoportal.interface.ground.GroundMiddleware",
    "geoportal.core.http.body_limit.BodyLimitMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "geoportal.web.reporting.signed_out.SignedOutMiddleware",
    "geoportal.core.http.nul.RefuseNulMiddleware",
    "geoportal.core.http.middleware.ErrorMiddleware",
    # Innermost: hears first that a page asks for the password once more.
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "geoportal.urls"
WSGI_APPLICATION = "geoportal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "geoportal.interface.context.site",
                "geoportal.accounts.context.rights",
                "geoportal.pages.context.page_links",
            ],
            "builtins": ["geoportal.interface.templatetags.portal"],
        },
    },
]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
TRUSTED_PROXIES = env.int("GEOPORTAL_TRUSTED_PROXIES", default=1 if HTTPS else 0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
INVITATION_DAYS = 14

# Signing in by an identity provider such as id.gov.ua; off until its address is set.
OIDC_SERVER_URL = env.str("GEOPORTAL_OIDC_SERVER_URL", default="")
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "identity",
                "name": env.str("GEOPORTAL_OIDC_NAME", default="id.gov.ua"),
                "client_id": env.str("GEOPORTAL_OIDC_CLIENT_ID", default=""),
                "secret": env.str("GEOPORTAL_OIDC_CLIENT_SECRET", default=""),
                "settings": {"server_url": OIDC_SERVER_URL},
            }
        ]
        if OIDC_SERVER_URL
        else [],
    }
}

LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

LANGUAGE_CODE = "uk"
LANGUAGES = [("uk", _("Ukrainian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "geoportal" / "locale"]
TIME_ZONE = env.str("GEOPORTAL_TIME_ZONE", default="Europe/Kyiv")
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [
    (name, folder)
    for name, folder in (
        ("vendor/maplibre-gl", BASE_DIR / "node_modules/maplibre-gl/dist"),
        ("vendor/onest", BASE_DIR / "node_modules/@fontsource-variable/onest/files"),
        ("vendor/lucide", BASE_DIR / "node_modules/lucide-static/icons"),
        ("vendor/style-spec", BASE_DIR / "node_modules/@maplibre/maplibre-gl-style-spec/dist"),
        ("vendor/pmtiles", BASE_DIR / "node_modules/pmtiles/dist"),
        ("vendor/terra-draw", BASE_DIR / "node_modules/terra-draw/dist"),
        ("vendor/terra-draw-map", BASE_DIR / "node_modules/terra-draw-maplibre-gl-adapter/dist"),
        ("vendor/tus", BASE_DIR / "node_modules/tus-js-client/dist"),
    )
    if folder.is_dir()
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "geoportal.core.static_files.storage.JoinedStaticStorage"},
}
# Programs of Node.js that know how to join what a package serves.
STATIC_JOINING_PARTS = [BASE_DIR / "geoportal/mapkit/maplibre_parts.mjs"]
# Whatever bears a hash, of an earlier collection too, never changes.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^.+\.[0-9a-f]{12}\.[a-z0-9]+$"
# Icons of a few hundred bytes gain nothing; images and fonts are compressed already.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("svg", "png", "jpg", "jpeg", "webp", "woff2", "zip", "gz")
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"

CACHES = {
    # Seen by every process of the server: counts of attempts.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
    # Each process its own: what is quickly counted again.
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

# Where people and programs find the portal; letters and Open311 lead there.
SITE_URL = env.str(
    "GEOPORTAL_SITE_URL", default=f"http://localhost:{env.int('PORT', default=8000)}"
).rstrip("/")

# Letters; the demo keeps them as files.
DEFAULT_FROM_EMAIL = env.str("GEOPORTAL_FROM_EMAIL", default="noreply@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 20
EMAIL_URL = env.str("GEOPORTAL_EMAIL_URL", default="" if DEMO else "smtp://localhost:25")
vars().update(env.email_url_config(EMAIL_URL or "filemail:///"))
if not EMAIL_URL:
    EMAIL_FILE_PATH = DATA_DIR / "mail"

# How long it is known what was sent where; the words of a message go as soon as it is sent.
MESSAGE_DAYS = env.int("GEOPORTAL_MESSAGE_DAYS", default=30)

# Jobs of minutes and hours (imports, videos) have a worker of their own: no letter waits for them.
BULK_QUEUE = "bulk"
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default", BULK_QUEUE],
    }
}


def origins_of(url: str) -> list[str]:
    """The origin of an address, as a policy names it; none for an empty one."""
    parts = urlsplit(url)
    return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []


CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "worker-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "media-src": [SELF, "blob:"],
        "img-src": [SELF, "data:", "blob:", *env.list("GEOPORTAL_BASEMAP_ORIGINS", default=[])],
        "connect-src": [SELF, *env.list("GEOPORTAL_BASEMAP_ORIGINS", default=[])],
        "manifest-src": [SELF],
        "form-action": [SELF, *origins_of(OIDC_SERVER_URL)],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

# Coordinate systems never come from users through Django's GDAL; pyproj reads them.
SILENCED_SYSTEM_CHECKS = ["gis.W001"]

# Pages of other sites may read what is public; without credentials they are visitors.
CORS_ALLOW_ALL_ORIGINS = True
CORS_URLS_REGEX = (
    r"^/((ogc|tiles|data|api/v1|open311|problems/tiles)(/|$)"
    r"|problems/feed\.atom$|problems/statistics/[^/]+\.csv$)"
)
CORS_ALLOW_HEADERS = (*default_headers, "if-none-match", "if-range", "range")
CORS_ALLOW_METHODS = ("GET", "HEAD", "OPTIONS")
CORS_EXPOSE_HEADERS = ("Accept-Ranges", "Content-Range", "ETag", "Tile-Built", "Tile-Dropped")

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "geoportal.core.http.problem_details.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"}
    },
    "filters": {"request_id": {"()": "geoportal.core.http.request_id.RequestIdFilter"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["request_id"],
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"django.request": {"level": "CRITICAL"}},
}

# The geoportal's own settings.
# Networks whose monitoring reads /metrics.
METRICS_NETWORKS = env.list("GEOPORTAL_METRICS_NETWORKS", default=["127.0.0.0/8", "::1"])
WEB_THREADS = env.int("GEOPORTAL_WEB_THREADS", default=16)
BASEMAP_STYLE_URL = env.str("GEOPORTAL_BASEMAP_STYLE_URL", default="")
BASEMAP_RASTER_URL = env.str("GEOPORTAL_BASEMAP_RASTER_URL", default="")
# A file of the town's own: a path, or a name in the folder `basemaps` of the data folder.
BASEMAP_PMTILES = env.str("GEOPORTAL_BASEMAP_PMTILES", default="")
BASEMAP_ATTRIBUTION = env.str("GEOPORTAL_BASEMAP_ATTRIBUTION", default="")
ITEMS_LIMIT_DEFAULT = 10
ITEMS_LIMIT_MAX = 10_000
TILE_LAYERS_MAX = 16
TILE_BUFFER_PX = 64
TILE_EXTENT_PX = 4096
TILE_ZOOM_MAX = 22
# Built tiles are kept in files of the data folder, or in a Redis that several machines share.
TILE_CACHE_BYTES = env.int("GEOPORTAL_TILE_CACHE_BYTES", default=1024**3)
TILE_REDIS_URL = env.str("GEOPORTAL_TILE_REDIS_URL", default="")
# How long the database may build one tile, and others wait for it.
TILE_BYTES_MAX = env.int("GEOPORTAL_TILE_BYTES_MAX", default=300_000)
TILE_BUILD_S_MAX = env.float("GEOPORTAL_TILE_BUILD_S_MAX", default=10.0)
BOUNDARY_LAYER = env.str("GEOPORTAL_BOUNDARY_LAYER", default="boundary")
# Opening hours have public holidays of this country; under martial law there are none.
HOLIDAYS_COUNTRY = env.str("GEOPORTAL_HOLIDAYS_COUNTRY", default="")
ADDRESS_LAYER = env.str("GEOPORTAL_ADDRESS_LAYER", default="addresses")
STREET_LAYER = env.str("GEOPORTAL_STREET_LAYER", default="streets")
KATOTTG_FILE = env.str("GEOPORTAL_KATOTTG_FILE", default="")
RENAMED_STREET_LAYER = env.str("GEOPORTAL_RENAMED_STREET_LAYER", default="renamed_streets")

# Files that come in pieces: the largest one, all that one person lets wait, and for how long.
UPLOAD_BYTES_MAX = env.int("GEOPORTAL_UPLOAD_BYTES_MAX", default=2 * 1024**3)
UPLOAD_PIECE_BYTES_MAX = 64 * 1024**2  # nginx takes no more either
UPLOAD_QUOTA_BYTES = env.int("GEOPORTAL_UPLOAD_QUOTA_BYTES", default=8 * 1024**3)
UPLOAD_HOURS = env.int("GEOPORTAL_UPLOAD_HOURS", default=72)

# What the process that reads an imported file may use.
IMPORT_MEMORY_BYTES_MAX = 2 * 1024**3
IMPORT_SILENCE_S_MAX = 300
IMPORT_CPU_S_MAX = 3600
IMPORT_FILES_MAX = 256
IMPORT_FILE_BYTES_MAX = 16 * 1024**3

# Photos and videos; docs/reference/settings.md says why these values.
PHOTO_BYTES_MAX = 15 * 1024**2
PHOTO_PIXELS_MAX = 60_000_000
PHOTO_SIDE_PX = 2048
PHOTO_THUMBNAIL_PX = (480, 360)
# How long files of photos that no object shows any more stay for a rollback.
PHOTO_KEPT_DAYS = env.int("GEOPORTAL_PHOTO_KEPT_DAYS", default=30)
VIDEO_BYTES_MAX = 100 * 1024**2
VIDEO_DURATION_S_MAX = 600
VIDEO_PIXELS_MAX = 4096 * 2304
VIDEO_SIDE_PX = 1280
VIDEO_CLEANING_S_MAX = 1200

# Problems: terms in working days where it says so; categories may have their own.
PROBLEM_MODERATION_WORKING_DAYS = env.int("GEOPORTAL_MODERATION_WORKING_DAYS", default=1)
PROBLEM_MODERATION_LIMIT_WORKING_DAYS = env.int(
    "GEOPORTAL_MODERATION_LIMIT_WORKING_DAYS", default=2
)
PROBLEM_ACCEPTANCE_WORKING_DAYS = env.int("GEOPORTAL_ACCEPTANCE_WORKING_DAYS", default=3)
PROBLEM_SOLUTION_DAYS = env.int("GEOPORTAL_SOLUTION_DAYS", default=0) or None  # 0: a month
PROBLEM_ARCHIVE_DAYS = env.int("GEOPORTAL_ARCHIVE_DAYS", default=25)
PROBLEM_BORDER_M = env.float("GEOPORTAL_BORDER_M", default=15.0)
PROBLEM_DUPLICATE_M = env.int("GEOPORTAL_DUPLICATE_M", default=250)
PROBLEM_ATTACHMENTS_MAX = 10
# How long an unanswered question to the author stops the clock; 0: until the answer.
PROBLEM_ANSWER_DAYS = env.int("GEOPORTAL_ANSWER_DAYS", default=14)
# How long callers' contacts stay after the end of their problem; 0: for ever.
PROBLEM_CONTACT_DAYS = env.int("GEOPORTAL_PROBLEM_CONTACT_DAYS", default=365)
PROBLEM_DRAFT_DAYS = 7
PROBLEM_ADDRESS_M = 150
# The form of a file with a thousand columns, each with its field and who reads it.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
# Ten photos and one video in one form sent without scripts.
REQUEST_BYTES_MAX = 10 * PHOTO_BYTES_MAX + VIDEO_BYTES_MAX + 1024**2
# New borders that move more open problems than this wait for a moderator.
PROBLEM_REASSIGN_WITHOUT_ASKING = env.int("GEOPORTAL_REASSIGN_WITHOUT_ASKING", default=50)

# What removes more of a layer asks first; what waits for a person is let go after so many days.
IMPORT_REMOVED_SHARE_MAX = env.float("GEOPORTAL_IMPORT_REMOVED_SHARE_MAX", default=0.1)
IMPORT_DAYS = env.int("GEOPORTAL_IMPORT_DAYS", default=14)
# Hosts and networks inside that addresses of imports may lead to.
REMOTE_ALLOWED = env.list("GEOPORTAL_REMOTE_ALLOWED", default=[])

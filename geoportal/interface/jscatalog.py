"""Words of the map in the active language, for the scripts of the page."""

from functools import cache

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation.trans_real import DjangoTranslation
from django.views.i18n import JavaScriptCatalog


def get_script_words() -> dict[str, str | list[str]]:
    """Translations by msgid; a list holds the plural forms in the order of CLDR's categories."""
    return _load_words(get_language() or settings.LANGUAGE_CODE)


@cache
def _load_words(language: str) -> dict[str, str | list[str]]:
    reader = JavaScriptCatalog(domain="djangojs")
    reader.translation = DjangoTranslation(
        language, domain="djangojs", localedirs=[str(path) for path in settings.LOCALE_PATHS]
    )
    words: dict[str, str | list[str]] = reader.get_catalog()
    return words

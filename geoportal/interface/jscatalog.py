"""Words of scripts in the active language; a page brings those that its own scripts say."""

import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils.translation import get_language
from django.utils.translation.trans_real import DjangoTranslation
from django.views.i18n import JavaScriptCatalog

from geoportal.core.static_files.references import list_references

Words = dict[str, str | list[str]]


def get_script_words(script: str = "") -> Words:
    """Translations by msgid; a list holds the plural forms in the order of CLDR's categories.

    `script` is the static name of the module that a page runs: then of all words only those that it
    or a module below it holds, loaded at once or later.
    """
    return _choose_words(get_language() or settings.LANGUAGE_CODE, script)


@cache
def _choose_words(language: str, script: str) -> Words:
    words = _load_words(language)
    if not script:
        return words
    text = "\n".join(read_modules(script).values())
    return {
        msgid: found
        for msgid, found in words.items()
        if json.dumps(msgid, ensure_ascii=False) in text
    }


@cache
def _load_words(language: str) -> Words:
    reader = JavaScriptCatalog(domain="djangojs")
    reader.translation = DjangoTranslation(
        language, domain="djangojs", localedirs=[str(path) for path in settings.LOCALE_PATHS]
    )
    words: Words = reader.get_catalog()
    return words


def read_modules(script: str) -> dict[str, str]:
    """Texts of a module of ours and of all below it, by static name; as they are written."""
    texts: dict[str, str] = {}
    waiting = [script]
    while waiting:
        name = waiting.pop()
        if name in texts or name.startswith("vendor/"):
            continue
        path = finders.find(name)
        if not isinstance(path, str):
            raise LookupError(f"there is no module {name}")
        texts[name] = Path(path).read_text(encoding="utf-8")
        waiting += [each.name for each in list_references(name, texts[name])]
    return texts

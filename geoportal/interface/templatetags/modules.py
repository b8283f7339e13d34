"""A script of a page, and word to the browser of all that it imports."""

from django import template
from django.conf import STATICFILES_STORAGE_ALIAS
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import storages
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from geoportal.core.static_files.storage import HashedStaticStorage

register = template.Library()


@register.simple_tag
def module(name: str) -> SafeString:
    """`{% module "web/js/map/main.mjs" %}`: runs it; its imports are asked for all at once, not
    level by level as they become known."""
    address = staticfiles_storage.url(name)
    return format_html(
        '{}<script type="module" src="{}"></script>', link_modules(list_imported(name)), address
    )


@register.simple_tag
def module_later(name: str) -> SafeString:
    """`{% module_later "mapkit/js/engine.mjs" %}`: what a script is going to import by itself is
    fetched already, and not run."""
    return link_modules([name, *list_imported(name)])


def link_modules(names: list[str]) -> SafeString:
    addresses = ((staticfiles_storage.url(name),) for name in names)
    return format_html_join("", '<link rel="modulepreload" href="{}">', addresses)


def list_imported(name: str) -> list[str]:
    """None before `collectstatic` has run: then nobody knows them."""
    storage = storages[STATICFILES_STORAGE_ALIAS]
    return storage.list_imported(name) if isinstance(storage, HashedStaticStorage) else []

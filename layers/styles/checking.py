"""A style is kept only when it can be drawn, and one that cannot be is not drawn."""

import logging
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from layers.styles.fault_words import explain
from layers.styles.shape import check_style_shape
from layers.styles.spec import SpecFault, StyleLayer, ValidatorUnavailable, find_faults

log = logging.getLogger(__name__)

THEMES = ("light", "dark")
FAULTS_SAID = 10
PAUSED = "style-check-paused"
PAUSE_S = 60


class CheckedBy(StrEnum):
    """Who has found that MapLibre takes a style.

    The server: by MapLibre's validator in Node.js. The browser: by the same validator, on the
    page of the style editor. The form: made of nothing but what the form makes, which tests have
    put to the validator. Before: it stood here already.
    """

    SERVER = "server"
    BROWSER = "browser"
    FORM = "form"
    BEFORE = "before"


def check_style(style: object, vouched_by: CheckedBy | None = None) -> CheckedBy:
    """Raises Django's `ValidationError` with a sentence for each fault, naming its place.

    A style that this server cannot check, for want of Node.js, is refused, unless somebody else
    vouches for it: a wrong one would reach everybody's map. What the portal itself reads is
    checked always. Whoever vouches wrongly harms his own layer only (`list_drawable`).
    """
    check_style_shape(style)
    assert isinstance(style, dict)  # noqa: S101  the shape says so
    places = [
        (theme, number)
        for theme in THEMES
        for number, _part in enumerate(style.get(theme, []), start=1)
    ]
    try:
        found = find_faults(list_parts(style))
    except ValidatorUnavailable as error:
        if vouched_by is not None:
            log.warning("a style is kept unchecked here, on the word of the %s", vouched_by)
            return vouched_by
        log.exception("a style could not be checked")
        raise ValidationError(
            _(
                "The style could not be checked, so it is not kept. The server needs Node.js and"
                " the npm packages for it: tell who runs the server."
            )
        ) from error
    said = [
        _("“%(member)s”, item %(number)s: %(reason)s")
        % {"member": theme, "number": number, "reason": explain(fault)}
        for (theme, number), faults in zip(places, found, strict=True)
        for fault in faults
    ]
    if said:
        raise ValidationError(said[:FAULTS_SAID])
    return CheckedBy.SERVER


def list_parts(style: dict[str, Any]) -> list[StyleLayer]:
    return [part for theme in THEMES for part in style.get(theme, [])]


def has_shape(style: object) -> bool:
    """Whether the portal can read it; what another writer left in the database may be anything."""
    try:
        check_style_shape(style)
    except ValidationError:
        return False
    return True


def list_drawable(styles: Sequence[object]) -> list[bool]:
    """Of each style whether it can be drawn; one run of the validator for all that are new.

    Without the validator whatever has the shape passes: the map in the browser leaves out what
    it refuses.
    """
    shaped = [has_shape(style) for style in styles]
    parts = [
        (place, part)
        for place, (style, fits) in enumerate(zip(styles, shaped, strict=True))
        if fits and isinstance(style, dict)
        for part in list_parts(style)
    ]
    faults = _find_faults_or_none([part for _place, part in parts])
    broken = {place for (place, _part), found in zip(parts, faults, strict=True) if found}
    return [fits and place not in broken for place, fits in enumerate(shaped)]


def _find_faults_or_none(parts: Sequence[StyleLayer]) -> list[list[SpecFault]]:
    """After a failure readers do without the validator for a while."""
    if caches["process"].get(PAUSED):
        return [[] for _part in parts]
    try:
        return find_faults(parts)
    except ValidatorUnavailable:
        log.exception("styles are drawn unchecked")
        caches["process"].set(PAUSED, True, timeout=PAUSE_S)
        return [[] for _part in parts]

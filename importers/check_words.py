"""What checks say about rows and areas: code → severity and words."""

from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

CHECK_CODES: dict[str, tuple[Literal["error", "warning"], str | Promise]] = {
    "required-empty": ("error", _("%(reason)s")),
    "out-of-range": ("error", _("%(reason)s")),
    "not-a-choice": ("error", _("%(reason)s")),
    "choice-alike": (
        "error",
        _("“%(value)s” is none of the choices; “%(choice)s” is. Was it meant?"),
    ),
    "choice-accepted": ("warning", _("“%(value)s” was read as the choice “%(choice)s”.")),
    "spelling-varies": (
        "warning",
        _("“%(value)s” is mostly written “%(usual)s” in this column."),
    ),
    "outside-boundary": (
        "warning",
        _("The place lies %(distance_km)s km beyond the boundary of the community."),
    ),
    "rows-outside-boundary": (
        "warning",
        ngettext_lazy(
            "%(count)s of %(of)s places lies beyond the boundary of the community.",
            "%(count)s of %(of)s places lie beyond the boundary of the community.",
            "count",
        ),
    ),
    "axes-look-swapped": (
        "warning",
        _(
            "The place lies elsewhere; with its coordinates exchanged it would lie in the"
            " community. It was left as it is."
        ),
    ),
    "code-unknown": (
        "warning",
        _("“%(value)s” is not in the list “%(list)s”. Similar: %(others)s."),
    ),
    "code-spelling": ("warning", _("“%(value)s” should be written “%(right)s”.")),
    "code-old": (
        "warning",
        _("“%(value)s” looks like a code of the old list KOATUU, which was cancelled."),
    ),
    "code-renamed": ("warning", _("“%(value)s” is called “%(right)s” today.")),
    "code-elsewhere": ("warning", _("The code “%(value)s” is of another community.")),
    "duplicate-row": (
        "warning",
        _("The row says the same of the same place as row %(first)s."),
    ),
    "duplicate-feature": (
        "warning",
        _("It says the same of the same place as “%(first)s”."),
    ),
    "near-duplicate": (
        "warning",
        _("The row lies %(distance_m)s m from row %(first)s; is it the same object?"),
    ),
    "address-missing": ("warning", _("The row has neither a place nor an address.")),
    "address-unknown": (
        "warning",
        _("The address “%(address)s” is not in the town's register; place it by hand."),
    ),
    "address-no-house": (
        "warning",
        _("The street of “%(address)s” is known, the house is not. Similar: %(others)s."),
    ),
    "address-street-only": ("warning", _("The address “%(address)s” names no house.")),
    "address-ambiguous": (
        "warning",
        _("The address “%(address)s” fits several places: %(others)s. Say which."),
    ),
    "address-placed": ("warning", _("“%(address)s” was placed on the map by hand.")),
    "address-street": (
        "warning",
        _("“%(address)s” was placed at the middle of the street: the house is not known."),
    ),
    "address-renamed": ("warning", _("“%(address)s” is called “%(found)s” today.")),
    "address-alike": (
        "warning",
        _("“%(address)s” was taken for “%(found)s”; the street is written differently."),
    ),
    "address-no-building": (
        "warning",
        _("“%(address)s” was placed at “%(found)s”: the register does not tell buildings apart."),
    ),
    "territory-unchecked": (
        "warning",
        _("More than %(most)s areas were not compared with one another."),
    ),
    "territory-overlap": (
        "warning",
        _("These areas share %(size)s m² of ground near %(place)s: %(areas)s."),
    ),
    "territory-gap": (
        "warning",
        _("%(size)s m² of ground near %(place)s are nobody's, among: %(areas)s."),
    ),
    "territory-sliver": (
        "warning",
        _("A narrow strip of %(size)s m² near %(place)s overlaps or is left out: %(areas)s."),
    ),
    "territory-edges": (
        "warning",
        _("Borders do not meet along %(size)s m near %(place)s: %(areas)s."),
    ),
    "territory-uncovered": (
        "warning",
        _("No area holds %(size)s m² of the community, as near %(place)s."),
    ),
    "territory-outside": (
        "warning",
        _("The area reaches %(size)s m² beyond the community near %(place)s: %(areas)s."),
    ),
    "territory-fitted": (
        "warning",
        _("The area was fitted to its neighbours: %(before)s m² → %(after)s m²."),
    ),
    "territory-swallowed": (
        "warning",
        _("Other areas cover all of its %(before)s m²; it was left as it is."),
    ),
}

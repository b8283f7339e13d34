"""What MapLibre's validator says of a style, in the words of the portal."""

import re
from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from layers.styles.spec import SpecFault

WORD = re.compile(r"\w+")


def explain(fault: SpecFault) -> str:
    """«paint.circle-color: expected: colour; found: list»; unknown words as they were said."""
    words = next(
        (say(match) for pattern, say in SAYINGS if (match := pattern.fullmatch(fault.words))),
        None,
    )
    if words is None:
        words = _("MapLibre’s check says: “%(words)s”") % {"words": fault.words}
    return f"{fault.place}: {words}" if fault.place else words


def _name_type(word: re.Match[str]) -> str:
    """A type of JSON or of an expression, alone or in `(number, string)`."""
    names = {
        "string": pgettext("type of a value", "text"),
        "number": pgettext("type of a value", "number"),
        "boolean": pgettext("type of a value", "true or false"),
        "array": pgettext("type of a value", "list"),
        "object": pgettext("type of a value", "object"),
        "color": pgettext("type of a value", "colour"),
        "null": pgettext("type of a value", "nothing"),
        "formatted": pgettext("type of a value", "text"),
        "resolvedImage": pgettext("type of a value", "name of an image"),
    }
    return names.get(word[0], word[0])


def _say_types(match: re.Match[str]) -> str:
    return _("expected: %(wanted)s; found: %(found)s") % {
        "wanted": WORD.sub(_name_type, match["wanted"]),
        "found": WORD.sub(_name_type, match["found"]),
    }


def _say_no_colour(match: re.Match[str]) -> str:
    return _("“%(value)s” is no colour; write for example #2e7d32") % {"value": match["value"]}


def _say_unknown_property(match: re.Match[str]) -> str:
    return _("there is no property “%(name)s” here") % {"name": match["name"]}


def _say_choice(match: re.Match[str]) -> str:
    return _("one of these is expected: %(allowed)s; found: %(found)s") % {
        "allowed": match["allowed"],
        "found": match["found"],
    }


def _say_unknown_expression(match: re.Match[str]) -> str:
    return _('there is no expression “%(name)s”; a plain list is written ["literal", […]]') % {
        "name": match["name"]
    }


def _say_count(match: re.Match[str]) -> str:
    return _("wrong number of arguments; expected: %(wanted)s; found: %(found)s") % {
        "wanted": match["wanted"],
        "found": match["found"],
    }


def _say_greater(match: re.Match[str]) -> str:
    return _("%(value)s is more than the highest value, %(limit)s") % match.groupdict()


def _say_less(match: re.Match[str]) -> str:
    return _("%(value)s is less than the lowest value, %(limit)s") % match.groupdict()


def _say_order(_match: re.Match[str]) -> str:
    return _("the steps must stand in ascending order")


def _say_zoom(_match: re.Match[str]) -> str:
    return _("the zoom may only stand as the input of an outer “step” or “interpolate”")


def _say_fixed(_match: re.Match[str]) -> str:
    return _("this property cannot depend on the attributes of a feature")


def _say_no_interpolation(_match: re.Match[str]) -> str:
    return _("values of this property cannot change gradually; use “step”")


def _say_missing(match: re.Match[str]) -> str:
    return _("the property “%(name)s” is missing") % {"name": match["name"]}


SAYINGS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = tuple(
    (re.compile(pattern, re.DOTALL), say)
    for pattern, say in (
        (r"(?P<wanted>\w+) expected, (?P<found>\w+) found", _say_types),
        (r'color expected, "(?P<value>.*)" found', _say_no_colour),
        (r'unknown property "(?P<name>.*)"', _say_unknown_property),
        (r"expected one of \[(?P<allowed>.*)\], (?P<found>.*) found", _say_choice),
        (r'Unknown expression "(?P<name>.*?)".*', _say_unknown_expression),
        (
            r"(?:Expected|.* requires(?: exactly)?)"
            r" (?P<wanted>(?:at least )?\w+(?: or \d+)?) arguments?,"
            r" but found (?:only )?(?P<found>\d+)(?: instead)?\.",
            _say_count,
        ),
        (
            r"Expected arguments of type (?P<wanted>.+), but found (?P<found>.+) instead\.",
            _say_types,
        ),
        (r"Expected (?P<wanted>\w+) but found (?P<found>\w+) instead\.", _say_types),
        (r"(?P<value>\S+) is greater than the maximum value (?P<limit>\S+)", _say_greater),
        (r"(?P<value>\S+) is less than the minimum value (?P<limit>\S+)", _say_less),
        (r".*ascending order\.?", _say_order),
        (r'"zoom" expression may only be used as input .*', _say_zoom),
        (r"(?:data expressions|property functions) not supported", _say_fixed),
        (
            r'"interpolate" expressions cannot be used .*|Type .* is not interpolatable\.',
            _say_no_interpolation,
        ),
        (r'missing required property "(?P<name>.*)"', _say_missing),
    )
)

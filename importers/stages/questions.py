"""What is asked about a file, as data: answered by flags, by a form, by JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, NotRequired, TypedDict

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Kind = Literal["choice", "choices", "text", "flag", "mapping", "number"]

# code → what is asked, and what an answer means; where a flag of the command says the same, that.
WORDS: dict[str, tuple[str | Promise, str | Promise, str]] = {
    "dataset": (
        _("Which part of the file?"),
        _("The file holds several; one of them is imported."),
        "--source-layer",
    ),
    "header_row": (
        _("Which row holds the headings?"),
        _("Rows above it are left out; empty rows are not counted."),
        "--header-row",
    ),
    "lon": (
        _("Which column holds longitude, or x?"),
        _("East; where nothing is said the headings tell."),
        "--lon",
    ),
    "lat": (
        _("Which column holds latitude, or y?"),
        _("North; where nothing is said the headings tell."),
        "--lat",
    ),
    "place": (
        _("Which column holds both coordinates, or WKT?"),
        _("As copied from a map: “50.25, 27.23”."),
        "--place",
    ),
    "place_order": (
        _("In which order are they in that column?"),
        _("In a wrong order the places fall into another country."),
        "--place-order",
    ),
    "encoding": (
        _("How is the text encoded?"),
        _("With a wrong encoding the letters below look broken."),
        "--encoding",
    ),
    "crs": (
        _("In which coordinate system are the places?"),
        _("With a wrong one all places are shifted, by metres or by countries."),
        "--crs",
    ),
    "axes": (
        _("Which number of a place comes first?"),
        _("By its format the file has one order; some programs write the other."),
        "--axes",
    ),
    "key": (
        _("What tells one object from another?"),
        _("By the key the next file finds the objects of this one. It must not repeat."),
        "--key",
    ),
    "mapping": (
        _("Which column fills which field?"),
        _("A column that fills none is left out."),
        "--field",
    ),
    "mode": (
        _("What about objects that the file does not name?"),
        _("“Merge” keeps them, “replace” removes them."),
        "--mode",
    ),
    "title": (_("What is the new layer called?"), _("The title that everyone reads."), "--title"),
    "kind": (
        _("What does the layer hold?"),
        _("Territories answer where a place lies; a register holds objects."),
        "--kind",
    ),
    "title_field": (
        _("Which column names an object?"),
        _("It is the heading of the object's card and what search finds."),
        "--title-field",
    ),
    "licence": (
        _("Under which licence is the layer published?"),
        _("Until it is chosen only staff see the layer."),
        "--licence",
    ),
    "visibility": (
        _("Who sees the layer?"),
        _("A layer for everyone needs a licence."),
        "--visibility",
    ),
    "addresses": (
        _("Which columns make the address?"),
        _("The table has no places; its rows are placed by the town's own register of addresses."),
        "--addresses",
    ),
    "settlement": (
        _("Where do addresses lie that name no settlement?"),
        _("Streets of one name are in many settlements; without an answer they stay unplaced."),
        "--settlement",
    ),
    "addresses_to_street": (
        _("Where the house is not known, take the middle of the street?"),
        _("The place may be a kilometre off. Otherwise the row stays without a place."),
        "--addresses-to-street",
    ),
    "near": (
        _("Below how many metres may two rows be the same object?"),
        _("Such rows of one name are remarked. Zero: do not look."),
        "--near",
    ),
    "accept_choices": (
        _("Accept values that are nearly a choice?"),
        _("“Oak ” is “oak”: only case, blanks and look-alike letters. Else the row is refused."),
        "--accept-choices",
    ),
    "fit_areas": (
        _("Fit territories to one another?"),
        _("Overlaps go to one neighbour, narrow gaps are filled; each change is told."),
        "--fit-areas",
    ),
    "public_fields": (
        _("Which fields may everyone read?"),
        _("The others are for staff. Look at what may be personal data."),
        "--public-field",
    ),
}


class ChoiceJson(TypedDict):
    """One possible answer. `confidence`: 0 to 1, where it can be told."""

    value: str
    title: str
    reason: str
    confidence: float | None
    samples: list[str]


class QuestionJson(TypedDict):
    """A question as it is answered: `title`, `help` and `flag` belong to its `code`.

    `answer`: what was answered; without one `proposed` is taken, and where that is null too the
    question is open. `rows`: three rows of the file, by column.
    """

    code: str
    kind: Kind
    title: str
    help: str
    flag: str
    choices: list[ChoiceJson]
    proposed: Any
    confidence: float | None
    reason: str
    rows: list[dict[str, str]]
    required: bool
    answer: NotRequired[Any]


@dataclass(frozen=True)
class Choice:
    value: str
    title: str
    reason: str = ""
    confidence: float | None = None
    samples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """`proposed` is taken where nobody answers; `None` with `required`: somebody must."""

    code: str
    kind: Kind
    choices: Sequence[Choice] = ()
    proposed: Any = None
    confidence: float | None = None
    reason: str = ""
    rows: Sequence[Mapping[str, str]] = field(default_factory=tuple)
    required: bool = False

    def as_kept(self) -> dict[str, object]:
        """As its stage keeps it: title and help come in the language of who reads."""
        return asdict(self)


def describe(kept: Mapping[str, Any], answers: Mapping[str, object]) -> QuestionJson:
    """A kept question in the active language, with its answer where there is one."""
    title, help_, flag = WORDS.get(kept["code"], (kept["code"], "", f"--{kept['code']}"))
    document: QuestionJson = {
        "code": kept["code"],
        "kind": kept["kind"],
        "title": str(title),
        "help": str(help_),
        "flag": flag,
        "choices": [describe_choice(choice) for choice in kept["choices"]],
        "proposed": kept["proposed"],
        "confidence": kept["confidence"],
        "reason": kept["reason"],
        "rows": [dict(row) for row in kept["rows"]],
        "required": kept["required"],
    }
    if kept["code"] in answers:
        document["answer"] = answers[kept["code"]]
    return document


def describe_choice(kept: Mapping[str, Any]) -> ChoiceJson:
    return {
        "value": kept["value"],
        "title": kept["title"],
        "reason": kept["reason"],
        "confidence": kept["confidence"],
        "samples": list(kept["samples"]),
    }


def list_unanswered(
    kept: Sequence[Mapping[str, Any]], answers: Mapping[str, object]
) -> list[Mapping[str, Any]]:
    """Questions that somebody must answer and nobody has."""
    return [
        one
        for one in kept
        if one["required"] and one["proposed"] is None and one["code"] not in answers
    ]

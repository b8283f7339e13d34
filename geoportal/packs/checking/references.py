"""Every code that something refers to names something; categories make a tree."""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from geoportal.packs.checking.known import Known
from geoportal.packs.entries import Entry
from geoportal.packs.extending import Pack
from geoportal.packs.findings import Findings
from geoportal.packs.values import show, suggest
from geoportal.problems.models import Question
from layers.models import Layer

LISTS = (Question.Datatype.ONE, Question.Datatype.MANY)


def check_references(pack: Pack, known: Known, findings: Findings) -> None:
    for layer in pack.list("layers"):
        _require_known(layer, "theme", known.themes, _("There is no theme %s."), findings)
        _require_organisation(layer, known, findings)
        _check_layer(layer, known, findings)
    for kind in pack.list("kinds"):
        _check_kind(kind, known, findings)
    for category in pack.list("categories"):
        _require_category(category, "parent", known, findings)
        _check_questions(category.children.get("question", ()), findings)
    _check_tree(pack, known, findings)
    for section in ("templates", "responsibilities", "oversight", "people"):
        for entry in pack.list(section):
            _require_organisation(entry, known, findings)
            _require_category(entry, "category", known, findings)
    for section in ("responsibilities", "oversight"):
        for entry in pack.list(section):
            _check_territory(entry, known, findings)


def _require_known(
    entry: Entry, key: str, codes: Collection[str], words: str, findings: Findings
) -> None:
    """`words` have a place for the code."""
    code = entry.text(key)
    if code and code not in codes:
        findings.error(entry.place_of(key), words % show(code) + suggest(code, codes))


def _require_organisation(entry: Entry, known: Known, findings: Findings) -> None:
    words = _("There is no organisation %s.")
    _require_known(entry, "organisation", known.organisations, words, findings)


def _require_category(entry: Entry, key: str, known: Known, findings: Findings) -> None:
    _require_known(entry, key, known.categories.keys(), _("There is no category %s."), findings)


def _check_layer(layer: Entry, known: Known, findings: Findings) -> None:
    fields = known.fields.get(layer.text("slug"), set())
    for key in ("key_field", "title_field"):
        _require_known(layer, key, fields, _("There is no field %s."), findings)
    low, high = layer.values.get("min_zoom", 0), layer.values.get("max_zoom", 22)
    if int(str(low)) > int(str(high)):
        message = _("The lowest zoom is above the highest.")
        findings.error(layer.place_of("min_zoom"), message)
    if layer.text("visibility") == Layer.Visibility.ORGANISATION and not layer.text("organisation"):
        message = _("Name the organisation whose members may see the layer.")
        findings.error(layer.place_of("visibility"), message)
    if layer.table("source") and "source.file" not in {*layer, *layer.refused}:
        place = min((layer.place_of(key) for key in layer if key.startswith("source.")),
                    key=lambda place: place.line)  # fmt: skip
        findings.error(place, _("[source] names no file."))


def _check_kind(kind: Entry, known: Known, findings: Findings) -> None:
    layer = kind.text("layer")
    _require_known(kind, "layer", known.kinds.keys(), _("There is no layer %s."), findings)
    only = kind.values.get("only")
    fields = known.fields.get(layer, set())
    for name in only if layer in known.kinds and isinstance(only, dict) else ():
        if name not in fields:
            message = _("There is no field %s.") % show(name) + suggest(name, fields)
            findings.error(kind.place_of("only"), message)


def _check_questions(questions: Iterable[Entry], findings: Findings) -> None:
    for question in questions:
        is_list = question.text("datatype", Question.Datatype.STRING) in LISTS
        if is_list and not question.values.get("choices"):
            findings.error(question.place, _("A question with a list needs choices."))
        if not is_list and question.values.get("choices"):
            message = _("Choices are for the kinds singlevaluelist and multivaluelist.")
            findings.error(question.place_of("choices"), message)


def _check_tree(pack: Pack, known: Known, findings: Findings) -> None:
    for category in pack.list("categories"):
        code, seen = category.text("code"), set[str]()
        while code and code not in seen:
            seen.add(code)
            code = known.categories.get(code) or ""
        if code == category.text("code"):
            message = _("A category does not stand under itself.")
            findings.error(category.place_of("parent"), message)


def _check_territory(entry: Entry, known: Known, findings: Findings) -> None:
    layer, key = entry.text("territory_layer"), entry.text("territory_key")
    if not layer and not key:
        return
    if not layer or not key:
        findings.error(entry.place, _("The layer and the key of a territory come together."))
        return
    territories = {slug for slug, kind in known.kinds.items() if kind == Layer.Kind.TERRITORY}
    if layer not in territories:
        message = _("There is no layer of territories %s.") % show(layer)
        findings.error(entry.place_of("territory_layer"), message + suggest(layer, territories))
        return
    keys = known.list_territory_keys(layer)
    if keys is not None and key not in keys:
        some = ", ".join(sorted(keys)[:10]) or _("none")
        message = _("The layer %(layer)s has no territory %(key)s. There are: %(keys)s.")
        values = {"layer": show(layer), "key": show(key), "keys": some}
        findings.error(entry.place_of("territory_key"), message % values)

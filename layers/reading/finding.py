"""One search for everything: coordinates, kinds, addresses, objects, problems and territories."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from geoportal.core.database.named_sql import bounded_cursor, execute_sql
from layers.models import FormerName, Kind, Layer, SearchEntry
from layers.reading.kind_words import FORM, Named, find_named, measure_word
from layers.reading.nearest import Wish, find_nearest
from layers.reading.questions import (
    LONGEST_QUERY,
    Question,
    ask_words,
    is_number,
    read_problem_number,
    read_question,
)
from layers.reading.ranking import Group, Hit, measure_distance, rank_hits
from layers.words.coordinates import Coordinates, read_coordinates
from layers.words.folding import fold_line, sound
from layers.words.forms import slips_allowed, slips_between

CANDIDATES = 2_000
RANKED = 200
SEARCH_S = 2
WORDS_KNOWN = 12
SPELLINGS_MAX = 8
NAMED_MAX = 3
NEAREST_MAX = 5
FORMER_MAX = 4
SHORTEST_SOUND = 3
RUSSIAN = re.compile("ая$")
SETTLEMENTS = frozenset(("settlements", "settlement_areas"))


@dataclass(frozen=True)
class Lead:
    """A way to many objects: a kind of them where `kind` is its slug, else a layer."""

    layer: str
    title: str
    subtitle: str = ""
    kind: str = ""
    group: Group = Group.KIND


@dataclass(frozen=True)
class Found:
    """One place in degrees; typed coordinates have no `layer` and no `key`.

    `distance_m`: from where the asker is, where that was said; `note`: why it was found, where the
    title does not show it.
    """

    layer: str
    key: str
    title: str
    subtitle: str
    lon: float
    lat: float
    group: Group = Group.OBJECT
    distance_m: float | None = None
    note: str = ""


@dataclass(frozen=True)
class Answer:
    """`missed`: numbers that were left out, as nothing has them («Шевченка 999» is the street)."""

    results: list[Found | Lead]
    missed: tuple[str, ...] = ()


def find_everything(text: str, limit: int = 10, near: tuple[float, float] | None = None) -> Answer:
    """What is public, the best first, results of one group together. `near`: lon, lat in degrees.

    Takes two seconds of the database at most a statement; then its error is raised.
    """
    if place := read_coordinates(text[: 2 * LONGEST_QUERY]):
        return Answer([describe_place(place, near)])
    search = _Search(near)
    question = read_question(text)
    if not question.words:
        return Answer([])
    problem = search.find_problem(text)
    if problem and problem[1]:
        return Answer([problem[0]])
    named = find_named(question, search.things)[:NAMED_MAX]
    if question.type:
        named = [each for each in named if not each.unsaid]
    whole = [each for each in named if not each.rest]
    hits, missed = search.find(question)
    if is_sure(question, hits):
        whole = [each for each in whole if each.quality <= FORM]
    first: list[Found | Lead] = [search.describe_named(each) for each in whole]
    first += search.list_layers_of(whole)
    if problem:
        first.append(problem[0])
    lead = whole[0] if whole and whole[0].quality <= FORM else None
    ahead = search.find_of_kind(lead) if lead else []
    if not ahead:
        for each in named:
            ahead += search.find_of_kind(each) if each.rest else []
    found = [*first, *(search.describe(hit) for hit in [*ahead, *hits])]
    return Answer(gather(drop_lookalikes(found))[:limit], () if ahead else missed)


def search_features(
    text: str, limit: int = 10, near: tuple[float, float] | None = None
) -> list[Found]:
    """Only what has a place of its own: an address, an object, a problem, a territory."""
    found = find_everything(text, limit + NAMED_MAX * 2, near).results
    return [each for each in found if isinstance(each, Found)][:limit]


def describe_place(place: Coordinates, near: tuple[float, float] | None) -> Found:
    told = _("Longitude stood first: this is what lies in Ukraine.") if place.swapped else ""
    distance = measure_distance(place.lon, place.lat, near) if near else None
    title = str(place)
    return Found("", "", title, _("Coordinates: latitude, longitude"), place.lon, place.lat,
                 Group.PLACE, distance_m=distance, note=told)  # fmt: skip


def gather(found: Sequence[Found | Lead]) -> list[Found | Lead]:
    """Groups in the order of their best results."""
    groups = list(dict.fromkeys(each.group for each in found))
    return sorted(found, key=lambda each: groups.index(each.group))


def drop_lookalikes(found: Sequence[Found | Lead]) -> list[Found | Lead]:
    """The first of those that read the same: forty oaks of one street are one line."""
    first: dict[tuple[str, str, str], Found | Lead] = {}
    for each in found:
        first.setdefault((each.layer, each.title, each.subtitle), each)
    return list(first.values())


class _Search:
    """The statements of one question; layers and kinds are read once."""

    def __init__(self, near: tuple[float, float] | None) -> None:
        self.near = near

    @cached_property
    def layers(self) -> dict[int, Layer]:
        public = Layer.objects.filter(
            visibility=Layer.Visibility.PUBLIC, archived_at__isnull=True
        ).order_by("position", "pk")
        return {layer.pk: layer for layer in public}

    @cached_property
    def things(self) -> list[Kind | Layer]:
        kinds = list(Kind.objects.filter(layer__in=self.layers))
        for kind in kinds:
            kind.layer = self.layers[kind.layer_id]
        return [*kinds, *(layer for layer in self.layers.values() if not layer.is_basemap)]

    @cached_property
    def searched(self) -> list[int]:
        """Renamed streets are found by their old names on the streets of today."""
        renamed = settings.RENAMED_STREET_LAYER
        return [pk for pk, layer in self.layers.items() if layer.slug != renamed]

    def find(self, question: Question) -> tuple[list[Hit], tuple[str, ...]]:
        """By words as they are, by old names, by how they sound; at last without numbers."""
        hits, former = self.run(question), self.find_by_former_names(question)
        hits = [*hits, *former] if is_sure(question, hits) else [*former, *hits]
        hits = hits or self.run(hear(question))
        if hits or not question.numbers or not (plain := question.without_numbers()).words:
            return hits, ()
        hits, _missed = self.find(plain)
        return hits, question.numbers if hits else ()

    def run(
        self, question: Question, *, kind: Kind | None = None, layer: Layer | None = None
    ) -> list[Hit]:
        layers = [layer.pk] if layer else self.searched
        lon, lat = self.near or (None, None)
        patterns = question.patterns
        values = {
            "layers": layers,
            "patterns": patterns,
            "probe": max(patterns, key=measure_probe),
            "begins": f" {' '.join(question.words)}%",
            "has_number": bool(question.numbers),
            "wish": json.dumps([kind.only], ensure_ascii=False) if kind and kind.only else None,
            "lon": lon,
            "lat": lat,
            "limit": RANKED,
            "candidates": CANDIDATES,
        }
        with bounded_cursor(SEARCH_S) as cursor:
            execute_sql(cursor, "layers", "search_words", values)
            rows = cursor.fetchall()
        return rank_hits(question, [self.read(*row) for row in rows])

    def read(
        self, layer: int, key: str, title: str, subtitle: str, folded: str, lon: float, lat: float
    ) -> Hit:
        read = self.layers[layer]
        distance = measure_distance(lon, lat, self.near) if self.near else None
        place = key, title, subtitle, folded, lon, lat
        return Hit(read.slug, find_group(read), read.is_basemap, *place, distance)

    def find_by_former_names(self, question: Question) -> list[Hit]:
        """Streets and addresses whose street was once called so, each saying it."""
        words = [word for word in question.words if not is_number(word)]
        if not words:
            return []
        heard = sound(" ".join(words))
        if len(heard) < SHORTEST_SOUND:
            return []
        begins = Q(sound__startswith=heard) | Q(sound__contains=f" {heard}")
        former = FormerName.objects.filter(begins, layer__in=self.layers)
        found: list[Hit] = []
        for name in former.order_by("sound", "new", "pk")[:FORMER_MAX]:
            asked = ask_words([*name.new.split(), *question.numbers], question.type)
            note = _("formerly %(name)s") % {"name": name.title}
            hits = self.run(asked)
            found += [replace(hit, note=note) for hit in hits if hit.group == Group.ADDRESS]
        return found

    def find_problem(self, text: str) -> tuple[Found, bool] | None:
        """A problem by its number, and whether nothing else can be meant."""
        asked = read_problem_number(text)
        layer = next((one for one in self.layers.values() if one.kind == one.Kind.PROBLEMS), None)
        if asked is None or layer is None:
            return None
        entry = SearchEntry.objects.filter(layer=layer, key=str(asked[0])).first()
        if entry is None:
            return None
        hit = self.read(layer.pk, entry.key, entry.title, entry.subtitle, "", *entry.place.coords)
        number = _("No. %(number)s") % {"number": asked[0]}
        return replace(self.describe(hit), note=number), asked[1]

    def find_of_kind(self, named: Named) -> list[Hit]:
        """Of the named kind or layer those that have the rest of the words, or the nearest."""
        kind = named.thing if isinstance(named.thing, Kind) else None
        layer = named.thing.layer if isinstance(named.thing, Kind) else named.thing
        if named.rest:
            return self.run(ask_words(list(named.rest)), kind=kind, layer=layer)[:NEAREST_MAX]
        if self.near is None or layer.kind != Layer.Kind.REGISTER:
            return []
        wish = Wish(layer, sees_all=False, kinds=(kind,) if kind else ())
        near = find_nearest([wish], *self.near, limit=NEAREST_MAX)
        keys = {each.key: each.distance_m for each in near}
        entries = SearchEntry.objects.filter(layer=layer, key__in=list(keys))
        hits = [self.read(layer.pk, entry.key, entry.title, entry.subtitle, "", *entry.place.coords)
                for entry in entries]  # fmt: skip
        placed = [replace(hit, distance_m=keys[hit.key]) for hit in hits]
        return sorted(placed, key=lambda hit: (hit.distance_m or 0.0, hit.key))

    def describe_named(self, named: Named) -> Lead:
        thing = named.thing
        if isinstance(thing, Kind):
            title = _("Nearest: %(kind)s") % {"kind": thing.title}
            return Lead(thing.layer.slug, title, kind=thing.slug)
        return Lead(thing.slug, thing.title, _("Layer"))

    def list_layers_of(self, named: Sequence[Named]) -> list[Lead]:
        """The layer of the kind that was named."""
        kinds = [each.thing for each in named[:1] if isinstance(each.thing, Kind)]
        return [Lead(kind.layer.slug, kind.layer.title, _("Layer")) for kind in kinds]

    def describe(self, hit: Hit) -> Found:
        return Found(hit.layer, hit.key, hit.title, hit.subtitle, hit.lon, hit.lat, hit.group,
                     distance_m=hit.distance_m, note=hit.note)  # fmt: skip


def measure_probe(pattern: str) -> int:
    """How much of an index's work a pattern saves: as much as its shortest spelling says."""
    return min(map(len, pattern.strip(" ()").split("|")))


def is_sure(question: Question, hits: Sequence[Hit]) -> bool:
    """Whether the title of the best hit holds all words as they were typed, or forms of them."""
    title = fold_line(hits[0].title).split() if hits else []
    return bool(title) and all(
        min(measure_word(word, known) for known in title) <= FORM for word in question.words
    )


def find_group(layer: Layer) -> Group:
    if layer.kind == Layer.Kind.PROBLEMS:
        return Group.PROBLEM
    if layer.slug in (settings.ADDRESS_LAYER, settings.STREET_LAYER):
        return Group.ADDRESS
    is_territory = layer.kind == Layer.Kind.TERRITORY or layer.slug in SETTLEMENTS
    return Group.TERRITORY if is_territory else Group.OBJECT


def hear(question: Question) -> Question:
    """With words of the town that sound as those that were typed, a slip or two apart."""
    words = [word for word in question.words if not is_number(word)]
    sounds = [sound(RUSSIAN.sub("а", word)) for word in words]
    if not any(len(heard) >= SHORTEST_SOUND for heard in sounds):
        return question
    with bounded_cursor(SEARCH_S) as cursor:
        execute_sql(cursor, "layers", "find_words", {"sounds": sounds, "most": WORDS_KNOWN})
        rows = cursor.fetchall()
    near: dict[str, list[tuple[int, int, str]]] = {}
    for place, known, heard in rows:
        word, asked = words[place - 1], sounds[place - 1]
        slips = min(slips_between(asked, heard), slips_between(asked, heard[: len(asked)]))
        if slips <= slips_allowed(asked):
            near.setdefault(word, []).append((slips, len(heard), known))
    chosen = {
        word: tuple(known for slips, _length, known in sorted(ways) if slips == min(ways)[0])
        for word, ways in near.items()
    }
    return question.spell({word: ways[:SPELLINGS_MAX] for word, ways in chosen.items()})

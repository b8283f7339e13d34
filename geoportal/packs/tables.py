"""Which tables and keys every file of a pack has; `docs/reference/packs.md` says what they mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from geoportal.accounts.models import Membership, Organisation
from geoportal.interface.numbers_to_call import LONGEST_PHONE, PHONE
from geoportal.packs import values as v
from geoportal.problems.models import Question
from geoportal.problems.workflow import Action, RoutingRole
from layers.models import Layer, LayerField

FORMAT: Final = 1
FILES: Final = ("logo", "style", "source.file")


@dataclass(frozen=True)
class Key:
    """How one key is checked; `required`: of the thing with all that it inherits."""

    check: v.Check
    required: bool = False


@dataclass(frozen=True)
class Table:
    """A thing of a pack. `code` names the key that it is known by; keys of its tables have dots.

    `children` are lists of tables in it. `whole` are tables that an extending pack replaces at
    once, instead of key by key; a child without a code is replaced at once as well.
    """

    keys: Mapping[str, Key]
    code: str = ""
    children: Mapping[str, "Table"] = field(default_factory=dict)
    whole: tuple[str, ...] = ()

    @property
    def tables(self) -> set[str]:
        return {name.partition(".")[0] for name in self.keys if "." in name}


def titled(longest: int = 254) -> dict[str, Key]:
    return {"title_uk": Key(v.text(longest), required=True), "title_en": Key(v.text(longest))}


check_layer_slug = v.matching(v.LAYER_SLUG, 63, v.say_layer_slug)
SLUGS: Final = Key(v.each(v.slug(63)))
TEXT: Final = Key(v.text())
LINE: Final = Key(v.text(254))
ICON: Final = Key(v.or_nothing(v.slug(40)))
FLAG: Final = Key(v.flag)
POSITION: Final = {"position": Key(v.integer())}
ZOOM: Final = Key(v.integer(0, 22))

EMERGENCY_NUMBER: Final = Table(
    {
        "number": Key(v.matching(PHONE, LONGEST_PHONE, v.say_phone), required=True),
        "title_uk": Key(v.text(120), required=True),
        "title_en": Key(v.text(120)),
    }
)
WITHOUT: Final = ("themes", "layers", "kinds", "organisations", "categories", "pages")
COMMUNITY: Final = Table(
    {
        "format": Key(v.integer(FORMAT, FORMAT), required=True),
        "extends": Key(v.text(200)),
        "name_uk": Key(v.text(160), required=True),
        "name_en": Key(v.text(160)),
        "short_name_uk": Key(v.text(40), required=True),
        "short_name_en": Key(v.text(40)),
        "katottg": Key(v.or_nothing(v.katottg)),
        "logo": Key(v.text()),
        "accent": Key(v.or_nothing(v.accent)),
        "languages": Key(v.languages),
        "time_zone": Key(v.time_zone),
        "map.center": Key(v.position_on_earth),
        "map.zoom": Key(v.number(0, 22)),
        "base_map.style_url": Key(v.or_nothing(v.web_address)),
        "base_map.raster_url": Key(v.or_nothing(v.matching(v.RASTER_URL, 500, v.say_raster_url))),
        "base_map.pmtiles": Key(v.or_nothing(v.matching(v.PMTILES_NAME, 100, v.say_pmtiles_name))),
        "base_map.attribution": Key(v.text(500)),
        "contacts.authority_uk": LINE,
        "contacts.authority_en": LINE,
        "contacts.address_uk": LINE,
        "contacts.address_en": LINE,
        "contacts.email": Key(v.or_nothing(v.email)),
        "contacts.phone": Key(v.text(64)),
        "contacts.hours_uk": LINE,
        "contacts.hours_en": LINE,
        "contacts.website": Key(v.or_nothing(v.web_address)),
        "contacts.reviewed_uk": Key(v.text(60)),
        "contacts.reviewed_en": Key(v.text(60)),
        **{f"without.{section}": SLUGS for section in WITHOUT},
    },
    children={"emergency_number": EMERGENCY_NUMBER},
    whole=("without",),
)
THEME: Final = Table(
    {"slug": Key(v.slug(), required=True), **titled(120), "icon": ICON, **POSITION}, code="slug"
)
ORGANISATION: Final = Table(
    {
        "slug": Key(v.slug(), required=True),
        "kind": Key(v.one_of(Organisation.Kind.values), required=True),
        "name_uk": Key(v.text(254), required=True),
        "name_en": LINE,
        "edrpou": Key(v.or_nothing(v.matching(v.EDRPOU, 8, v.say_edrpou))),
        "email": Key(v.or_nothing(v.email)),
        "phone": Key(v.text(64)),
        "website": Key(v.or_nothing(v.web_address)),
        "description_uk": TEXT,
        "description_en": TEXT,
        "address": LINE,
        "working_hours": LINE,
        "is_active": FLAG,
    },
    code="slug",
)
NUMBER_MAX: Final = 1e15
FIELD: Final = Table(
    {
        "name": Key(v.text(120), required=True),
        "type": Key(v.one_of(LayerField.Type.values)),
        "title_uk": LINE,
        "title_en": LINE,
        "hint_uk": LINE,
        "hint_en": LINE,
        "unit": Key(v.text(24)),
        "choices": Key(v.choices),
        "code_list": Key(v.or_nothing(v.web_address)),
        "minimum": Key(v.number(-NUMBER_MAX, NUMBER_MAX)),
        "maximum": Key(v.number(-NUMBER_MAX, NUMBER_MAX)),
        "required": FLAG,
        "audience": Key(v.one_of(LayerField.Audience.values)),
        "searchable": FLAG,
    },
    code="name",
)
LAYER: Final = Table(
    {
        "slug": Key(check_layer_slug, required=True),
        "kind": Key(v.one_of((Layer.Kind.REGISTER, Layer.Kind.TERRITORY))),
        **titled(),
        "description_uk": Key(v.text(4000)),
        "description_en": Key(v.text(4000)),
        "theme": Key(v.or_nothing(v.slug())),
        "organisation": Key(v.or_nothing(v.slug())),
        "geometry_type": Key(v.one_of(Layer.GeometryType.values)),
        "key_field": Key(v.text(120)),
        "title_field": Key(v.text(120)),
        "visibility": Key(v.one_of(Layer.Visibility.values)),
        "accepts_proposals": FLAG,
        "icon": ICON,
        "color": Key(v.colour),
        "style": Key(v.text()),
        "min_zoom": ZOOM,
        "max_zoom": ZOOM,
        "shown_by_default": FLAG,
        "is_basemap": FLAG,
        **POSITION,
        "licence": Key(v.text(64)),
        "update_frequency": Key(v.or_nothing(v.one_of(Layer.Frequency.values))),
        "contact": Key(v.or_nothing(v.email)),
        "keywords": Key(v.each(v.text(64))),
        "legal_basis": TEXT,
        "spatial_coverage": Key(v.text(19)),
        "hidden": Key(v.each(v.text(500))),
        "without_fields": Key(v.each(v.text(120))),
        "source.file": Key(v.text()),
        "source.name": Key(v.text(254)),
        "source.key": Key(v.text(120)),
        "source.crs": Key(v.text(40)),
        "source.encoding": Key(v.text(40)),
        "source.source_layer": Key(v.text(254)),
        "source.lon": Key(v.text(120)),
        "source.lat": Key(v.text(120)),
        "source.filter": Key(v.row_filter),
        "source.only": Key(v.one_of(("point", "line", "polygon"))),
    },
    code="slug",
    children={"field": FIELD},
    whole=("source",),
)
KIND: Final = Table(
    {
        "slug": Key(v.slug(), required=True),
        **titled(120),
        "words": Key(v.each(v.text(64))),
        "icon": ICON,
        "layer": Key(check_layer_slug, required=True),
        "only": Key(v.row_filter),
        **POSITION,
    },
    code="slug",
)
QUESTION: Final = Table(
    {
        "code": Key(v.slug(), required=True),
        **titled(),
        "datatype": Key(v.one_of(Question.Datatype.values)),
        "required": FLAG,
        "is_public": FLAG,
        "choices": Key(v.choices),
        **POSITION,
    },
    code="code",
)
CATEGORY: Final = Table(
    {
        "code": Key(v.slug(), required=True),
        "parent": Key(v.or_nothing(v.slug())),
        **titled(120),
        "icon": ICON,
        "keywords": Key(v.each(v.text(64))),
        "hint_uk": TEXT,
        "hint_en": TEXT,
        "is_emergency": FLAG,
        "is_public": FLAG,
        "is_active": FLAG,
        "duplicate_radius_m": Key(v.integer()),
        "moderation_working_days": Key(v.integer()),
        "acceptance_working_days": Key(v.integer()),
        "solution_days": Key(v.integer(1, 730)),
        **POSITION,
        "without_questions": Key(v.each(v.slug())),
    },
    code="code",
    children={"question": QUESTION},
)
TEMPLATE: Final = Table(
    {
        "title": Key(v.text(120), required=True),
        "words": Key(v.text(), required=True),
        "organisation": Key(v.slug()),
        "category": Key(v.slug()),
        "action": Key(v.one_of(Action.values)),
        **POSITION,
    }
)
PAGE: Final = Table(
    {
        "slug": Key(v.matching(v.PAGE_SLUG, 63, v.say_page_slug), required=True),
        "title_uk": Key(v.text(120), required=True),
        "title_en": Key(v.text(120)),
        "body_uk": TEXT,
        "body_en": TEXT,
        **POSITION,
        "in_menu": FLAG,
        "in_footer": FLAG,
    },
    code="slug",
)
RESPONSIBILITY: Final = Table(
    {
        "organisation": Key(v.slug(), required=True),
        "category": Key(v.slug()),
        "territory_layer": Key(check_layer_slug),
        "territory_key": Key(v.text(500)),
        "role": Key(v.one_of(RoutingRole.values)),
        "priority": Key(v.integer(-v.SMALL_MAX, v.SMALL_MAX)),
        "is_active": FLAG,
        "note": LINE,
    }
)
OVERSIGHT: Final = Table(
    {
        "organisation": Key(v.slug(), required=True),
        "territory_layer": Key(check_layer_slug, required=True),
        "territory_key": Key(v.text(500), required=True),
    }
)
PERSON: Final = Table(
    {
        "email": Key(v.email, required=True),
        "organisation": Key(v.slug(), required=True),
        "role": Key(v.one_of(Membership.Role.values)),
    }
)


@dataclass(frozen=True)
class Section:
    """A file with a list of things: TOML's `[[table]]`, or rows of a CSV where `table` is empty.

    `known_by`: the keys whose values together name a thing.
    """

    name: str
    file: str
    table: str
    shape: Table
    known_by: tuple[str, ...]


SECTIONS: Final = (
    Section("themes", "themes.toml", "theme", THEME, ("slug",)),
    Section("organisations", "organisations.toml", "organisation", ORGANISATION, ("slug",)),
    Section("layers", "layers", "", LAYER, ("slug",)),
    Section("kinds", "kinds.toml", "kind", KIND, ("slug",)),
    Section("categories", "categories.toml", "category", CATEGORY, ("code",)),
    Section("templates", "templates.toml", "template", TEMPLATE,
            ("organisation", "category", "action", "title")),
    Section("responsibilities", "responsibilities.csv", "", RESPONSIBILITY,
            ("organisation", "category", "territory_layer", "territory_key", "role")),
    Section("oversight", "oversight.csv", "", OVERSIGHT,
            ("organisation", "territory_layer", "territory_key")),
    Section("people", "people.csv", "", PERSON, ("email", "organisation")),
    Section("pages", "pages/pages.toml", "page", PAGE, ("slug",)),
)  # fmt: skip
BY_NAME: Final = {section.name: section for section in SECTIONS}

"""What every register's layer has alike: passport, code of the community, who publishes it."""

from collections.abc import Iterable
from dataclasses import dataclass

from geoportal.demo import community
from geoportal.demo.dataset import POINT, Dataset, Row
from geoportal.demo.organisations import CITY_COUNCIL, contact_of
from layers.specs import FieldSpec, LayerSpec

OPEN_DATA = "Постанова Кабінету Міністрів України від 21.10.2015 № 835"


@dataclass(frozen=True, kw_only=True)
class Register:
    """A register of objects in words: titles and descriptions in Ukrainian and English."""

    slug: str
    title: tuple[str, str]
    about: tuple[str, str]
    theme: str
    icon: str
    color: str
    fields: tuple[FieldSpec, ...]
    keywords: tuple[str, ...]
    geometry_type: str = POINT
    title_field: str = "name"
    publisher: str = CITY_COUNCIL
    legal_basis: str = OPEN_DATA
    update_frequency: str = "quarterly"
    shown_by_default: bool = False
    accepts_proposals: bool = False
    min_zoom: int = 10
    position: int = 0
    style: dict[str, object] | None = None
    kind: str = "register"
    is_basemap: bool = False
    source: str = "Інвентаризація 2026 року"

    def with_rows(self, rows: Iterable[Row]) -> Dataset:
        spec = LayerSpec(
            slug=self.slug,
            title_uk=self.title[0],
            title_en=self.title[1],
            kind=self.kind,
            description_uk=f"{self.about[0]} {community.INVENTED_UK}",
            description_en=f"{self.about[1]} {community.INVENTED_EN}",
            geometry_type=self.geometry_type,
            key_field="uid" if any(field.name == "uid" for field in self.fields) else "",
            title_field=self.title_field,
            accepts_proposals=self.accepts_proposals,
            icon=self.icon,
            color=self.color,
            style=self.style or {},
            min_zoom=self.min_zoom,
            shown_by_default=self.shown_by_default,
            is_basemap=self.is_basemap,
            position=self.position,
            update_frequency=self.update_frequency,
            contact=contact_of(self.publisher),
            keywords=self.keywords,
            legal_basis=self.legal_basis,
            spatial_coverage=community.COMMUNITY_CODE,
            fields=self.fields,
        )
        return Dataset(
            spec=spec,
            theme=self.theme,
            rows=rows,
            publisher=self.publisher,
            source=self.source,
        )

"""What happened after the first load, so that the history of layers has something to tell."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import islice

from shapely import affinity

from geoportal.demo.dataset import Change, Dataset, Row
from geoportal.demo.town.randomness import stream
from layers.models import Changeset
from layers.schema import Json

GIS_OFFICER, CLEAN_TOWN_OFFICER = "gis", "clean-town-officer"
SURVEYED_TREES = 4000


def with_history(dataset: Dataset) -> Dataset:
    """The dataset with later changes, where there are any for it."""
    changes = {
        "hospitals": _longer_hours,
        "pharmacies": _wrong_file,
        "trees": _autumn_survey,
        "waste_containers": _moved_containers,
    }.get(dataset.spec.slug)
    return replace(dataset, changes=changes(dataset.rows)) if changes else dataset


def _changed(row: Row, values: Mapping[str, Json]) -> Row:
    return replace(row, values=dict(row.values) | dict(values))


def _longer_hours(rows: Iterable[Row]) -> tuple[Change, ...]:
    clinic = next(row for row in rows if row.values["type"] == "Поліклініка")
    hours = {"openingHours": "Пн-Пт 07:30-20:00; Сб 09:00-14:00"}
    comment = "З 1 жовтня поліклініка працює довше"
    return (Change(comment=comment, rows=[_changed(clinic, hours)], author=GIS_OFFICER),)


def _wrong_file(rows: Iterable[Row]) -> tuple[Change, ...]:
    """An import that was a mistake, and its rollback."""
    wrong = [_changed(row, {"openingHours": "Пн-Пт 09:00-18:00"}) for row in islice(rows, 12)]
    return (
        Change(
            comment="Оновлено графік аптек",
            rows=wrong,
            kind=Changeset.Kind.IMPORT,
            source="аптеки_2019.xlsx",
            author=GIS_OFFICER,
            undone="Завантажено застарілий файл; повернуто попередні дані",
        ),
    )


def _autumn_survey(rows: Iterable[Row]) -> tuple[Change, ...]:
    """A survey of some streets, the felling that followed, and what was planted."""
    chance = stream("history/trees")
    surveyed = list(islice(rows, SURVEYED_TREES))
    worse = chance.sample([row for row in surveyed if row.values["condition"] == "добрий"], 64)
    survey = [
        _changed(row, {"condition": "задовільний", "inventoryDate": "2026-09-24"}) for row in worse
    ]
    felled = [row.key for row in surveyed if row.values["serviceType"]][:9]
    young: dict[str, Json] = {
        "condition": "добрий", "ageValue": 5, "heightValue": 2.8, "diameterValue": 4.5,
        "serviceType": None, "inventoryDate": "2026-10-01",
    }  # fmt: skip
    spots = [row for row in surveyed if row.values["setting"] == "у парку"] or surveyed
    planted = [
        Row(key, affinity.translate(row.shape, 2.2, 1.4), dict(row.values) | young | {"uid": key})
        for number, row in enumerate(chance.sample(spots, 24), start=1)
        for key in (f"T-26-{number:04d}",)
    ]
    return (
        Change(comment="Осіннє обстеження", rows=survey, kind=Changeset.Kind.IMPORT,
               source="obstezhennia_2026_09.gpkg", author=GIS_OFFICER),
        Change(comment="Зрізано аварійні дерева за актами обстеження", removed_keys=tuple(felled),
               author=GIS_OFFICER),
        Change(comment="Висаджено 24 дерева", rows=planted, author=GIS_OFFICER),
    )  # fmt: skip


def _moved_containers(rows: Iterable[Row]) -> tuple[Change, ...]:
    row = next(row for row in rows if row.values["cansCount"] == 3)
    moved = Row(
        row.key,
        affinity.translate(row.shape, 1.6, -1.2),
        dict(row.values) | {"cansCount": 4, "cansVolume": ", ".join(["1100.0"] * 4)},
    )
    comment = "Додано контейнер і вирівняно майданчик"
    return (Change(comment=comment, rows=[moved], author=CLEAN_TOWN_OFFICER),)

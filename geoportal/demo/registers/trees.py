"""The register of trees: species, size and state, by annex 31 to Cabinet resolution 835."""

from collections.abc import Iterator
from dataclasses import replace

from geoportal.demo import themes
from geoportal.demo.dataset import Dataset, Row, Stream, attribute
from geoportal.demo.organisations import IMPROVEMENT
from geoportal.demo.registers.describing import Register
from geoportal.demo.registers.fields import ADDRESS, HOLDER, UID, UPDATED, holder_values
from geoportal.demo.registers.scaling import multiply_points
from geoportal.demo.styles.objects import tree_style
from geoportal.demo.town.gazetteer import Gazetteer
from geoportal.demo.town.randomness import stream
from geoportal.demo.town.trees import Tree, build_trees
from layers.schema import Json

# Species: English name, Latin name, height of an old tree in m, years to half of it.
SPECIES: dict[str, tuple[str, str, float, float]] = {
    "липа серцелиста": ("small-leaved linden", "Tilia cordata", 25, 30),
    "клен гостролистий": ("Norway maple", "Acer platanoides", 24, 26),
    "гіркокаштан звичайний": ("horse chestnut", "Aesculus hippocastanum", 22, 28),
    "береза повисла": ("silver birch", "Betula pendula", 24, 20),
    "горобина звичайна": ("rowan", "Sorbus aucuparia", 11, 14),
    "ясен звичайний": ("European ash", "Fraxinus excelsior", 28, 30),
    "дуб звичайний": ("English oak", "Quercus robur", 30, 55),
    "тополя пірамідальна": ("Lombardy poplar", "Populus nigra ’Italica’", 30, 18),
    "верба біла": ("white willow", "Salix alba", 22, 18),
    "робінія звичайна": ("black locust", "Robinia pseudoacacia", 20, 18),
    "ялина європейська": ("Norway spruce", "Picea abies", 28, 32),
    "сосна звичайна": ("Scots pine", "Pinus sylvestris", 27, 34),
    "туя західна": ("northern white cedar", "Thuja occidentalis", 9, 18),
    "вишня звичайна": ("sour cherry", "Prunus cerasus", 7, 9),
    "яблуня домашня": ("apple", "Malus domestica", 8, 11),
    "горіх волоський": ("walnut", "Juglans regia", 19, 26),
    "в’яз гладкий": ("European white elm", "Ulmus laevis", 26, 30),
    "граб звичайний": ("hornbeam", "Carpinus betulus", 20, 32),
}
STREET = ("липа серцелиста", "клен гостролистий", "гіркокаштан звичайний", "горобина звичайна",
          "ясен звичайний", "робінія звичайна", "тополя пірамідальна")  # fmt: skip
PARK = ("липа серцелиста", "клен гостролистий", "дуб звичайний", "береза повисла",
        "ялина європейська", "сосна звичайна", "граб звичайний", "в’яз гладкий", "верба біла",
        "гіркокаштан звичайний")  # fmt: skip
YARD = ("береза повисла", "горобина звичайна", "вишня звичайна", "яблуня домашня",
        "горіх волоський", "туя західна", "клен гостролистий", "липа серцелиста",
        "ялина європейська")  # fmt: skip
YEARS = (2024, 2025, 2025, 2026)
SETTINGS = {"street": "уздовж вулиці", "park": "у парку", "yard": "у дворі"}
REGISTER = Register(
    slug="trees",
    title=("Дерева", "Trees"),
    about=(
        "Реєстр дерев: порода, вік, висота, діаметр стовбура на висоті 1,3 м і стан.",
        "The register of trees: species, age, height, stem diameter at 1.3 m and condition.",
    ),
    theme=themes.ENVIRONMENT,
    icon="tree-deciduous",
    color="#4f8a3c",
    style=tree_style(),
    publisher=IMPROVEMENT,
    legal_basis="Наказ Держбуду України від 24.12.2001 № 226 (інвентаризація зелених насаджень)",
    keywords=("дерева", "зелені насадження", "інвентаризація"),
    update_frequency="monthly",
    min_zoom=14,
    position=1,
    title_field="species",
    fields=(
        UID,
        attribute("type", "Тип насадження", "Type", choices=(("Дерево", "Tree"), ("Кущ", "Shrub"))),
        attribute("species", "Вид насадження", "Species", required=True, choices=tuple(
            (uk, f"{en} ({latin})") for uk, (en, latin, _, _) in SPECIES.items()
        )),
        attribute("condition", "Якісний стан", "Condition", choices=(
            ("добрий", "good"), ("задовільний", "fair"), ("незадовільний", "poor"),
        )),
        attribute("ageValue", "Вік", "Age", type="integer", unit="років"),
        attribute("heightValue", "Висота", "Height", type="number", unit="м"),
        attribute("diameterValue", "Діаметр стовбура", "Stem diameter", type="number", unit="см"),
        attribute("setting", "Розташування", "Setting", choices=(
            ("уздовж вулиці", "along a street"), ("у парку", "in a park"), ("у дворі", "in a yard"),
        )),
        attribute("serviceType", "Потрібні роботи", "Work needed", choices=(
            ("Підлягає зрізуванню", "To be felled"),
            ("Підлягає пересаджуванню", "To be transplanted"),
        )),
        *(
            replace(field, searchable=False)
            for field in ADDRESS
            if field.name != "addressLocatorDesignator"
        ),
        *HOLDER,
        UPDATED,
        attribute("inspector", "Хто обстежив", "Inspected by", staff=True),
    ),
)  # fmt: skip


def build_tree_register(gazetteer: Gazetteer, scale: int) -> Dataset:
    """`scale` times as many trees as the town has."""
    return REGISTER.with_rows(Stream(lambda: _rows(gazetteer, scale)))


def _rows(gazetteer: Gazetteer, scale: int) -> Iterator[Row]:
    trees = build_trees()
    species = [_species(tree) for tree in trees]
    near = [gazetteer.near(tree.point) for tree in trees]
    holder, chance = holder_values(IMPROVEMENT), stream("trees/measures")
    places = multiply_points([tree.point for tree in trees], scale)
    for number, (point, index, _) in enumerate(places, start=1):
        uid, street = f"T-{number:06d}", near[index]
        values: dict[str, Json] = {
            "uid": uid,
            "type": "Дерево",
            "species": species[index],
            "setting": SETTINGS[trees[index].setting],
            "addressPostName": street.settlement,
            "addressThoroughfare": street.street,
            "inventoryDate": f"{chance.choice(YEARS)}-{chance.randint(3, 9):02d}-15",
            "inspector": f"Інвентаризаційна група № {chance.randint(1, 3)}",
        }
        yield Row(uid, point, values | holder | _measures(species[index], chance.random()))


def _species(tree: Tree) -> str:
    """A row of a street is of one species; parks and yards are mixed."""
    if tree.setting == "street":
        return stream(f"species/{tree.group}").choices(STREET, weights=(8, 6, 5, 3, 2, 2, 1))[0]
    kinds = PARK if tree.setting == "park" else YARD
    at = int(tree.point.x * 7) + int(tree.point.y * 13)
    return kinds[at % len(kinds)]


def _measures(species: str, luck: float) -> dict[str, Json]:
    """Age, height, diameter and state that go together; `luck` is between 0 and 1."""
    _, _, tall_m, half_years = SPECIES[species]
    age = round(4 + 78 * luck**1.4)
    height_m = round(tall_m * age / (age + half_years), 1)
    diameter_cm = round(1.5 + height_m * (1.1 + age / 55), 1)
    wobble = (luck * 7919) % 1
    old = age > 1.7 * half_years
    condition = "добрий" if wobble < (0.62 if old else 0.86) else "задовільний"
    if wobble > (0.93 if old else 0.985):
        condition = "незадовільний"
    service = "Підлягає зрізуванню" if condition == "незадовільний" and old else None
    return {
        "ageValue": age,
        "heightValue": height_m,
        "diameterValue": diameter_cm,
        "condition": condition,
        "serviceType": service,
    }

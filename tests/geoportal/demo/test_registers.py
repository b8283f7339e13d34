"""Rows keep to their schema, and what is invented cannot be taken for real."""

import json
import re

import pytest
import shapely
from django.conf import settings

from geoportal.demo import community
from geoportal.demo.organisations import BY_SLUG, ORGANISATIONS
from geoportal.demo.seed import list_final_rows
from geoportal.demo.themes import THEMES
from layers.models import LayerField
from layers.schema import split_values

ICONS = settings.BASE_DIR / "node_modules/lucide-static/icons"
OBJECTS = (
    "hospitals", "schools", "kindergartens", "pharmacies", "free_wifi", "battery_points",
    "waste_containers", "parking", "parks", "playgrounds", "sports_grounds", "shelters",
    "tourist_sights", "trees", "heritage",
)  # fmt: skip


def as_fields(dataset):
    return [
        LayerField(**vars(spec) | {"choices": list(spec.choices)}) for spec in dataset.spec.fields
    ]


def test_there_are_the_layers_that_a_community_looks_for(datasets):
    assert set(OBJECTS) <= set(datasets)
    assert len([d for d in datasets.values() if d.spec.kind == "territory"]) == 9


def test_values_keep_to_the_schema(datasets):
    for slug, dataset in datasets.items():
        fields = as_fields(dataset)
        required = {field.name for field in fields if field.required}
        for row in list_final_rows(dataset):
            _, refused = split_values(fields, row.values)
            assert refused == {}, (slug, row.key)
            filled = {name for name, value in row.values.items() if value not in (None, "")}
            assert required <= filled, (slug, row.key)


def test_keys_are_given_once_and_fit_a_url(datasets):
    for slug, dataset in datasets.items():
        keys = [row.key for row in list_final_rows(dataset)]
        assert len(keys) == len(set(keys)), slug
        assert all(re.fullmatch(r"[A-Za-z0-9-]+", key) for key in keys), slug
        if dataset.spec.key_field:
            assert all(row.key == row.values[dataset.spec.key_field] for row in dataset.rows), slug


def test_objects_are_dry_and_inside_the_community(datasets, town):
    water, limit = town.waters.everything, town.limit.buffer(0.5)
    shapely.prepare(water)
    shapely.prepare(limit)
    for slug in OBJECTS:
        for row in list_final_rows(datasets[slug]):
            assert limit.covers(row.shape), (slug, row.key)
            if slug not in ("parks", "tourist_sights", "heritage"):
                assert not water.intersects(row.shape), (slug, row.key)


def test_shelters_are_inside_buildings_and_schools_too(datasets, town):
    houses = shapely.STRtree([house.shape for house in town.houses])
    for slug in ("shelters", "schools", "kindergartens", "hospitals", "pharmacies"):
        for row in datasets[slug].rows:
            assert len(houses.query(row.shape, "within")) == 1, (slug, row.key)


def test_shelters_tell_only_staff_who_keeps_the_keys(datasets):
    audiences = {field.name: field.audience for field in datasets["shelters"].spec.fields}
    assert audiences["responsiblePersonName"] == "staff"
    assert audiences["responsiblePersonPhone"] == "staff"


def test_passports_are_complete_and_say_that_all_is_invented(datasets):
    themes = {slug for slug, *_ in THEMES}
    for dataset in datasets.values():
        spec = dataset.spec
        assert community.INVENTED_UK in spec.description_uk
        assert community.INVENTED_EN in spec.description_en
        assert spec.licence == "CC-BY-4.0"
        assert spec.spatial_coverage == community.COMMUNITY_CODE
        assert spec.update_frequency
        assert spec.legal_basis
        assert spec.keywords
        assert spec.contact.endswith(community.DOMAIN)
        assert spec.title_en
        assert dataset.theme in themes
        assert dataset.publisher in BY_SLUG
        assert all(field.title_uk and field.title_en for field in spec.fields), spec.slug


@pytest.mark.skipif(not ICONS.is_dir(), reason="the npm packages are not installed")
def test_icons_exist(datasets):
    names = {dataset.spec.icon for dataset in datasets.values()} | {icon for *_, icon in THEMES}
    assert [name for name in sorted(names) if not (ICONS / f"{name}.svg").is_file()] == []


def test_styles_draw_both_themes_with_what_the_layer_has(datasets):
    for dataset in datasets.values():
        style, names = dataset.spec.style, {field.name for field in dataset.spec.fields}
        if not style:
            continue
        assert set(style) == {"light", "dark", "legend"}
        assert len(style["light"]) == len(style["dark"])
        used = set(re.findall(r'\["get", "(\w+)"\]', json.dumps(style)))
        assert used <= names, dataset.spec.slug


def test_low_zooms_stay_readable(datasets):
    assert datasets["trees"].spec.min_zoom == 14
    assert datasets["addresses"].spec.min_zoom == 17
    shown = [d.spec.slug for d in datasets.values() if d.spec.shown_by_default]
    assert sorted(shown) == ["heritage", "hospitals", "parks", "schools"]


def test_phones_codes_and_addresses_belong_to_nobody(datasets):
    for organisation in ORGANISATIONS:
        assert re.fullmatch(r"(\d{8})?", organisation.edrpou)
    for slug, dataset in datasets.items():
        types = {field.name: field.type for field in dataset.spec.fields}
        for row in dataset.rows:
            for name, value in row.values.items():
                if value is not None and types[name] == "phone":
                    assert value == "103" or re.fullmatch(r"\+38000555\d{4}", value), (slug, value)
                if value is not None and types[name] == "url":
                    assert value.startswith(community.SITE), (slug, value)


def test_settlements_have_names_that_no_real_one_has(shared_data, town):
    codifier = shared_data / "ua-katottg/kodifikator-16-05-2025.csv"
    if not codifier.is_file():
        pytest.skip("the codifier of administrative units is not here")
    lines = codifier.read_text(encoding="utf-8-sig").splitlines()
    real = {line.rsplit(";", 1)[-1].strip() for line in lines}
    codes = {code for line in lines for code in line.split(";")[:5]}
    names = {community.TOWN_UK, community.COMMUNITY_UK} | {v.plan.name_uk for v in town.villages}
    assert names & real == set()
    own = {community.COMMUNITY_CODE, community.TOWN_CODE}
    own |= {community.village_code(number) for number in range(len(town.villages))}
    assert all(re.fullmatch(r"UA\d{17}", code) for code in own)
    assert own & codes == set()


def test_scale_multiplies_trees_and_addresses_in_the_same_town(datasets, town):
    from geoportal.demo.registers.every import build_datasets

    larger = {dataset.spec.slug: dataset for dataset in build_datasets(3)}
    for slug in ("trees", "addresses", "waste_containers"):
        rows = list(larger[slug].rows)
        assert len(rows) == 3 * len(list(datasets[slug].rows))
        assert len({row.key for row in rows}) == len(rows)
    wet = [row.key for row in larger["trees"].rows if town.waters.everything.intersects(row.shape)]
    assert wet == []
    assert len(list(larger["schools"].rows)) == len(list(datasets["schools"].rows))

"""Several datasets of one file: each an import of its own, all of one file on the disk."""

import pytest
from django.utils import timezone

from geoportal.accounts.models import Organisation
from geoportal.core.errors import Conflict, InvalidInput
from importers.models import Import, ImportFetch, ImportGroup, RemoteSource
from importers.stages.dividing import PartAim, divide_import
from importers.stages.files import get_folder, get_root
from importers.stages.groups import (
    access_group,
    cancel_each,
    check_each,
    make_group,
    publish_each,
)
from importers.stages.parts import list_parts
from importers.stages.publishing import name_preview
from importers.stages.services import answer_import, check_import
from importers.states import State
from layers.models import Layer
from tests.conftest import write_layer
from tests.importers.stages.conftest import publish
from tests.importers.stages.several import write_town

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> bytes:
    return write_town(tmp_path_factory.mktemp("town") / "misto-2026.gpkg").read_bytes()


@pytest.fixture
def received(receive, town):
    def call(name="misto-2026.gpkg", **given):
        return receive(town, name, slug="misto", creates=True, **given)

    return call


@pytest.fixture
def divide(officer, django_capture_on_commit_callbacks):
    """Into new layers by the slugs that are named, or `PartAim`s."""

    def call(import_, *aims: PartAim, **slugs: str) -> list[Import]:
        wanted = [PartAim(dataset=name, slug=slug, creates=True) for name, slug in slugs.items()]
        with django_capture_on_commit_callbacks(execute=True):
            imports = divide_import(actor=officer, import_=import_, aims=[*aims, *wanted])
        return list(Import.objects.filter(pk__in=[one.pk for one in imports]).order_by("pk"))

    return call


def test_parts_are_told_with_rows_shape_title_and_slug(received):
    import_ = received()
    assert import_.state == State.ASKING
    found = {one.dataset: one for one in list_parts(import_)}
    assert list(found) == ["лавки", "парки", "порожній", "довідник"]
    benches = found["лавки"]
    assert (benches.rows, benches.shape, benches.title) == (3, "точки", "Лавки")
    assert (benches.slug, benches.layer, benches.chosen) == ("lavky", "", True)
    assert found["парки"].shape == "площі"
    assert [one.dataset for one in found.values() if one.chosen] == ["лавки", "парки"]
    assert found["довідник"].shape == "без місць"


def test_each_chosen_part_is_an_import_and_the_bytes_stand_once(received, divide):
    import_ = received()
    imports = divide(import_, лавки="lavky", парки="parky")
    assert [one.state for one in imports] == [State.READY, State.READY], imports[0].error
    assert [one.part for one in imports] == ["лавки", "парки"]
    assert imports[0].pk == import_.pk
    files = [get_folder(one.pk) / one.file for one in imports]
    assert len({path.stat().st_ino for path in files}) == 1
    assert len({one.group_id for one in imports}) == 1
    assert ImportGroup.objects.get().name == "misto-2026.gpkg"


def test_each_part_knows_the_address_that_the_file_came_from(received, divide):
    import_ = received()
    source = RemoteSource.objects.create(
        address="https://data.example/misto.gpkg", kind="file", dataset="misto.gpkg", title="Місто"
    )
    ImportFetch.objects.create(of=import_, source=source, digest="d", fetched_at=timezone.now())
    imports = divide(import_, лавки="lavky", парки="parky")
    assert [(one.fetch.source, one.fetch.digest) for one in imports] == [(source, "d")] * 2


def test_a_part_that_fails_stops_no_other_and_the_group_counts(
    received, divide, officer, django_capture_on_commit_callbacks
):
    imports = divide(received(), лавки="lavky", парки="parky", порожній="nichoho")
    shown = access_group(officer, imports[0].group_id)
    assert [one.state for one in shown.imports] == ["ready", "ready", "failed"]
    seen = {one.pk: name_preview(one) for one in shown.imports}
    with django_capture_on_commit_callbacks(execute=True):
        done = publish_each(officer, shown.imports[:2], seen)
    assert (done.count, done.refusals) == (2, [])
    shown = access_group(officer, imports[0].group_id)
    assert (shown.published, len(shown.imports), shown.is_working) == (2, 3, False)
    assert Layer.objects.get(slug="parky").geometry_type == "polygon"
    assert Layer.objects.get(slug="lavky").features.count() == 3
    assert not Layer.objects.filter(slug="nichoho").exists()
    with django_capture_on_commit_callbacks(execute=True):
        cancel_each(shown.imports)
    assert list(get_root().glob("*/*.gpkg")) == []


def test_a_preview_that_nobody_saw_is_not_published(received, divide, officer):
    imports = divide(received(), лавки="lavky", парки="parky")
    done = publish_each(officer, imports, {imports[0].pk: "2026-01-01"})
    assert done.count == 0
    assert [import_.pk for import_, _words in done.refusals] == [imports[0].pk]


def test_one_part_alone_is_asked_about_as_any_file(received, divide):
    (import_,) = divide(received(), парки="parky")
    assert (import_.state, import_.group, import_.part) == (State.ASKING, None, "парки")


def test_a_part_goes_into_a_layer_that_stands(received, divide, trees):
    aim = PartAim(dataset="лавки", slug="trees")
    imports = divide(received(), aim, парки="parky")
    assert imports[0].layer == trees
    assert (imports[0].slug, imports[0].creates) == ("trees", False)


def test_the_next_file_goes_where_this_one_went(received, divide, do):
    imports = divide(received(), лавки="lavky", парки="zelen")
    for one in imports:
        do(publish, one)
    parts = {one.dataset: one for one in list_parts(received("misto-2027.gpkg"))}
    assert (parts["парки"].layer, parts["парки"].is_known) == ("zelen", True)
    assert (parts["порожній"].layer, parts["порожній"].is_known) == ("", False)


def test_the_rest_of_a_file_can_be_taken_later(received, divide):
    imports = divide(received(), лавки="lavky", довідник="dovidnyk")
    parts = {one.dataset: one for one in list_parts(imports[0])}
    assert (parts["довідник"].taken, parts["лавки"].taken) == (imports[1].pk, None)
    more = divide(imports[0], лавки="lavky", парки="parky")
    assert {one.group_id for one in more} == {imports[0].group_id}


@pytest.mark.parametrize(
    ("slugs", "words"),
    [
        ({}, "хоча б одну"),
        ({"нема": "nema"}, "такої частини"),
        ({"лавки": "one", "парки": "one"}, "один шар"),
        ({"лавки": "Лавки"}, "латинськ"),
        ({"лавки": "trees"}, "вже є"),
    ],
)
def test_what_cannot_be_is_refused_whole(received, divide, trees, slugs, words):
    import_ = received()
    with pytest.raises(InvalidInput) as refused:
        divide(import_, **slugs)
    told = f"{refused.value.message} {refused.value.extra.get('errors')}"
    assert words in told
    assert Import.objects.count() == 1
    assert [path.name for path in get_root().iterdir()] == [str(import_.pk)]


def test_nobody_divides_into_a_layer_of_others(received, divide, council):
    others = Organisation.objects.create(slug="others", name_uk="Інші", kind=council.kind)
    write_layer(others, slug="theirs")
    with pytest.raises(InvalidInput) as refused:
        divide(received(), PartAim(dataset="лавки", slug="theirs"))
    assert refused.value.extra["errors"].keys() == {"лавки"}  # type: ignore[attr-defined]


def test_what_has_ended_is_not_divided(received, divide, do):
    (import_,) = divide(received(), парки="parky")
    do(check_import, import_)
    do(publish, import_)
    with pytest.raises(Conflict):
        divide(import_, лавки="lavky")


def test_those_that_ask_nothing_are_checked_together(received, divide, do, officer):
    imports = divide(received(), лавки="lavky", парки="parky")
    do(answer_import, imports[0], answers={"encoding": "utf-8"})
    Import.objects.update(goes_to=State.ASKING)
    shown = access_group(officer, imports[0].group_id)
    assert check_each(shown.imports).count == 0


CLAIMS = "id,lon,lat,species\n{}\n"


@pytest.fixture
def deliver(receive, officer, do):
    """Tables that came together, all for the layer that stands, each up to its preview."""

    def call(*rows: str) -> list[Import]:
        imports = [receive(CLAIMS.format(row), f"trees-{n}.csv") for n, row in enumerate(rows)]
        make_group(imports)
        for each in imports:
            do(check_import, each)
        return imports

    return call


def press(officer, imports, capture):
    seen = {one.pk: name_preview(one) for one in imports}
    with capture(execute=True):
        done = publish_each(officer, imports, seen)
    for one in imports:
        one.refresh_from_db()
    return done


def test_a_delivery_into_one_layer_is_published_by_one_press(
    trees, deliver, officer, django_capture_on_commit_callbacks
):
    imports = deliver("11,30.5,50.4,Дуб", "12,30.51,50.41,Клен", "13,30.52,50.42,Липа")
    done = press(officer, imports, django_capture_on_commit_callbacks)
    assert (done.count, done.refusals) == (3, [])
    assert [one.state for one in imports] == [State.PUBLISHED] * 3
    assert {one.publisher for one in imports} == {officer}
    assert set(trees.features.values_list("key", flat=True)) >= {"11", "12", "13"}


def test_one_that_touches_the_same_objects_is_looked_at_anew(
    trees, deliver, officer, django_capture_on_commit_callbacks
):
    imports = deliver("11,30.5,50.4,Дуб", "11,30.6,50.5,Клен", "13,30.52,50.42,Липа")
    press(officer, imports, django_capture_on_commit_callbacks)
    assert [one.state for one in imports] == [State.PUBLISHED, State.READY, State.PUBLISHED]
    assert "ті самі об’єкти" in imports[1].error
    assert imports[1].promised == ""
    assert trees.features.get(key="11").properties["species"] == "Дуб"


def test_what_somebody_else_changed_meanwhile_stops_the_rest_of_a_delivery(
    trees, deliver, officer, plant, django_capture_on_commit_callbacks
):
    imports = deliver("11,30.5,50.4,Дуб", "12,30.51,50.41,Клен")
    plant(trees, "99")
    done = press(officer, imports, django_capture_on_commit_callbacks)
    assert done.count == 0
    assert [one.state for one in imports] == [State.READY] * 2
    assert not trees.features.filter(key__in=("11", "12")).exists()

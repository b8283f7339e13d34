"""The page of the style editor over HTTP, without scripts and as its scripts ask."""

import json

import pytest

from layers.models import Changeset
from layers.styles import checking
from layers.styles.spec import ValidatorUnavailable

pytestmark = pytest.mark.django_db
PAGE = "/staff/layers/trees/style/"
LOOK = {
    "color": "#aa3355",
    "icon": "tree-deciduous",
    "size": "1.5",
    "classify": "nothing",
    "value_field": "species",
    "number_field": "height",
    "method": "quantile",
    "count": "3",
    "label_field": "species",
    "label_zoom": "15",
    "min_zoom": "9",
    "max_zoom": "22",
    "title_uk": "Дерева громади",
    "title_en": "Trees",
    "action": "save",
}
WRONG = {"light": [{"type": "circle", "paint": {"circle-radius": "велике"}}]}


@pytest.fixture
def editor(client, officer, trees):
    client.force_login(officer)
    return client


def text_of(answer):
    return answer.content.decode()


def reread(layer):
    layer.refresh_from_db()
    return layer


def test_a_saved_form_is_the_style_of_the_layer_and_is_filled_in_again(editor, trees, officer):
    assert editor.post(PAGE, LOOK).status_code == 302
    layer = reread(trees)
    assert (layer.color, layer.icon, layer.min_zoom) == ("#aa3355", "tree-deciduous", 9)
    assert layer.style["legend"][0]["title_uk"] == "Дерева громади"
    change = Changeset.objects.get(layer=trees, kind="style")
    assert (change.author, change.added, change.changed) == (officer, 0, 0)
    shown = text_of(editor.get(PAGE))
    assert 'value="#aa3355"' in shown
    assert 'value="Дерева громади"' in shown
    assert "Стиль збережено" in shown
    editor.post(PAGE, LOOK)
    assert Changeset.objects.filter(layer=trees, kind="style").count() == 1, "nothing differs"


def test_the_style_before_comes_back(editor, trees):
    editor.post(PAGE, LOOK)
    first = reread(trees).style
    editor.post(PAGE, LOOK | {"color": "#000001", "size": "3"})
    change = Changeset.objects.filter(layer=trees, kind="style").latest("id")
    assert editor.post(PAGE, {"action": "undo", "changeset": change.pk}).status_code == 302
    layer = reread(trees)
    assert (layer.color, layer.style) == ("#aa3355", first)
    assert Changeset.objects.filter(layer=trees, kind="style").count() == 3
    answer = editor.post(PAGE, {"action": "undo", "changeset": "0"}, follow=True)
    assert "Такої зміни стилю немає" in text_of(answer)


def test_classes_by_value_are_made_from_the_data_with_their_counts(editor, trees, plant):
    for number, species in enumerate(("Дуб", "Дуб", "Липа")):
        plant(trees, str(number), values={"species": species})
    asked = LOOK | {"classify": "values", "action": "classes"}
    shown = text_of(editor.post(PAGE, asked))
    assert shown.index('name="row_value" value="Дуб"') < shown.index('value="Липа"')
    assert '<td class="style-count">2</td>' in shown
    assert not Changeset.objects.filter(layer=trees, kind="style").exists()


def test_classes_by_number_are_kept_as_they_were_written(editor, trees, plant):
    for number in range(10):
        plant(trees, str(number), values={"height": number})
    classes = {
        "row_color": ["#ddeeff", "#6688cc", "#113388"],
        "row_value": ["", "", ""],
        "row_start": ["", "4", "7,5"],
        "row_title_uk": ["низькі", "", "високі"],
        "row_title_en": ["", "", ""],
    }
    asked = LOOK | {"classify": "numbers"} | classes
    assert editor.post(PAGE, asked).status_code == 302
    drawn = reread(trees).style
    assert drawn["legend"][1]["title_uk"] == "4 – 7,5"
    shown = text_of(editor.get(PAGE))
    assert 'name="row_start" value="7.5"' in shown
    counts = [f'<td class="style-count">{count}</td>' for count in (4, 4, 2)]
    places = [shown.index(count) for count in counts[:1]] + [shown.rindex(counts[2])]
    assert places == sorted(places)
    asked["row_start"] = ["", "8", "4"]
    answer = editor.post(PAGE, asked)
    assert answer.status_code == 400
    assert "Кожен клас має починатися вище за попередній" in text_of(answer)
    assert reread(trees).style == drawn


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"color": "червоний"}, "#rrggbb"),
        ({"icon": "no-such-icon"}, "У наборі немає значка"),
        ({"icon": "../../etc"}, "У наборі немає значка"),
        ({"min_zoom": "12", "max_zoom": "5"}, "Найбільший масштаб менший за найменший"),
        ({"size": "90"}, "3"),
    ],
)
def test_what_cannot_be_is_said_and_kept_in_the_form(editor, trees, given, words):
    answer = editor.post(PAGE, LOOK | given)
    assert answer.status_code == 400
    assert words in text_of(answer)
    assert 'value="Дерева громади"' in text_of(answer)
    assert reread(trees).style == {}


def test_a_style_that_was_changed_meanwhile_is_not_overwritten(editor, trees):
    based_on = trees.updated_at.isoformat()
    editor.post(PAGE, LOOK)
    late = editor.post(PAGE, LOOK | {"color": "#000002", "based_on": based_on})
    assert late.status_code == 409
    assert 'value="#000002"' in text_of(late), "what was written is kept"
    assert reread(trees).color == "#aa3355"


def test_a_raw_style_is_checked_before_it_is_saved(editor, trees):
    answer = editor.post(
        PAGE, {"action": "save_raw", "raw": json.dumps(WRONG, ensure_ascii=False), "checked": "1"}
    )
    assert answer.status_code == 400
    assert "circle-radius: очікується: число; написано: текст" in text_of(answer)
    assert "велике" in text_of(answer), "what was written is kept"
    for text, words in (("{", "Це не JSON: рядок 1"), ("[]", "Стиль – це об’єкт")):
        answer = editor.post(PAGE, {"action": "save_raw", "raw": text})
        assert (answer.status_code, words in text_of(answer)) == (400, True)
    assert reread(trees).style == {}
    good = {"light": [{"type": "circle", "paint": {"circle-radius": 9}}]}
    assert editor.post(PAGE, {"action": "save_raw", "raw": json.dumps(good)}).status_code == 302
    assert reread(trees).style == good
    shown = text_of(editor.get(PAGE))
    assert "Цей стиль написано вручну" in shown


def test_without_node_the_word_of_the_browser_or_of_the_form_is_needed(editor, trees, monkeypatch):
    def fail(parts):
        raise ValidatorUnavailable("no Node.js")

    monkeypatch.setattr(checking, "find_faults", fail)
    raw = {"action": "save_raw", "raw": json.dumps({"light": [{"type": "circle"}]})}
    assert editor.post(PAGE, raw | {"checked": "0"}).status_code == 400
    assert editor.post(PAGE, LOOK).status_code == 302
    assert editor.post(PAGE, raw | {"checked": "1"}).status_code == 302
    shape = {"action": "save_raw", "raw": json.dumps({"light": [{"type": "song"}]}), "checked": "1"}
    assert editor.post(PAGE, shape).status_code == 400, "the shape is checked always"
    found = Changeset.objects.filter(layer=trees, kind="style").order_by("id")
    assert [each.details["checked_by"] for each in found] == ["form", "browser"]
    preview = editor.post(f"{PAGE}preview/", raw | {"action": "raw"}).json()
    assert (preview["faults"], preview["checked"]) == ([], False)


def test_a_preview_draws_what_is_not_saved(editor, trees, plant):
    plant(trees, "1")
    answer = editor.post(f"{PAGE}preview/", LOOK | {"action": "look"}).json()
    assert answer["faults"] == []
    dot = answer["light"][0]
    assert (dot["paint"]["circle-color"], dot["minzoom"]) == ("#aa3355", 9)
    assert dot["source-layer"] == "trees"
    assert answer["legend"] == [{"color": "#aa3355", "shape": "circle", "title": "Дерева громади"}]
    made = editor.post(f"{PAGE}preview/", LOOK | {"classify": "values", "action": "classes"}).json()
    assert 'name="row_value" value="Дуб"' in made["rows"]
    wrong = editor.post(f"{PAGE}preview/", LOOK | {"icon": "nope"}).json()
    assert "light" not in wrong
    assert wrong["faults"]
    assert reread(trees).style == {}


def test_who_may_not_change_the_layer_does_not_see_the_editor(client, trees, resident):
    client.force_login(resident)
    assert client.get(PAGE).status_code == 403
    assert client.post(f"{PAGE}preview/", LOOK).status_code == 403

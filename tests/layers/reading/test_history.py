"""Each change of a feature is told, and two changesets can be compared."""

import pytest
from django.contrib.auth.models import AnonymousUser

from geoportal.core.errors import InvalidInput
from layers.models import Changeset
from layers.reading.history import diff_changesets, list_history
from layers.schema.specs import FieldSpec
from layers.services import change_schema, delete_feature, edit_feature

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()


def test_the_history_of_a_feature_is_told_from_its_end(trees, plant):
    plant(trees, "1")
    edit_feature(layer=trees, key="1", values={"height": 13}, comment="виміряно")
    delete_feature(layer=trees, key="1")
    history = list_history(VISITOR, trees, "1")
    assert [entry.action for entry in history] == ["removed", "changed", "added"]
    assert history[1].comment == "виміряно"
    assert history[1].properties == {"species": "Дуб", "height": 13}
    assert history[2].geometry == {"type": "Point", "coordinates": [30.5, 50.4]}
    assert all(entry.internal == {} for entry in history)


def test_states_that_were_for_staff_stay_hidden(trees, plant, officer):
    plant(trees, "1", visibility="staff")
    edit_feature(layer=trees, key="1", visibility="public")
    assert [entry.action for entry in list_history(VISITOR, trees, "1")] == ["changed"]
    assert len(list_history(officer, trees, "1")) == 2


def list_differences(actor, layer):
    """Keys of all that differs between the beginning, the first changeset and the latest."""
    first, *_, last = Changeset.objects.filter(layer=layer).order_by("id")
    pages = [diff_changesets(actor, layer, 0, first.pk), diff_changesets(actor, layer, 0, last.pk),
             diff_changesets(actor, layer, first.pk, last.pk)]  # fmt: skip
    return [[each.key for each in page.differences] for page in pages]


def test_what_is_hidden_now_has_no_past_for_visitors(trees, plant, officer):
    plant(trees, "1")
    edit_feature(layer=trees, key="1", visibility="staff")
    assert list_history(VISITOR, trees, "1") == []
    assert list_differences(VISITOR, trees) == [[], [], []]
    assert list_differences(officer, trees) == [["1"], ["1"], []]


def test_what_was_hidden_when_it_went_has_no_past_for_visitors(trees, plant, officer):
    plant(trees, "1")
    edit_feature(layer=trees, key="1", visibility="staff")
    delete_feature(layer=trees, key="1")
    assert list_history(VISITOR, trees, "1") == []
    assert list_differences(VISITOR, trees) == [[], [], []]
    assert list_differences(officer, trees) == [["1"], [], ["1"]]


def test_the_last_key_of_a_page_names_nothing_hidden(trees, plant):
    plant(trees, "1")
    plant(trees, "2-hidden", visibility="staff")
    plant(trees, "3")
    last = Changeset.objects.filter(layer=trees).latest("id").pk
    page = diff_changesets(VISITOR, trees, 0, last, limit=2)
    assert ([each.key for each in page.differences], page.after) == (["1", "3"], "3")


def test_what_was_for_staff_stays_theirs_in_the_past_whatever_takes_its_name(trees, plant, officer):
    plant(trees, "1", values={"inspector_remark": "таємне"})
    kept = (FieldSpec(name="species"), FieldSpec(name="height", type="number"))
    change_schema(layer=trees, fields=kept)
    change_schema(layer=trees, fields=(*kept, FieldSpec(name="inspector_remark")))
    edit_feature(layer=trees, key="1", values={"inspector_remark": "для всіх"})
    told = list_history(VISITOR, trees, "1")
    assert [entry.properties.get("inspector_remark") for entry in told] == ["для всіх", None, None]
    assert all(entry.internal == {} for entry in told)
    first, *_, last = Changeset.objects.filter(layer=trees).order_by("id")
    (seen,) = diff_changesets(VISITOR, trees, first.pk, last.pk).differences
    assert "таємне" not in str(seen)
    (whole,) = diff_changesets(officer, trees, first.pk, last.pk).differences
    assert whole.before["internal"] == {"inspector_remark": "таємне"}
    assert list_history(officer, trees, "1")[-1].internal == {"inspector_remark": "таємне"}


def test_the_difference_between_two_changesets(trees, plant):
    for key in "1234":
        plant(trees, key)
    first = Changeset.objects.filter(layer=trees).latest("id")
    edit_feature(layer=trees, key="1", values={"height": 20})
    edit_feature(layer=trees, key="2", values={"height": 20})
    edit_feature(layer=trees, key="2", values={"height": 12.5})
    delete_feature(layer=trees, key="3")
    plant(trees, "5")
    second = Changeset.objects.filter(layer=trees).latest("id")
    plant(trees, "6")
    page = diff_changesets(VISITOR, trees, first.pk, second.pk)
    found = {difference.key: difference for difference in page.differences}
    assert {key: found[key].action for key in found} == {
        "1": "changed",
        "3": "removed",
        "5": "added",
    }
    assert found["1"].before["properties"]["height"] == 12.5
    assert found["1"].after["properties"]["height"] == 20
    assert found["3"].after is None
    assert found["5"].before is None
    assert found["1"].after["internal"] == {}
    assert page.after is None
    assert diff_changesets(VISITOR, trees, second.pk, second.pk).differences == []


def test_a_difference_is_read_in_pages_whatever_did_not_differ(trees, plant):
    for key in "123456":
        plant(trees, key)
    first = Changeset.objects.filter(layer=trees).latest("id").pk
    for key in "125":
        edit_feature(layer=trees, key=key, values={"height": 20})
    edit_feature(layer=trees, key="1", values={"height": 12.5})
    last = Changeset.objects.filter(layer=trees).latest("id").pk
    one = diff_changesets(VISITOR, trees, first, last, limit=2)
    two = diff_changesets(VISITOR, trees, first, last, after=one.after, limit=2)
    pages = [[difference.key for difference in page.differences] for page in (one, two)]
    assert (pages, two.after) == ([["2"], ["5"]], None)


def test_a_difference_begins_with_the_earlier_changeset(trees):
    with pytest.raises(InvalidInput):
        diff_changesets(VISITOR, trees, 2, 1)


def test_a_difference_tells_nothing_of_other_layers(trees, make_layer, plant):
    plant(make_layer("other"), "1")
    plant(trees, "1")
    page = diff_changesets(VISITOR, trees, 0, Changeset.objects.latest("id").pk)
    assert [(each.key, each.action) for each in page.differences] == [("1", "added")]

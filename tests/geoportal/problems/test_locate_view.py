"""`/api/v1/locate/` says who answers before anybody writes a report."""

from layers.models import Layer
from tests.geoportal.problems.conftest import NORTH_WEST, OUTSIDE


def locate(client, place, **query):
    return client.get("/api/v1/locate/", {"lon": place[0], "lat": place[1]} | query)


def test_point_names_its_organisations_with_the_reason(client, town):
    answer = locate(client, NORTH_WEST, category="rubbish").json()
    assert answer["inside"] is True
    assert [(each["organisation"], each["role"]) for each in answer["responsible"]] == [
        ("КП «clean»", "executor"),
        ("КП «council»", "controller"),
    ]
    assert "North" in answer["responsible"][0]["reason"]
    assert "Waste" in answer["responsible"][0]["reason"]


def test_without_a_category_all_who_answer_are_named(client, town):
    answer = locate(client, NORTH_WEST).json()
    executors = {
        each["organisation"] for each in answer["responsible"] if each["role"] == "executor"
    }
    assert executors == {"КП «clean»", "КП «roads»", "КП «council»"}


def test_outside_nobody_answers(client, town):
    answer = locate(client, OUTSIDE).json()
    assert (answer["inside"], answer["responsible"]) == (False, [])


def test_unknown_category_is_not_found(client, town):
    assert locate(client, NORTH_WEST, category="nothing").status_code == 404


def test_a_layer_of_staff_decides_too_and_is_not_named(client, town):
    """A visitor is told whom a report would really reach."""
    Layer.objects.filter(pk=town.waste_areas.pk).update(visibility=Layer.Visibility.STAFF)
    answer = locate(client, NORTH_WEST, category="rubbish").json()
    assert "service_areas_waste" not in {each["layer"] for each in answer["territories"]}
    executor = answer["responsible"][0]
    assert (executor["organisation"], executor["role"]) == ("КП «clean»", "executor")
    assert "North" not in executor["reason"]

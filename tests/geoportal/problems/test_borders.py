"""A place near a border: which side it is, and who says so."""

import pytest

from geoportal.problems import services
from geoportal.problems.models import (
    Oversight,
    Responsibility,
)
from geoportal.problems.services.moderation import BorderNotConfirmed
from layers.models import Changeset, Feature
from layers.services import apply_changeset
from layers.staging import StagedRow
from tests.geoportal.problems.conftest import (
    MIDDLE_LAT,
    MIDDLE_LON,
)


def test_near_a_border_the_moderator_chooses_the_side(make_report, author, moderator):
    near = (30.51, MIDDLE_LAT + 0.00005)  # 5.6 m north of the border of waste areas
    problem = services.report_problem(actor=author, report=make_report(place=near))
    with pytest.raises(BorderNotConfirmed) as refused:
        services.publish_problem(actor=moderator, number=problem.pk)
    (neighbour,) = list(refused.value.extra["neighbours"])  # type: ignore[call-overload]
    assert (neighbour["key"], neighbour["organisation_name"]) == ("south", "КП «tidy»")
    assert 5 < neighbour["distance_m"] < 6
    services.publish_problem(
        actor=moderator, number=problem.pk, chosen={"service_areas_waste": "south"}
    )
    problem.refresh_from_db()
    assert problem.organisation.slug == "tidy"
    assert problem.decisions.get().confirmed_by == moderator


BETWEEN_DISTRICTS = (MIDDLE_LON + 0.00005, 50.415)  # waste areas decide about rubbish


def test_near_a_border_that_changes_only_who_watches_the_moderator_looks_too(
    make_report, author, moderator
):
    problem = services.report_problem(actor=author, report=make_report(place=BETWEEN_DISTRICTS))
    with pytest.raises(BorderNotConfirmed):
        services.publish_problem(actor=moderator, number=problem.pk)
    services.publish_problem(actor=moderator, number=problem.pk, border_confirmed=True)
    decision = problem.decisions.get()
    assert (decision.is_near_border, decision.confirmed_by) == (True, moderator)
    (neighbour,) = decision.neighbours
    assert (neighbour["key"], neighbour["others"]) == ("west", ["КП «council»", "КП «starosta»"])


def test_near_a_border_that_changes_only_who_controls_the_moderator_looks_too(
    make_report, author, moderator, town
):
    Oversight.objects.all().delete()
    Responsibility.objects.create(
        organisation=town.organisations["roads"],
        territory_layer=town.districts,
        territory_key="west",
        role="controller",
    )
    problem = services.report_problem(actor=author, report=make_report(place=BETWEEN_DISTRICTS))
    with pytest.raises(BorderNotConfirmed):
        services.publish_problem(actor=moderator, number=problem.pk)


def test_near_a_border_that_changes_nothing_needs_no_confirmation(make_report, author, moderator):
    Oversight.objects.all().delete()
    problem = services.report_problem(actor=author, report=make_report(place=BETWEEN_DISTRICTS))
    services.publish_problem(actor=moderator, number=problem.pk)
    decision = problem.decisions.get()
    assert not decision.is_near_border
    assert [each["key"] for each in decision.neighbours] == ["west"]


def test_a_choice_in_one_layer_answers_for_no_other(make_report, author, moderator):
    corner = (MIDDLE_LON + 0.00005, MIDDLE_LAT + 0.00005)
    problem = services.report_problem(actor=author, report=make_report(place=corner))
    with pytest.raises(BorderNotConfirmed) as refused:
        services.publish_problem(
            actor=moderator, number=problem.pk, chosen={"service_areas_waste": "south"}
        )
    sides = list(refused.value.extra["sides"])  # type: ignore[call-overload]
    assert [each["value"] for each in sides if each["layer"] == "districts"] == [
        "districts:east", "districts:west",
    ]  # fmt: skip


def test_both_sides_stay_in_the_decision_when_the_other_one_is_chosen(
    make_report, author, moderator
):
    near = (30.51, MIDDLE_LAT + 0.00005)
    problem = services.report_problem(actor=author, report=make_report(place=near))
    services.publish_problem(
        actor=moderator, number=problem.pk, chosen={"service_areas_waste": "south"}
    )
    decision = problem.decisions.get()
    assert decision.is_near_border
    assert [(each["key"], each["organisation_name"]) for each in decision.neighbours] == [
        ("north", "КП «clean»")
    ]
    assert [each["key"] for each in decision.territories if each["is_chosen"]] == ["south"]


def test_an_opened_problem_lies_where_borders_put_it_while_it_was_closed(
    make_problem, author, town
):
    problem = make_problem("closed")
    north = Feature.objects.get(layer=town.waste_areas, key="north").geom
    apply_changeset(
        layer=town.waste_areas, rows=[StagedRow("новий", north.hexewkb.decode(), "{}")],
        removed_keys=("north",), kind=Changeset.Kind.EDIT,
    )  # fmt: skip
    services.reopen_problem(actor=author, number=problem.pk, words="Знову.")
    assert problem.territories.get(layer=town.waste_areas).key == "новий"

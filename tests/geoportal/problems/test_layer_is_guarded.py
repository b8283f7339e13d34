"""The public layer of problems is written by the workflow, and by nothing else."""

import json

import pytest
from django.contrib.auth.models import AnonymousUser

from geoportal.core.errors import Conflict
from geoportal.problems import services
from importers.errors import UnusableOption
from importers.pipeline import import_file
from importers.request import ImportRequest
from layers.models import Changeset, Feature
from layers.reading.history import diff_changesets, list_history
from layers.services import rollback_changeset


def test_administrator_cannot_edit_a_problem_through_the_layer(client, make_problem, administrator):
    problem = make_problem("open")
    client.force_login(administrator)
    url = f"/api/v1/layers/problems/features/{problem.pk}/"
    version = client.get(url)["ETag"]
    answer = client.patch(
        url,
        json.dumps({"properties": {"title": "Інше"}}),
        content_type="application/json",
        headers={"If-Match": version},
    )
    assert answer.status_code == 403
    assert client.delete(url, headers={"If-Match": version}).status_code == 403
    assert Feature.objects.get(layer__slug="problems").properties["title"] == problem.title


def test_publication_is_not_rolled_back_as_a_changeset(make_problem):
    make_problem("open")
    with pytest.raises(Conflict):
        rollback_changeset(changeset=Changeset.objects.get(layer__slug="problems"))


def test_a_file_is_not_imported_into_problems(make_problem, tmp_path):
    make_problem("open")
    file = tmp_path / "problems.csv"
    file.write_text("number,lon,lat\n1,30.5,50.4\n")
    with pytest.raises(UnusableOption):
        import_file(ImportRequest(path=file, layer="problems"))


def test_words_of_residents_are_no_formulas_in_open_data(client, make_problem):
    make_problem("open", title="=1+1 купа сміття", description="@SUM(1)")
    text = b"".join(client.get("/data/problems.csv")).decode()
    assert ",'=1+1 купа сміття,'@SUM(1)," in text


def test_words_that_a_moderator_took_back_are_nowhere_public(client, make_problem, moderator):
    problem = make_problem("moderation", description="Дзвоніть 067 123 45 67, Іван.")
    services.publish_problem(actor=moderator, number=problem.pk, flags_confirmed=True)
    services.edit_problem(
        actor=moderator,
        number=problem.pk,
        title=problem.title,
        description="Третій день не вивозять.",
        words="Телефон прибрано.",
    )
    changesets = Changeset.objects.filter(layer__slug="problems").order_by("pk")
    first, last = changesets.first(), changesets.last()
    assert list_history(AnonymousUser(), first.layer, str(problem.pk)) == []
    page = diff_changesets(AnonymousUser(), first.layer, first.pk, last.pk)
    assert page.differences == []
    answer = client.get(f"/layers/problems/{problem.pk}/")
    assert answer["Location"] == f"/problems/{problem.pk}/"
    for url in (
        f"/problems/{problem.pk}/",
        f"/ogc/collections/problems/items/{problem.pk}",
        "/data/problems.geojson",
        "/layers/problems/",
    ):
        assert b"123 45 67" not in b"".join(client.get(url))


def test_what_happens_before_publication_leaves_no_trace_in_the_layer(
    make_problem, make_report, author
):
    make_problem("open")
    count = Changeset.objects.filter(layer__slug="problems").count()
    problem = make_problem("moderation")
    services.edit_report(actor=author, number=problem.pk, report=make_report(title="Ще одна назва"))
    make_problem("rejected")
    changesets = Changeset.objects.filter(layer__slug="problems")
    assert changesets.count() == count
    assert not changesets.filter(author__isnull=False).exists()

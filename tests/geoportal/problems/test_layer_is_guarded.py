"""The public layer of problems is written by the workflow, and by nothing else."""

import json

import pytest

from geoportal.core.errors import Conflict
from importers.errors import UnusableOption
from importers.pipeline import import_file
from importers.request import ImportRequest
from layers.models import Changeset, Feature
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

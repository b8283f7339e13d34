"""The administration keeps a layer's passport and refuses what would break its pages."""

import json

import pytest
from django.contrib import admin
from django.forms import model_to_dict

from layers.models import Layer

pytestmark = pytest.mark.django_db


@pytest.fixture
def save(client, administrator, trees):
    """Send the layer's form with some values changed; the errors by field."""
    client.force_login(administrator)
    shown = client.get(f"/admin/layers/layer/{trees.pk}/change/").context["adminform"].form
    values = model_to_dict(trees, shown.fields) | {"keywords": "", "style": "{}"}
    inline = {"fields-TOTAL_FORMS": 0, "fields-INITIAL_FORMS": 0}
    form = {name: value for name, value in values.items() if value is not None} | inline

    def send(**changed: str) -> dict[str, list[str]]:
        response = client.post(f"/admin/layers/layer/{trees.pk}/change/", form | changed)
        if response.status_code == 302:
            trees.refresh_from_db()
            return {}
        return dict(response.context["adminform"].form.errors)

    return send


@pytest.mark.parametrize("style", ['{"light": 5}', '{"light": ["x"]}', '{"legend": 7}', "[1]"])
def test_a_broken_style_is_refused(save, trees, style):
    assert list(save(style=style)) == ["style"]
    assert Layer.objects.get(pk=trees.pk).style == {}


def test_a_style_is_kept_and_emptied(save, trees):
    style = {"light": [{"type": "circle"}]}
    assert save(style=json.dumps(style)) == {}
    assert trees.style == style
    assert save(style="") == {}
    assert trees.style == {}


def test_the_title_field_is_one_of_the_layer(save, trees):
    assert list(save(title_field="nothing")) == ["title_field"]
    assert save(title_field="height") == {}
    assert trees.title_field == "height"
    assert save(title_field="") == {}


def test_the_geometry_type_stays(save, trees):
    assert "geometry_type" in admin.site._registry[Layer].readonly_fields
    assert save(geometry_type="polygon") == {}
    assert trees.geometry_type == "point"

"""The administration keeps a layer's passport and refuses what would break its pages."""

import json

import pytest
from django.contrib import admin
from django.forms import model_to_dict

from geoportal.core.errors import Conflict
from layers.models import Changeset, Layer
from layers.services import archive_layer
from layers.signals import layer_leaving

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


@pytest.fixture
def do(client, administrator):
    """Choose an action for layers in their list; what the next page says."""
    client.force_login(administrator)

    def send(action, *layers):
        form = {"action": action, "_selected_action": [layer.pk for layer in layers]}
        page = client.post("/admin/layers/layer/", form, follow=True)
        return [str(message) for message in page.context["messages"]]

    return send


def test_layers_are_archived_and_restored_each_by_itself(do, trees, make_layer, administrator):
    other = make_layer("other", title_uk="Криниці")
    assert do("archive", trees) == ["Архівовано: Дерева."]
    said = do("archive", trees, other)
    assert sorted(said) == ["Архівовано: Криниці.", "Дерева: Шар уже в архіві."]
    assert Layer.objects.filter(archived_at__isnull=False).count() == 2
    assert do("restore", trees) == ["Повернено: Дерева."]
    assert set(Changeset.objects.values_list("author", flat=True)) == {administrator.pk}


def test_a_layer_is_deleted_only_archived_or_empty(client, administrator, trees, plant):
    plant(trees, "1")
    client.force_login(administrator)
    url = f"/admin/layers/layer/{trees.pk}/delete/"
    assert client.get(url).status_code == 403
    archive_layer(layer=trees)
    assert "Дерева (trees)" in client.get(url).content.decode()
    assert client.post(url, {"post": "yes"}).status_code == 302
    assert not Layer.objects.exists()


def test_a_layer_that_something_goes_by_stays_and_the_page_says_why(client, administrator, trees):
    def veto(sender, **kwargs):
        raise Conflict("Потрібен правилам.")

    layer_leaving.connect(veto)
    client.force_login(administrator)
    try:
        page = client.post(f"/admin/layers/layer/{trees.pk}/delete/", {"post": "yes"}, follow=True)
    finally:
        layer_leaving.disconnect(veto)
    assert "Потрібен правилам." in page.content.decode()
    assert Layer.objects.filter(pk=trees.pk).exists()

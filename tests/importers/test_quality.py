"""What is the matter with a layer that stands, whatever kind it is of."""

import pytest

from importers.quality import check_layer
from layers.models import LayerField

pytestmark = pytest.mark.django_db


def told(layer):
    return [(issue.key, issue.code) for issue in check_layer(layer)]


def test_features_that_say_the_same_are_told_with_the_first(trees, plant):
    plant(trees, "1")
    plant(trees, "2")
    plant(trees, "3", lon=30.6)
    plant(trees, "4", values={"species": "Клен"})
    (issue,) = check_layer(trees)
    assert (issue.key, issue.code, issue.params["first"]) == ("2", "duplicate-feature", "1")
    assert "«1»" in issue.message


def test_values_that_younger_rules_would_refuse_are_told(trees, plant):
    plant(trees, "1", values={"species": None, "height": 3})
    plant(trees, "2", values={"height": 90})
    LayerField.objects.filter(layer=trees, name="species").update(required=True)
    LayerField.objects.filter(layer=trees, name="height").update(maximum=60)
    assert told(trees) == [("1", "required-empty"), ("2", "out-of-range")]


def test_a_layer_in_order_has_no_faults(trees, plant):
    plant(trees, "1")
    assert told(trees) == []

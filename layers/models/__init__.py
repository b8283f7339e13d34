"""The tables that carry the idea: everything public is a feature of a layer."""

from layers.models.changesets import Changeset, FeatureVersion
from layers.models.features import Feature
from layers.models.joining import PreparedArea, PreparedLayer, TerritoryCell
from layers.models.kinds import Kind
from layers.models.layers import Layer, LayerField, LayerState, Theme
from layers.models.photos import Photo
from layers.models.search import FormerName, SearchEntry, SearchWord

__all__ = [
    "Changeset",
    "Feature",
    "FeatureVersion",
    "FormerName",
    "Kind",
    "Layer",
    "LayerField",
    "LayerState",
    "Photo",
    "PreparedArea",
    "PreparedLayer",
    "SearchEntry",
    "SearchWord",
    "TerritoryCell",
    "Theme",
]

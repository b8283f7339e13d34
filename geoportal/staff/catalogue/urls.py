"""The list of layers and the page of one."""

from django.urls import path

from geoportal.staff.catalogue import (
    lifecycle_views,
    listing_views,
    new_layer_views,
    overview,
    passport_views,
)

urlpatterns = [
    path("layers/", listing_views.layers_page, name="layers"),
    path("new-layer/", new_layer_views.new_layer_page, name="new-layer"),
    path("layers/<slug:slug>/", overview.layer_page, name="layer"),
    path("layers/<slug:slug>/passport/", passport_views.passport_page, name="passport"),
    path("layers/<slug:slug>/life/<slug:deed>/", lifecycle_views.lifecycle_page, name="lifecycle"),
]

"""The list of layers and the page of one."""

from django.urls import path

from geoportal.staff.catalogue import listing_views, overview

urlpatterns = [
    path("", listing_views.layers_page, name="layers"),
    path("<slug:slug>/", overview.layer_page, name="layer"),
]

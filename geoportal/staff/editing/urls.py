"""The editor on the map of one layer."""

from django.urls import path

from geoportal.staff.editing import page, shape_views

urlpatterns = [
    path("edit/", page.edit_page, name="edit"),
    path("edit/shapes/", shape_views.shapes, name="edit-shapes"),
]

"""The style of one layer."""

from django.urls import path

from geoportal.staff.styles import preview, views

urlpatterns = [
    path("style/", views.style_page, name="style"),
    path("style/preview/", preview.preview, name="style-preview"),
]

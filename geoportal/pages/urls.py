"""Pages of the site, and where they are written."""

from django.urls import path

from geoportal.pages import editing, views

app_name = "pages"
urlpatterns = [
    path("pages/<slug:slug>/", views.show_page, name="page"),
    path("staff/pages/", editing.list_pages, name="list"),
    path("staff/pages/<slug:slug>/", editing.edit, name="edit"),
    path("staff/pages/<slug:slug>/versions/<int:number>/", editing.show_version, name="version"),
]

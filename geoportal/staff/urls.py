"""The workplace of those who keep layers; each part adds its own line."""

from django.urls import include, path

from geoportal.staff.catalogue.listing_views import home

app_name = "staff"
urlpatterns = [
    path("", home, name="home"),
    path("imports/", include("geoportal.staff.imports.urls")),
    path("", include("geoportal.staff.catalogue.urls")),
    path("layers/<slug:slug>/", include("geoportal.staff.objects.urls")),
    path("layers/<slug:slug>/", include("geoportal.staff.schema.urls")),
    path("layers/<slug:slug>/", include("geoportal.staff.history.urls")),
    path("layers/<slug:slug>/", include("geoportal.staff.styles.urls")),
    path("layers/<slug:slug>/", include("geoportal.staff.sources.urls")),
    path("layers/<slug:slug>/", include("geoportal.staff.editing.urls")),
]

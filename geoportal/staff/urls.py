"""The workplace of those who keep layers; each part adds its own line."""

from django.urls import include, path

from geoportal.staff.catalogue.listing_views import home
from geoportal.staff.tiles.views import tiles_page

app_name = "staff"
urlpatterns = [
    path("", home, name="home"),
    path("imports/", include("geoportal.staff.imports.urls")),
    path("", include("geoportal.staff.catalogue.urls")),
    path("tiles/", tiles_page, name="tiles"),
    path("layers/<slug:slug>/", include("geoportal.staff.objects.urls")),
    path("layers/<slug:slug>/", include("geoportal.staff.schema.urls")),
    path("layers/<slug:slug>/", include("geoportal.staff.history.urls")),
    path("layers/<slug:slug>/", include("geoportal.staff.styles.urls")),
    path("layers/<slug:slug>/", include("geoportal.staff.sources.urls")),
    path("layers/<slug:slug>/", include("geoportal.staff.editing.urls")),
]

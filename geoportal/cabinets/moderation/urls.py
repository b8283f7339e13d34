"""The working place of moderators and dispatchers."""

from django.urls import path

from geoportal.cabinets.moderation import borders, media, views

app_name = "moderation"
urlpatterns = [
    path("", views.queue_page, name="queue"),
    path("dispatch/", views.dispatch, name="dispatch"),
    path("rejected/", views.reports, {"state": "rejected"}, name="rejected"),
    path("unconfirmed/", views.reports, {"state": "unconfirmed"}, name="unconfirmed"),
    path("all/", views.reports, name="all"),
    path("media/", media.media, name="media"),
    path("borders/", borders.borders, name="borders"),
    path("borders/<int:run>/", borders.decide, name="border-decision"),
    path("borders/sides/<int:number>/", borders.confirm, name="border-side"),
    path("<int:number>/", views.report_page, name="report"),
    path("<int:number>/preview/", views.preview, name="preview"),
    path("<int:number>/places.geojson", views.places, name="places"),
    path("<int:number>/undo/", views.undo, name="undo"),
]

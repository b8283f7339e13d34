"""Objects of one layer."""

from django.urls import path

from geoportal.staff.objects import bulk_views, object_views, photo_views, table_views

urlpatterns = [
    path("objects/", table_views.objects_page, name="objects"),
    path("objects/<path:key>/", object_views.object_page, name="object"),
    path("photos/<path:key>/", photo_views.photos, name="photos"),
    path("add/", object_views.add_page, name="add-object"),
    path("bulk/", bulk_views.bulk_page, name="bulk"),
]

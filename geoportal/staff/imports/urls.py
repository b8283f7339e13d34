"""The wizard of imports."""

from django.urls import path

from geoportal.staff.imports import (
    action_views,
    group_views,
    import_views,
    issue_views,
    listing_views,
    map_views,
    part_views,
    placing_views,
    start_views,
)

urlpatterns = [
    path("", listing_views.imports_page, name="imports"),
    path("new/", start_views.new_page, name="import-new"),
    path("<int:number>/", import_views.import_page, name="import"),
    path("groups/<int:number>/", group_views.group_page, name="import-group"),
    path("groups/<int:number>/do/", group_views.group_action, name="import-group-do"),
    path("<int:number>/parts/", part_views.parts_page, name="import-parts"),
    path("<int:number>/answers/", action_views.answer, name="import-answer"),
    path("<int:number>/questions/", action_views.ask_again, name="import-ask"),
    path("<int:number>/addresses/", placing_views.placing_page, name="import-addresses"),
    path("<int:number>/addresses/find/", placing_views.find_places, name="import-find"),
    path("<int:number>/publish/", action_views.publish, name="import-publish"),
    path("<int:number>/cancel/", action_views.cancel, name="import-cancel"),
    path("<int:number>/remarks/", issue_views.issues_page, name="import-issues"),
    path("<int:number>/place.json", map_views.sketch_place, name="import-place"),
    path("<int:number>/place/<str:z>/<str:x>/<str:y>.mvt", map_views.sketch_tile),
    path("<int:number>/difference.json", map_views.difference_place, name="import-difference"),
    path("<int:number>/difference/<str:z>/<str:x>/<str:y>.mvt", map_views.difference_tile),
]

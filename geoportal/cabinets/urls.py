"""Working places of organisations."""

from django.urls import path

from geoportal.cabinets import case_views, members, reply_views, views

app_name = "cabinets"
urlpatterns = [
    path("", views.chooser, name="chooser"),
    path("<slug:slug>/", views.inbox, name="inbox"),
    path("<slug:slug>/problems.geojson", views.geojson, name="geojson"),
    path("<slug:slug>/export.<slug:extension>", views.export, name="export"),
    path("<slug:slug>/bulk/", views.bulk, name="bulk"),
    path("<slug:slug>/members/", members.members_page, name="members"),
    path("<slug:slug>/templates/", reply_views.replies_page, name="replies"),
    path("<slug:slug>/<int:number>/", case_views.case_page, name="case"),
    path("<slug:slug>/<int:number>/places.geojson", case_views.case_places, name="case-places"),
    path("<slug:slug>/<int:number>/close/", case_views.close, name="close"),
]

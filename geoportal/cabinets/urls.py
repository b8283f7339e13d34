"""Working places of organisations."""

from django.urls import path

from geoportal.cabinets import members

app_name = "cabinets"
urlpatterns = [
    path("<slug:slug>/members/", members.members_page, name="members"),
]

"""The schema of one layer."""

from django.urls import path

from geoportal.staff.schema import views

urlpatterns = [
    path("schema/", views.schema_page, name="schema"),
    path("schema/add/", views.add_field_page, name="add-field"),
    path("schema/return/", views.return_field, name="return-field"),
    path("schema/<int:number>/", views.field_page, name="field"),
    path("schema/<int:number>/move/", views.move_field, name="move-field"),
    path("schema/<int:number>/retire/", views.retire_field, name="retire-field"),
]

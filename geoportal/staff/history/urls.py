"""The history of one layer."""

from django.urls import path

from geoportal.staff.history import changeset_views, rollback_views

urlpatterns = [
    path("history/", changeset_views.history_page, name="history"),
    path("history/compare/", changeset_views.compare_page, name="compare"),
    path("history/<int:number>/", changeset_views.changeset_page, name="changeset"),
    path("history/<int:number>/rollback/", rollback_views.rollback_page, name="rollback"),
]

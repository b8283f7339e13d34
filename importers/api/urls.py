"""Addresses below `/api/v1/imports/`."""

from django.urls import path

from importers.api import parts, results, views

urlpatterns = [
    path("", views.ImportsView.as_view(), name="imports"),
    path("<int:number>/", views.ImportView.as_view(), name="import"),
    path("<int:number>/parts/", parts.PartsView.as_view(), name="import-parts"),
    path("<int:number>/check/", views.CheckView.as_view(), name="import-check"),
    path("<int:number>/publish/", views.PublishView.as_view(), name="import-publish"),
    path("<int:number>/cancel/", views.CancelView.as_view(), name="import-cancel"),
    path("<int:number>/issues/", results.ImportIssuesView.as_view(), name="import-issues"),
    path(
        "<int:number>/issues.csv",
        results.ImportIssuesTableView.as_view(),
        name="import-issues-table",
    ),
    path("<int:number>/preview/", results.PreviewView.as_view(), name="import-preview"),
]

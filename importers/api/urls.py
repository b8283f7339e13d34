"""Addresses below `/api/v1/imports/` and `/api/v1/schedules/`."""

from django.urls import path

from importers.api import datasets, parts, results, schedules, views

schedule_urls = [
    path("", schedules.SchedulesView.as_view(), name="schedules"),
    path("<int:number>/", schedules.ScheduleView.as_view(), name="schedule"),
    path("<int:number>/run/", schedules.RunView.as_view(), name="schedule-run"),
    path("<int:number>/pause/", schedules.PauseView.as_view(), name="schedule-pause"),
    path("<int:number>/resume/", schedules.ResumeView.as_view(), name="schedule-resume"),
]
urlpatterns = [
    path("", views.ImportsView.as_view(), name="imports"),
    path("datasets/", datasets.DatasetsView.as_view(), name="import-datasets"),
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

"""The tab of a layer's sources."""

from django.urls import path

from geoportal.staff.sources import views

urlpatterns = [
    path("sources/", views.sources_page, name="sources"),
    path("sources/new/", views.new_schedule_page, name="schedule-new"),
    path("sources/<int:number>/", views.schedule_page, name="schedule"),
    path("sources/<int:number>/<slug:deed>/", views.act, name="schedule-act"),
    path("recipes/<int:number>/forget/", views.forget, name="recipe-forget"),
]

"""Which URL goes where, grouped by who may call."""

from django.contrib import admin
from django.urls import path

urlpatterns = [
    path("admin/", admin.site.urls),
]
handler404 = "geoportal.core.problem_details.page_not_found"
handler500 = "geoportal.core.problem_details.server_error"

"""`/api/v1/problems/…`: what the form of a report asks and sends."""

from django.urls import path

from geoportal.problems.api import views
from geoportal.problems.media.views import upload_thumbnail

urlpatterns = [
    path("address/", views.AddressView.as_view(), name="problem-address"),
    path("similar/", views.SimilarView.as_view(), name="problem-similar"),
    path("check-text/", views.CheckTextView.as_view(), name="problem-check-text"),
    path("uploads/", views.UploadsView.as_view(), name="uploads"),
    path("uploads/<int:upload_id>/", views.UploadView.as_view(), name="upload"),
    path("uploads/<int:upload_id>/thumbnail", upload_thumbnail, name="upload-thumbnail"),
    path("reports/", views.ReportsView.as_view(), name="problem-reports"),
]

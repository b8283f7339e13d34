"""The portal's looks: icons, accent, manifest."""

from django.urls import path

from geoportal.interface import identity

urlpatterns = [
    path("manifest.webmanifest", identity.manifest, name="manifest"),
    path("community/<slug:digest>/<int:side>.png", identity.icon, name="community-icon"),
    path("community/accent-<slug:color>.css", identity.accent, name="community-accent"),
]

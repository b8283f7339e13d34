"""Pages for people; machines' URLs stand in `geoportal.urls`."""

from allauth.account import views as account
from django.urls import path

from geoportal.web.views import data, layers, map, organisations, profile

app_name = "web"
urlpatterns = [
    path("", map.home, name="map"),
    path("layers/<str:slug>/", layers.layer_page, name="layer"),
    path("layers/<str:slug>/<path:key>/", layers.feature_page, name="feature"),
    path("data/", data.catalogue, name="data"),
    path("data/<str:slug>/", data.dataset, name="dataset"),
    path("accounts/login/", account.login, name="login"),
    path("accounts/logout/", account.logout, name="logout"),
    path("accounts/profile/", profile.profile, name="profile"),
    path("accounts/delete/", profile.delete, name="delete-account"),
    path("accounts/deleted/", profile.deleted, name="account-deleted"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/<slug:slug>/", organisations.organisation_page, name="organisation"),
    path("invitations/<str:token>/", organisations.invitation, name="invitation"),
]

"""Pages for people; machines' URLs stand in `geoportal.urls`."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path

from geoportal.web.forms import LoginForm
from geoportal.web.views import data, layers, map

app_name = "web"
urlpatterns = [
    path("", map.home, name="map"),
    path("layers/<str:slug>/", layers.layer_page, name="layer"),
    path("layers/<str:slug>/<path:key>/", layers.feature_page, name="feature"),
    path("data/", data.catalogue, name="data"),
    path("data/<str:slug>/", data.dataset, name="dataset"),
    path(
        "accounts/login/",
        LoginView.as_view(authentication_form=LoginForm, redirect_authenticated_user=True),
        name="login",
    ),
    path("accounts/logout/", LogoutView.as_view(), name="logout"),
]

"""Pages for people; machines' URLs stand in `geoportal.urls`."""

from allauth.account import views as account
from django.urls import path

from geoportal.web.views import data, layers, map, nearest, organisations, profile, reporting
from geoportal.web.views.problems import editing, feed, listing, own, page, statistics

app_name = "web"
urlpatterns = [
    path("", map.home, name="map"),
    path("map/<slug:language>/<slug:digest>.json", map.document, name="map-document"),
    path("nearest/", nearest.nearest, name="nearest"),
    path("problems/new/", reporting.new, name="report"),
    path("problems/new/sent/<int:number>/", reporting.sent, name="report-sent"),
    path("problems/", listing.problems, name="problems"),
    path("problems/feed.atom", feed.feed, name="problem-feed"),
    path("problems/mine/", own.mine, name="problem-mine"),
    path("problems/statistics/", statistics.statistics, name="problem-statistics"),
    path(
        "problems/statistics/<slug:table>.csv",
        statistics.statistics_csv,
        name="problem-statistics-csv",
    ),
    path("problems/<int:number>/", page.problem_page, name="problem"),
    path("problems/<int:number>/edit/", editing.edit, name="problem-edit"),
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

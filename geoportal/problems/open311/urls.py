"""Where GeoReport v2 answers; whatever else is asked here is refused in the standard's form."""

from django.urls import path

from geoportal.problems.open311 import views

speak = views.speak

urlpatterns = [
    path("discovery.<slug:extension>", speak(GET=views.discover)),
    path("v2/services.<slug:extension>", speak(GET=views.list_services)),
    path("v2/services/<str:code>.<slug:extension>", speak(GET=views.describe_service)),
    path(
        "v2/requests.<slug:extension>",
        speak(GET=views.list_requests, POST=views.send_request),
    ),
    path("v2/requests/<str:number>.<slug:extension>", speak(GET=views.show_request)),
    path("v2/tokens/<str:token>.<slug:extension>", speak(GET=views.show_token)),
    path("", speak()),
    path("<path:rest>", speak()),
]

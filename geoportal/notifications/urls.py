"""Where letters are stopped."""

from django.urls import path

from geoportal.notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.my_letters, name="mine"),
    path("contact/<str:token>/", views.contact_letters, name="contact"),
    path("stop/<str:token>/", views.stop_letters, name="stop"),
]

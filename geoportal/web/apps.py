from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "geoportal.web"
    label = "web"

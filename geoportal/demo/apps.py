from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "geoportal.demo"
    label = "demo"

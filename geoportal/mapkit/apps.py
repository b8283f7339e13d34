from django.apps import AppConfig


class MapkitConfig(AppConfig):
    name = "geoportal.mapkit"
    label = "mapkit"

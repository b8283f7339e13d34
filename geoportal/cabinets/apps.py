from django.apps import AppConfig


class CabinetsConfig(AppConfig):
    name = "geoportal.cabinets"
    label = "cabinets"

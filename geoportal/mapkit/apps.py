from django.apps import AppConfig


class MapkitConfig(AppConfig):
    name = "geoportal.mapkit"
    label = "mapkit"

    def ready(self) -> None:
        from geoportal.mapkit.state_signs import FOLDER, draw_sign
        from tiles.style.signs import register_drawer

        register_drawer(draw_sign, FOLDER)

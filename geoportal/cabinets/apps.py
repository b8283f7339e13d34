from django.apps import AppConfig


class CabinetsConfig(AppConfig):
    name = "geoportal.cabinets"
    label = "cabinets"

    def ready(self) -> None:
        from geoportal.interface.slots import Slot, fill_slot

        fill_slot(Slot.ACCOUNT, "cabinets/ways.html", order=10)

from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "geoportal.staff"
    label = "staff"

    def ready(self) -> None:
        from geoportal.interface.slots import Slot, fill_slot

        fill_slot(Slot.ACCOUNT, "staff/ways.html", order=5)

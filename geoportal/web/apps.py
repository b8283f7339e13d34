from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "geoportal.web"
    label = "web"

    def ready(self) -> None:
        from geoportal.interface.slots import Slot, fill_slot

        fill_slot(Slot.SECTIONS, "web/sections.html")
        fill_slot(Slot.ACCOUNT, "web/report/signed_out.html", order=90)
        fill_slot(Slot.FOOTER, "web/footer.html", order=50)

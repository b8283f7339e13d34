from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "geoportal.web"
    label = "web"

    def ready(self) -> None:
        from geoportal.interface.slots import Slot, fill_slot
        from geoportal.web.read_only.kept_page import keep_page
        from tiles.archives.signals import archives_changed

        archives_changed.connect(keep_page, dispatch_uid="read-only page")
        fill_slot(Slot.SECTIONS, "web/sections.html")
        fill_slot(Slot.ACCOUNT, "web/report/signed_out.html", order=90)
        fill_slot(Slot.FOOTER, "web/footer.html", order=50)

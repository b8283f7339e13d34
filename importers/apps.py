from django.apps import AppConfig


class ImportersConfig(AppConfig):
    name = "importers"
    label = "importers"

    def ready(self) -> None:
        from django.conf import settings

        from geoportal.accounts.policies import can_work_somewhere
        from geoportal.uploads.purposes import Purpose, register_purpose

        register_purpose(
            Purpose("imports", can_work_somewhere, lambda: int(settings.UPLOAD_BYTES_MAX))
        )

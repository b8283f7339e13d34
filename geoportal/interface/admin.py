"""The community in the administration: what may be mended without a pack."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from geoportal.interface.models import Community


@admin.register(Community)
class CommunityAdmin(admin.ModelAdmin[Community]):
    """One row; its logo comes from a pack, which looks into the picture."""

    list_display = ("short_name_uk", "name_uk", "katottg", "updated_at")
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    fieldsets = (
        (None, {"fields": ("name_uk", "name_en", "short_name_uk", "short_name_en", "katottg")}),
        (_("Looks"), {"fields": ("accent", "languages")}),
        (
            _("Map"),
            {
                "fields": (
                    "map_longitude", "map_latitude", "map_zoom", "base_map_style_url",
                    "base_map_raster_url", "base_map_pmtiles", "base_map_attribution",
                )
            },
        ),
        (
            _("Contacts"),
            {
                "fields": (
                    "authority_uk", "authority_en", "address_uk", "address_en", "email", "phone",
                    "hours_uk", "hours_en", "website", "reviewed_uk", "reviewed_en",
                    "emergency_numbers",
                )
            },
        ),
    )  # fmt: skip

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not Community.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Community | None = None) -> bool:
        return False

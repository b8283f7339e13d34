"""Letters about problems, to be looked at only."""

from django.contrib import admin
from django.http import HttpRequest

from geoportal.notifications.models import Letter


@admin.register(Letter)
class LetterAdmin(admin.ModelAdmin[Letter]):
    """What was sent to whom and when; nothing is changed here."""

    list_display = ("recipient", "kind", "change", "created_at", "sent_at")
    list_filter = ("kind",)
    search_fields = ("recipient", "change__problem__id")
    list_select_related = ("change",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Letter | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Letter | None = None) -> bool:
        return False

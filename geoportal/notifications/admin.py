"""Events that people are told of, to be looked at only."""

from django.contrib import admin
from django.http import HttpRequest

from geoportal.notifications.models import Event


@admin.register(Event)
class EventAdmin(admin.ModelAdmin[Event]):
    """Who was told is seen in the outbox; nothing is changed here."""

    list_display = ("subject", "details", "created_at", "attempts", "due_at", "told_at")
    list_filter = ("subject", ("told_at", admin.EmptyFieldListFilter))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Event | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Event | None = None) -> bool:
        return False

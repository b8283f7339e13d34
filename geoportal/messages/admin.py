"""The outbox for administrators: what waits, what failed and why, and what can be done about it.

What a message says is not shown: links in letters let people in.
"""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from geoportal.messages.models import Message
from geoportal.messages.services import send_again, withdraw_messages

SHOWN = (
    "address", "state", "channel", "subject", "key", "priority", "attempts", "last_error",
    "created_at", "due_at", "expires_at", "tried_at", "sent_at",
)  # fmt: skip


@admin.register(Message)
class MessageAdmin(admin.ModelAdmin[Message]):
    list_display = (
        "address", "state", "subject", "key", "attempts", "last_error", "created_at", "due_at",
        "sent_at",
    )  # fmt: skip
    list_filter = ("state", "channel", "topic", "created_at")
    search_fields = ("address__startswith", "key__exact", "uid__exact")
    show_full_result_count = False
    fields = SHOWN
    readonly_fields = SHOWN
    actions = ("send_again", "withdraw")

    @admin.action(description=_("Send again"), permissions=["handle"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[Message]) -> None:
        asked, count = queryset.count(), send_again(queryset)
        told = ngettext("%(count)s message goes again.", "%(count)s messages go again.", count)
        self.message_user(request, told % {"count": count}, messages.SUCCESS)
        if count < asked:
            kept = gettext(
                "Only what has failed is sent again, and only while its text is still kept."
            )
            self.message_user(request, kept, messages.WARNING)

    @admin.action(description=_("Withdraw"), permissions=["handle"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Message]) -> None:
        count = withdraw_messages(queryset)
        told = ngettext(
            "%(count)s message is withdrawn.", "%(count)s messages are withdrawn.", count
        )
        self.message_user(request, told % {"count": count}, messages.SUCCESS)

    def has_handle_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("outbox.change_message")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Message | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Message | None = None) -> bool:
        return False

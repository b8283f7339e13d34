"""Layers, their schemas and their changesets in the administration."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geoportal.accounts.policies import require_user
from geoportal.core.errors import Conflict
from layers.models import Changeset, Layer, LayerField, Theme
from layers.reading.search import rebuild_layer_search
from layers.schema.specs import read_spec
from layers.services import archive_layer, delete_layer, restore_layer
from layers.services.changesets import lock_layer
from layers.services.lifecycle import can_be_deleted
from layers.services.passports import record_update


@admin.register(Theme)
class ThemeAdmin(admin.ModelAdmin[Theme]):
    list_display = ("title_uk", "slug", "position")
    search_fields = ("title_uk", "title_en")


class LayerFieldInline(admin.TabularInline[LayerField, Layer]):
    """Shown, not edited: a schema changes by `layers.services.change_schema`, with the values."""

    model = LayerField
    extra = 0
    fields = ("name", "title_uk", "hint_uk", "type", "unit", "required", "audience", "searchable")
    readonly_fields = fields
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Layer | None = None) -> bool:
        return False


class LayerForm(ModelForm[Layer]):
    """A layer that stands, so its fields are known."""

    def clean_title_field(self) -> str:
        name: str = self.cleaned_data["title_field"]
        if name and not self.instance.fields.filter(name=name).exists():
            raise ValidationError(_("There is no field “%(name)s”.") % {"name": name})
        return name


@admin.register(Layer)
class LayerAdmin(admin.ModelAdmin[Layer]):
    """Passport, style and visibility; layers are made by the import or by services.

    An archived or empty layer is deleted by its own page, never many at once.
    """

    list_display = (
        "title_uk", "slug", "kind", "theme", "visibility", "organisation", "archived_at"
    )  # fmt: skip
    list_filter = ("kind", "visibility", "theme", ("archived_at", admin.EmptyFieldListFilter))
    actions = ("archive", "restore")
    search_fields = ("title_uk", "title_en", "slug")
    form = LayerForm
    readonly_fields = ("slug", "kind", "geometry_type", "key_field", "archived_at")
    inlines = (LayerFieldInline,)

    def save_model(
        self, request: HttpRequest, obj: Layer, form: ModelForm[Layer], change: bool
    ) -> None:
        """Recorded as by the services; search follows the visibility and the title field."""
        lock_layer(obj)
        before = read_spec(Layer.objects.get(pk=obj.pk))
        super().save_model(request, obj, form, change)
        record_update(layer=obj, before=before, actor=require_user(request.user))
        transaction.on_commit(lambda: rebuild_layer_search.enqueue(obj.pk))

    @admin.action(
        description=gettext_lazy("Archive: take from everybody, keep all"), permissions=["change"]
    )
    def archive(self, request: HttpRequest, queryset: QuerySet[Layer]) -> None:
        self._do_each(request, queryset, archive_layer, _("Archived: %(layer)s."))

    @admin.action(description=gettext_lazy("Restore from the archive"), permissions=["change"])
    def restore(self, request: HttpRequest, queryset: QuerySet[Layer]) -> None:
        self._do_each(request, queryset, restore_layer, _("Restored: %(layer)s."))

    def _do_each(
        self,
        request: HttpRequest,
        queryset: QuerySet[Layer],
        write: Callable[..., Changeset],
        said: str,
    ) -> None:
        """Each layer by itself: what cannot be done to one is said of it."""
        for layer in queryset:
            try:
                write(layer=layer, actor=require_user(request.user))
            except Conflict as error:
                self.message_user(request, f"{layer}: {error.message}", messages.ERROR)
            else:
                self.message_user(request, said % {"layer": layer})

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Layer | None = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and obj is not None and can_be_deleted(obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What the page that asks names: the layer. Its history is no obstacle here."""
        return [f"{layer} ({layer.slug})" for layer in objs], {}, set(), []

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """A layer that something goes by stays, and the page says why."""
        try:
            return super().delete_view(request, object_id, extra_context)
        except Conflict as error:
            self.message_user(request, str(error.message), messages.ERROR)
            return redirect("admin:layers_layer_change", object_id)

    def delete_model(self, request: HttpRequest, obj: Layer) -> None:
        delete_layer(layer=obj, actor=require_user(request.user))


@admin.register(Changeset)
class ChangesetAdmin(admin.ModelAdmin[Changeset]):
    """The journal of changes; read only."""

    list_display = ("id", "layer", "kind", "added", "changed", "removed", "author", "created_at")
    list_filter = ("kind", "layer")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Changeset | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Changeset | None = None) -> bool:
        return False

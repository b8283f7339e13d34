"""Layers, their schemas and their changesets in the administration."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext as _

from layers.models import Changeset, Layer, LayerField, Theme
from layers.search import rebuild_layer_search


@admin.register(Theme)
class ThemeAdmin(admin.ModelAdmin[Theme]):
    list_display = ("title_uk", "slug", "position")
    search_fields = ("title_uk", "title_en")


class LayerFieldInline(admin.TabularInline[LayerField, Layer]):
    """Shown, not edited: a schema changes by `layers.services.change_schema`, with the values."""

    model = LayerField
    extra = 0
    fields = ("name", "title_uk", "type", "unit", "required", "audience", "searchable")
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
    """Passport, style and visibility; layers are made by the import or by services."""

    list_display = ("title_uk", "slug", "kind", "theme", "visibility", "organisation")
    list_filter = ("kind", "visibility", "theme")
    search_fields = ("title_uk", "title_en", "slug")
    form = LayerForm
    readonly_fields = ("slug", "kind", "geometry_type", "key_field")
    inlines = (LayerFieldInline,)

    def save_model(
        self, request: HttpRequest, obj: Layer, form: ModelForm[Layer], change: bool
    ) -> None:
        """Search follows the visibility and the title field."""
        super().save_model(request, obj, form, change)
        transaction.on_commit(lambda: rebuild_layer_search.enqueue(obj.pk))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Layer | None = None) -> bool:
        return False


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

"""What administrators set: categories, who answers for what, the calendar, replies, keys.

Problems themselves are not edited here: they follow their workflow.
"""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext as _

from geoportal.problems.categories.terms import list_line
from geoportal.problems.models import (
    ApiKey,
    CalendarException,
    Category,
    MartialLawPeriod,
    Oversight,
    Question,
    ResponseTemplate,
    Responsibility,
)
from geoportal.problems.services.visibility import refresh_visibility
from layers.models import Feature, Layer


class QuestionInline(admin.TabularInline[Question, Category]):
    model = Question
    extra = 0


class CategoryForm(ModelForm[Category]):
    """A tree stays a tree."""

    def clean_parent(self) -> Category | None:
        parent: Category | None = self.cleaned_data["parent"]
        if parent is not None and self.instance.pk in {each.pk for each in list_line(parent)}:
            raise ValidationError(_("A category does not stand under itself."))
        return parent


@admin.register(Category)
class CategoryAdmin(admin.ModelAdmin[Category]):
    """Terms, hints, questions and visibility of a category."""

    form = CategoryForm
    list_display = (
        "title_uk", "code", "parent", "is_public", "is_active", "acceptance_working_days",
        "solution_days", "position",
    )  # fmt: skip
    list_filter = ("is_active", "is_public", "is_emergency")
    search_fields = ("title_uk", "title_en", "code")
    autocomplete_fields = ("parent",)
    prepopulated_fields = {"code": ("title_en",)}
    inlines = (QuestionInline,)

    def save_model(
        self, request: HttpRequest, obj: Category, form: ModelForm[Category], change: bool
    ) -> None:
        """A category that stops being public takes its problems from the public layer at once."""
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            if change and {"is_public", "parent"} & set(form.changed_data):
                refresh_visibility(category=obj)

    def has_delete_permission(self, request: HttpRequest, obj: Category | None = None) -> bool:
        """Switched off instead: problems refer to it."""
        return False


class TerritoryForm(ModelForm[Any]):
    """A key names a territory that stands in the chosen layer."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        layer, key = cleaned.get("territory_layer"), cleaned.get("territory_key", "")
        if layer is not None and layer.kind != Layer.Kind.TERRITORY:
            self.add_error("territory_layer", _("Choose a layer of territories."))
        elif layer is not None and not Feature.objects.filter(layer=layer, key=key).exists():
            known = Feature.objects.filter(layer=layer).order_by("key")
            keys = ", ".join(known.values_list("key", flat=True)[:20])
            self.add_error(
                "territory_key",
                _("There is no such territory. There are: %(keys)s.") % {"keys": keys},
            )
        return cleaned


@admin.register(Responsibility)
class ResponsibilityAdmin(admin.ModelAdmin[Responsibility]):
    """After a change of rules run `reassign_problems`; its dry run tells what would move."""

    form = TerritoryForm
    list_display = (
        "organisation", "role", "category", "territory_layer", "territory_key", "priority",
        "is_active",
    )  # fmt: skip
    list_filter = ("role", "is_active", "territory_layer", "organisation")
    list_select_related = ("organisation", "category", "territory_layer")
    search_fields = ("organisation__name_uk", "category__title_uk", "territory_key", "note")
    autocomplete_fields = ("organisation", "category", "territory_layer")


@admin.register(Oversight)
class OversightAdmin(admin.ModelAdmin[Oversight]):
    form = TerritoryForm
    list_display = ("organisation", "territory_layer", "territory_key")
    list_filter = ("territory_layer", "organisation__kind")
    list_select_related = ("organisation", "territory_layer")
    autocomplete_fields = ("organisation", "territory_layer")


@admin.register(CalendarException)
class CalendarExceptionAdmin(admin.ModelAdmin[CalendarException]):
    """Deadlines that stand already keep the calendar they were counted by."""

    list_display = ("date", "is_working", "reason")
    list_filter = ("is_working",)
    date_hierarchy = "date"


@admin.register(MartialLawPeriod)
class MartialLawPeriodAdmin(admin.ModelAdmin[MartialLawPeriod]):
    list_display = ("starts_on", "ends_on")


@admin.register(ResponseTemplate)
class ResponseTemplateAdmin(admin.ModelAdmin[ResponseTemplate]):
    list_display = ("title", "organisation", "category", "action", "position")
    list_filter = ("action", "organisation")
    list_select_related = ("organisation", "category")
    autocomplete_fields = ("organisation", "category")


@admin.register(ApiKey)
class ApiKeyAdmin(admin.ModelAdmin[ApiKey]):
    """Keys are made by `create_open311_key`, which shows them once; here they are switched off."""

    list_display = ("name", "owner", "is_active", "created_at", "last_used_at")
    list_select_related = ("owner",)
    readonly_fields = ("name", "owner", "created_at", "last_used_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

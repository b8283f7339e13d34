"""People and organisations in the administration.

Rights are given to who has confirmed the e-mail: anybody may register an address of another.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from geoportal.accounts.models import Membership, Organisation, User
from geoportal.accounts.policies import is_confirmed

RIGHTS = ("is_moderator", "is_staff", "is_superuser", "groups")


class MembershipForm(forms.ModelForm[Membership]):
    """A member chosen by hand; who was invited has confirmed the e-mail by the invitation."""

    def clean_user(self) -> User:
        user: User = self.cleaned_data["user"]
        if "user" in self.changed_data and not is_confirmed(user):
            raise forms.ValidationError(
                gettext(
                    "%(email)s is not confirmed: anybody could have registered it. Invite this "
                    "person from the cabinet of the organisation instead."
                )
                % {"email": user.email}
            )
        return user


class PersonForm(UserChangeForm[User]):
    """New rights, only for a confirmed e-mail; taking them away is free."""

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        given = [name for name in RIGHTS if name in self.changed_data and values.get(name)]
        if given and not is_confirmed(User.objects.get(pk=self.instance.pk)):
            raise forms.ValidationError(
                gettext("This person has not confirmed the e-mail yet: give rights after that.")
            )
        return values


class MembershipInline(admin.TabularInline[Membership, Organisation]):
    model = Membership
    form = MembershipForm
    extra = 0
    autocomplete_fields = ("user",)


@admin.register(User)
class UserAdmin(DjangoUserAdmin[User]):
    form = PersonForm
    ordering = ("email",)
    list_display = ("email", "first_name", "last_name", "is_moderator", "is_staff", "is_superuser")
    list_filter = ("is_moderator", "is_staff", "is_superuser", "is_active")
    search_fields = ("email", "first_name", "last_name")
    fieldsets = (
        (None, {"fields": ("email", "password")}),
        (_("Person"), {"fields": ("first_name", "last_name", "phone", "language")}),
        (
            _("Permissions"),
            {"fields": ("is_active", "is_moderator", "is_staff", "is_superuser", "groups")},
        ),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "password1", "password2")}),)


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin[Organisation]):
    list_display = ("name_uk", "kind", "edrpou", "is_active")
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    list_filter = ("kind", "is_active")
    search_fields = ("name_uk", "name_en", "edrpou")
    inlines = (MembershipInline,)

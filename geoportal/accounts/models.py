"""People, organisations of the eleven kinds, and who belongs where."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail; there are no user names."""

    use_in_migrations = True

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(
            email, password, **{"is_staff": True, "is_superuser": True} | fields
        )


class User(AbstractUser):
    """A person; signs in with the e-mail. `is_staff`: works for the community."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail"), unique=True)
    language = models.CharField(_("language"), max_length=2, default="uk")

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()  # type: ignore[assignment,misc]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = (models.UniqueConstraint(Lower("email"), name="accounts_user_email_once"),)

    def __str__(self) -> str:
        return self.email


class Organisation(models.Model):
    """A body that answers for something in the community, or speaks in it."""

    class Kind(models.TextChoices):
        LOCAL_GOVERNMENT = "local_government", _("Local self-government body")
        SELF_ORGANISATION = "self_organisation", _("Self-organisation body of residents")
        MUNICIPAL_ENTERPRISE = "municipal_enterprise", _("Municipal enterprise")
        COMMERCIAL = "commercial", _("Commercial organisation")
        STAROSTA = "starosta", _("Starosta")
        DEPUTY = "deputy", _("Deputy")
        ASSOCIATION = "association", _("Civic association")
        POLICE_OFFICER = "police_officer", _("Community police officer")
        PARTY = "party", _("Political party")
        STATE_EXECUTIVE = "state_executive", _("State executive body")
        MEDIA = "media", _("Mass media")

    slug = models.SlugField(_("slug"), unique=True)
    kind = models.CharField(_("kind"), max_length=24, choices=Kind.choices)
    name_uk = models.CharField(_("name in Ukrainian"), max_length=254)
    name_en = models.CharField(_("name in English"), max_length=254, blank=True)
    edrpou = models.CharField(_("EDRPOU code"), max_length=8, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=64, blank=True)
    website = models.URLField(_("website"), blank=True)
    members = models.ManyToManyField(User, through="Membership", related_name="organisations")

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ("name_uk",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(edrpou="") | models.Q(edrpou__regex=r"^\d{8}$"),
                name="accounts_organisation_edrpou_has_8_digits",
            ),
        )

    def __str__(self) -> str:
        return self.name_uk


class Membership(models.Model):
    """One person's role in one organisation."""

    class Role(models.TextChoices):
        HEAD = "head", _("Head")
        OFFICER = "officer", _("Officer")
        VIEWER = "viewer", _("Viewer")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=8, choices=Role.choices)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = (
            models.UniqueConstraint(
                fields=["user", "organisation"], name="accounts_membership_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation} · {self.get_role_display()}"

"""People, organisations of the eleven kinds, and who belongs where."""

from typing import Any, ClassVar

from allauth.account.models import EmailAddress
from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail; there are no user names."""

    use_in_migrations = True

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """An administrator is made by hand on the server: the e-mail counts as confirmed."""
        user = self.create_user(
            email, password, **{"is_staff": True, "is_superuser": True} | fields
        )
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return user


class User(AbstractUser):
    """A person; signs in with the e-mail, which is kept in small letters.

    Who deletes the account leaves an empty row behind (`deleted_at`): rows elsewhere refer to it.
    `is_staff` is the GIS officer, `is_superuser` the administrator. Whether the e-mail is
    confirmed stands in allauth's `EmailAddress`; `policies.is_confirmed` asks it.
    """

    class Language(models.TextChoices):
        UKRAINIAN = "uk", _("Ukrainian")
        ENGLISH = "en", _("English")

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail"), unique=True)
    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, default=Language.UKRAINIAN
    )
    phone = models.CharField(_("phone"), max_length=32, blank=True)
    is_staff = models.BooleanField(
        _("GIS officer"),
        default=False,
        help_text=_("Works with layers, sees what is marked for staff."),
    )
    is_moderator = models.BooleanField(
        _("moderator"),
        default=False,
        help_text=_("Checks what residents send before it is published."),
    )
    deleted_at = models.DateTimeField(_("deleted"), null=True, blank=True, editable=False)

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
    description_uk = models.TextField(_("description in Ukrainian"), blank=True)
    description_en = models.TextField(_("description in English"), blank=True)
    address = models.CharField(_("address"), max_length=254, blank=True)
    working_hours = models.CharField(_("working hours"), max_length=254, blank=True)
    is_active = models.BooleanField(
        _("works"),
        default=True,
        help_text=_("An organisation that no longer works has no page and no cabinet."),
    )
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

    @property
    def name(self) -> str:
        """In the language of the page; Ukrainian where there is no other."""
        return self.name_en if self.name_en and get_language() == "en" else self.name_uk

    @property
    def description(self) -> str:
        """In the language of the page; Ukrainian where there is no other."""
        english = self.description_en and get_language() == "en"
        return self.description_en if english else self.description_uk


class Membership(models.Model):
    """One person's role in one organisation."""

    class Role(models.TextChoices):
        HEAD = "head", _("Head")
        OFFICER = "officer", _("Officer")
        VIEWER = "viewer", _("Viewer")

    user = models.ForeignKey(
        User, verbose_name=_("user"), on_delete=models.CASCADE, related_name="memberships"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="memberships",
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


class Invitation(models.Model):
    """A letter that lets the owner of one e-mail join one organisation, once.

    Only the hash of its token is kept: who reads the table cannot follow the link.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="invitations"
    )
    email = models.EmailField(_("e-mail"))
    role = models.CharField(_("role"), max_length=8, choices=Membership.Role.choices)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(_("sent"), auto_now_add=True)
    expires_at = models.DateTimeField(_("valid until"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ("-created_at", "-id")
        constraints = (
            models.UniqueConstraint(
                Lower("email"),
                "organisation",
                condition=models.Q(accepted_at=None, revoked_at=None),
                name="accounts_invitation_open_once",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at=None) | models.Q(revoked_at=None),
                name="accounts_invitation_ends_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.email} · {self.organisation}"

"""Forms of registration, signing in and the profile."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.socialaccount import forms as social
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest, HttpResponse
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from geoportal.accounts.models import Membership, User
from geoportal.accounts.names import LONGEST_NAME, tidy_name, validate_name
from geoportal.accounts.selectors import is_email_taken

capitalise = lazy(capfirst, str)
PASSWORD_HINT = _("At least 8 characters, not only digits.")


class NameField(forms.CharField):
    """A part of a name, with the mistakes that `names.is_name` knows said in words."""

    default_validators = [validate_name]

    def clean(self, value: Any) -> str:
        """Spaces are put right first; an end of line is no space."""
        return str(super().clean(tidy_name(str(value or ""))))

    def to_python(self, value: Any) -> str:
        return str(value or "")


class NameFields(forms.Form):
    """How the person is called."""

    first_name = NameField(
        label=_("First name"),
        widget=forms.TextInput(attrs={"autocomplete": "given-name", "maxlength": LONGEST_NAME}),
    )
    last_name = NameField(
        label=_("Last name"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "family-name", "maxlength": LONGEST_NAME}),
    )


class LoginForm(account.LoginForm):
    """E-mail and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail")
        self.fields["login"].widget.attrs = {"type": "email", "autocomplete": "username"}
        self.fields["password"].help_text = ""


class SignupForm(account.SignupForm, NameFields):
    """Registration; the answer is the same for an e-mail that is free and for one that is not."""

    field_order = ("first_name", "last_name", "email", "password1")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail")
        self.fields["email"].help_text = _("We send a letter with a link there.")
        self.fields["password1"].help_text = PASSWORD_HINT

    def validate_unique_email(self, value: str) -> str:
        """Not an error: its owner is told by a letter."""
        self.account_already_exists = is_email_taken(value)
        return value

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        if self.account_already_exists:
            # As long as the hashing of a new password takes.
            User().set_password(self.cleaned_data.get("password1"))
        saved: tuple[User | None, HttpResponse | None] = super().try_save(request)
        return saved


class ProviderSignupForm(social.SignupForm, NameFields):
    """What an identity provider did not tell."""

    field_order = ("first_name", "last_name", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail")


class ResetPasswordForm(account.ResetPasswordForm):
    """Only the account's own e-mail counts, not one that the person has yet to confirm."""

    users: list[User]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail")

    def clean_email(self) -> str:
        email: str = super().clean_email()
        self.users = [user for user in self.users if user.email == email.lower()]
        return email


def name_new_passwords(form: forms.Form) -> None:
    form.fields["password1"].label = _("New password")
    form.fields["password1"].help_text = PASSWORD_HINT
    form.fields["password2"].label = _("The new password once more")


class ResetPasswordKeyForm(account.ResetPasswordKeyForm):
    """A new password by the link of a letter."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_new_passwords(self)


class SetPasswordForm(account.SetPasswordForm):
    """The first password of who signs in by an identity provider."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_new_passwords(self)


class ChangePasswordForm(account.ChangePasswordForm):
    """Another password, by the present one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = _("Present password")
        self.fields["oldpassword"].help_text = ""
        name_new_passwords(self)


class ReauthenticateForm(account.ReauthenticateForm):
    """The password once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")
        self.fields["password"].help_text = ""


def name_code(form: forms.Form) -> None:
    """Digits or a recovery code; a keyboard of digits would hide the letters of the latter."""
    form.fields["code"].label = _("Code")


class CodeForm(second_factor.AuthenticateForm):
    """The code when signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_code(self)


class CodeAgainForm(second_factor.ReauthenticateForm):
    """The code once more before what concerns safety."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_code(self)


class FirstCodeForm(ActivateTOTPForm):
    """The code that shows that the application has understood."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_code(self)


class ProfileForm(NameFields):
    """What the person says of himself."""

    phone = forms.RegexField(
        label=_("Phone"),
        regex=r"^\+?[\d\s()-]{7,24}$",
        required=False,
        help_text=_("Only moderators and the organisation that solves your problem see it."),
        error_messages={"invalid": _("A phone is digits, for example +380 67 123 45 67.")},
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    language = forms.ChoiceField(
        label=_("Language of pages and letters"),
        choices=[(each.value, capitalise(each.label)) for each in User.Language],
    )


class DeleteAccountForm(forms.Form):
    """The password once more; who has none confirms by the word alone."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if not user.has_usable_password():
            del self.fields["password"]

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not self.user.check_password(password):
            raise forms.ValidationError(_("This is not your password."))
        return password


class InvitedForm(NameFields):
    """Registration by an invitation: the e-mail is known from the letter."""

    password1 = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=PASSWORD_HINT,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        validate_password(password, User(email=self.email))
        return password


class InviteForm(forms.Form):
    """Whom to invite, and as what."""

    email = forms.EmailField(
        label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    role = forms.ChoiceField(
        label=_("Role"), choices=Membership.Role.choices, initial=Membership.Role.OFFICER
    )

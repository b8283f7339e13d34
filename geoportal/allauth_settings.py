"""How allauth is set up; nothing of it is read from the environment."""

ACCOUNT_ADAPTER = "geoportal.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "geoportal.accounts.forms.LoginForm",
    "signup": "geoportal.accounts.forms.SignupForm",
    "reset_password": "geoportal.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "geoportal.accounts.forms.ResetPasswordKeyForm",
    "change_password": "geoportal.accounts.forms.ChangePasswordForm",
    "set_password": "geoportal.accounts.forms.SetPasswordForm",
    "reauthenticate": "geoportal.accounts.forms.ReauthenticateForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "geoportal.accounts.names.get_display_name"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# Who has not confirmed the e-mail may sign in and write; nothing of theirs is published.
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 7
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
# Counted in the database, so that every process of the server sees the same numbers.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/300s/key",
    "signup": "10/m/ip,60/h/ip",
    "confirm_email": "1/60s/key",
    "reset_password": "10/m/ip,3/10m/key",
    "manage_email": "10/m/user",
    "invite": "60/h/user",
    "problem_report": "30/d/user",
    "problem_upload": "200/h/user",
    "open311": "60/m/key,600/h/key",
}
MFA_ADAPTER = "geoportal.accounts.second_factor.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "geoportal.accounts.forms.CodeForm",
    "reauthenticate": "geoportal.accounts.forms.CodeAgainForm",
    "activate_totp": "geoportal.accounts.forms.FirstCodeForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
SOCIALACCOUNT_ADAPTER = "geoportal.accounts.adapter.ProviderAdapter"
SOCIALACCOUNT_FORMS = {"signup": "geoportal.accounts.forms.ProviderSignupForm"}

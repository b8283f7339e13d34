"""Who gets which answer from the pages of accounts, organisations and their members."""

from tests.house.roles import OPEN, REFUSED, ROLES, SIGNED_OUT, Case, Statuses, everybody, reads


def members_only(status: int) -> Statuses:
    """Visitors are sent to sign in."""
    return (302,) + (status,) * (len(ROLES) - 1)


def outside_only(status: int) -> Statuses:
    """Who has signed in is sent away."""
    return (status,) + (302,) * (len(ROLES) - 1)


def of_members(status: int) -> Statuses:
    """Heads of the organisation and administrators; for those outside there is no cabinet."""
    return (302, 404, 404, 404, 403, 403, status, status, 404)


def form(path: str, statuses: Statuses, sent: Statuses | None = None) -> list[Case]:
    """Reading a form, and sending it empty."""
    return [Case("GET", path, statuses), Case("POST", path, sent or statuses, body={})]


KEY = "/accounts/confirm-email/MQ:1xUPep:unknown/"
RESET = "/accounts/password/reset/key/1-unknown/"
PROVIDER = "/accounts/oidc/identity/login/"
# Signed in by force, not by password: what concerns safety asks the password first.
ACCOUNTS: dict[str, list[Case]] = {
    "/accounts/signup/": form("/accounts/signup/", outside_only(200)),
    "/accounts/login/": form("/accounts/login/", SIGNED_OUT),
    "/accounts/logout/": form("/accounts/logout/", members_only(200), everybody(302)),
    "/accounts/inactive/": reads(("/accounts/inactive/", OPEN)),
    "/accounts/reauthenticate/": form("/accounts/reauthenticate/", members_only(200)),
    "/accounts/confirm-email/": reads(("/accounts/confirm-email/", OPEN)),
    "/accounts/confirm-email/<key>/": form(KEY, OPEN, REFUSED),
    "/accounts/email/": form("/accounts/email/", members_only(200), everybody(302)),
    "/accounts/password/change/": form("/accounts/password/change/", members_only(200)),
    "/accounts/password/set/": form("/accounts/password/set/", members_only(302)),
    "/accounts/password/reset/": form("/accounts/password/reset/", OPEN),
    "/accounts/password/reset/done/": reads(("/accounts/password/reset/done/", OPEN)),
    "/accounts/password/reset/key/<uidb36>-<key>/": form(RESET, OPEN),
    "/accounts/password/reset/key/done/": reads(("/accounts/password/reset/key/done/", OPEN)),
    "/accounts/login/code/confirm/": reads(("/accounts/login/code/confirm/", everybody(302))),
    "/accounts/profile/": form("/accounts/profile/", members_only(200)),
    "/accounts/delete/": form("/accounts/delete/", members_only(200)),
    "/accounts/deleted/": reads(("/accounts/deleted/", OPEN)),
    "/accounts/2fa/": reads(("/accounts/2fa/", members_only(200))),
    "/accounts/2fa/authenticate/": form("/accounts/2fa/authenticate/", everybody(302)),
    "/accounts/2fa/reauthenticate/": form("/accounts/2fa/reauthenticate/", everybody(302)),
    "/accounts/2fa/recovery-codes/": reads(("/accounts/2fa/recovery-codes/", members_only(404))),
    "/accounts/2fa/recovery-codes/download/": reads(
        ("/accounts/2fa/recovery-codes/download/", members_only(404))
    ),
    "/accounts/2fa/recovery-codes/generate/": form(
        "/accounts/2fa/recovery-codes/generate/", everybody(302)
    ),
    "/accounts/2fa/totp/activate/": form("/accounts/2fa/totp/activate/", everybody(302)),
    "/accounts/2fa/totp/deactivate/": form("/accounts/2fa/totp/deactivate/", members_only(404)),
    "/accounts/3rdparty/": form("/accounts/3rdparty/", members_only(200)),
    "/accounts/3rdparty/signup/": form("/accounts/3rdparty/signup/", everybody(302)),
    "/accounts/3rdparty/login/cancelled/": reads(("/accounts/3rdparty/login/cancelled/", OPEN)),
    "/accounts/3rdparty/login/error/": reads(("/accounts/3rdparty/login/error/", everybody(401))),
    "/accounts/social/login/cancelled/": reads(
        ("/accounts/social/login/cancelled/", everybody(301))
    ),
    "/accounts/social/login/error/": reads(("/accounts/social/login/error/", everybody(301))),
    "/accounts/social/signup/": reads(("/accounts/social/signup/", everybody(301))),
    "/accounts/social/connections/": reads(("/accounts/social/connections/", everybody(301))),
    "/accounts/oidc/<provider_id>/login/": form(PROVIDER, REFUSED),
    "/accounts/oidc/<provider_id>/login/callback/": reads((f"{PROVIDER}callback/", REFUSED)),
    "/organisations/": reads(("/organisations/", OPEN), ("/organisations/?q=рада", OPEN)),
    "/organisations/<slug>/": reads(
        ("/organisations/council/", OPEN), ("/organisations/absent/", REFUSED)
    ),
    "/invitations/<token>/": form("/invitations/unknown/", everybody(410)),
    "/cabinet/<slug>/members/": [
        *form("/cabinet/council/members/", of_members(200), of_members(302)),
        *reads(("/cabinet/absent/members/", members_only(404))),
    ],
}
# Views of allauth take PUT for POST, or do not tell methods apart.
ACCOUNTS_ANY_METHOD = {pattern for pattern in ACCOUNTS if pattern.startswith("/accounts/")} - {
    "/accounts/profile/",
    "/accounts/delete/",
    "/accounts/deleted/",
}

"""Ukrainian for what installed packages say in the administration without a translation."""

from django.apps import apps
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

# Said by Django's own templates, which ask our catalogue first.
WORDS = (
    gettext_noop("Model name"),
    gettext_noop("Add link"),
    gettext_noop("Change or view list link"),
    gettext_noop("After you’ve created a user, you’ll be able to edit more user options."),
)
APPS = {"django_tasks_database": _("Jobs in the background"), "mfa": _("Second factor")}
TABLES = {
    "mfa.Authenticator": (_("second factor"), _("second factors")),
    "django_tasks_database.DBTaskResult": (_("job"), _("jobs")),
}
FIELDS = {
    "mfa.Authenticator": {
        "user": _("user"),
        "type": _("type"),
        "data": _("secret, encrypted"),
        "created_at": _("created"),
        "last_used_at": _("last used"),
    }
}


def name_foreign_tables() -> None:
    """Once, at the start; what migrations know of these tables stays as it is."""
    for label, title in APPS.items():
        apps.get_app_config(label).verbose_name = title
    for label, (one, many) in TABLES.items():
        options = apps.get_model(label)._meta
        options.verbose_name, options.verbose_name_plural = one, many
    for label, fields in FIELDS.items():
        for name, words in fields.items():
            apps.get_model(label)._meta.get_field(name).verbose_name = words

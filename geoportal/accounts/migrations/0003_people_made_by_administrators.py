"""Whoever has an account by now was given it by an administrator: the e-mail is confirmed."""

from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def confirm_standing_accounts(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    user_model = apps.get_model("accounts", "User")
    address_model = apps.get_model("account", "EmailAddress")
    people = list(user_model.objects.exclude(email=""))
    for user in people:
        user.email = user.email.lower()
    user_model.objects.bulk_update(people, ["email"], batch_size=1000)
    address_model.objects.bulk_create(
        [
            address_model(user_id=user.pk, email=user.email, verified=True, primary=True)
            for user in people
        ],
        ignore_conflicts=True,
        batch_size=1000,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_people_and_invitations"),
        ("account", "0009_emailaddress_unique_primary_email"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [migrations.RunPython(confirm_standing_accounts, migrations.RunPython.noop)]

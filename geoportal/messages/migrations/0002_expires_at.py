from django.db import migrations, models
from django.utils import timezone


class Migration(migrations.Migration):
    dependencies = [("outbox", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="message",
            name="expires_at",
            field=models.DateTimeField(default=timezone.now, verbose_name="tried until"),
            preserve_default=False,
        ),
    ]

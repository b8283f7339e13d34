"""`manage.py prepare_territories`: cells of territory layers that plain SQL changed, at once."""

from django.core.management.base import BaseCommand

from layers.joining.preparing import prepare_stale


class Command(BaseCommand):
    help = "Cut the areas of territory layers that changed past the portal; others stay untouched."

    def handle(self, *args: object, **options: object) -> None:
        for layer, done in prepare_stale():
            self.stdout.write(f"{layer.slug}: {done.areas} → {done.cells}")

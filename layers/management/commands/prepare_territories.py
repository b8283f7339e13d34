"""`manage.py prepare_territories`: cells of territory layers that plain SQL changed."""

from django.core.management.base import BaseCommand

from layers.joining.preparing import prepare_territories
from layers.models import Layer


class Command(BaseCommand):
    help = "Cut the areas of territory layers that changed past the portal; others stay untouched."

    def handle(self, *args: object, **options: object) -> None:
        for layer in Layer.objects.filter(kind=Layer.Kind.TERRITORY).order_by("slug"):
            done = prepare_territories(layer)
            if done.areas:
                self.stdout.write(f"{layer.slug}: {done.areas} → {done.cells}")

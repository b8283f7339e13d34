"""What follows a changeset inside this package."""

from typing import Any

from django.dispatch import receiver

from layers.models import Changeset
from layers.reading.search import update_search
from layers.signals import changeset_published


@receiver(changeset_published)
def refresh_search(sender: type[Changeset], changeset: Changeset, **kwargs: Any) -> None:
    update_search(changeset)

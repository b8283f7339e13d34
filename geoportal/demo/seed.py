"""The invented community: its pack, its accounts, and what has happened there since."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction

from geoportal.demo.accounts import write_accounts
from geoportal.demo.layer_changes import apply_changes
from geoportal.demo.scaling import multiply_layers
from geoportal.demo.stories.seed import seed_stories
from geoportal.packs.applying.run import Change
from geoportal.packs.applying.whole import apply_pack
from geoportal.packs.extending import SHIPPED
from layers.models import Layer

PACK: Final = SHIPPED / "kalynobrid"
STORIES: Final = PACK / "stories"


@dataclass(frozen=True)
class Seeded:
    """How much was written; `changed`: things of the pack."""

    changed: int
    accounts: int
    problems: int


@transaction.atomic
def seed_demo(
    *,
    scale: int = 1,
    problems: int | None = None,
    now: datetime | None = None,
    on_change: Callable[[Change], None] = lambda change: None,
) -> Seeded:
    """All of it or nothing. Run again, it brings back what the pack says, and adds nothing else.

    `problems`: about so many, `None` for all there are stories of; without the demo's accounts
    nobody is there to live them.
    """
    is_new = not Layer.objects.filter(kind=Layer.Kind.TERRITORY).exists()
    applied = apply_pack(PACK, on_change=on_change)
    accounts = write_accounts()
    if is_new:
        apply_changes(STORIES)
        if scale > 1:
            multiply_layers(scale)
    written = 0
    if settings.DEMO and problems != 0:
        written = seed_stories(STORIES, count=problems, now=now)
    return Seeded(len(applied.difference), accounts, written)

"""Archives are made again when what they show has changed, and go when it is public no more."""

import fcntl
import hashlib
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path

import orjson
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone, translation
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from geoportal.core.database.snapshot import snapshot
from geoportal.interface.community import get_portal_name
from layers.access import list_layers_for
from layers.models import Feature, Layer
from tiles.archives import kept
from tiles.archives.describing import Description, describe
from tiles.archives.kept import Kept
from tiles.archives.merging import write_merged
from tiles.archives.signals import archives_changed
from tiles.archives.styles import keep_styles
from tiles.archives.writing import ZOOM_MAX, Written, describe_layer, show_at_last, write_layer

PUBLIC = (Feature.Visibility.PUBLIC.value,)
# Building takes a hundredth of the time at most; nothing waits longer than a day.
SHARE = 100
LEAST_WAIT = timedelta(minutes=15)
LONGEST_WAIT = timedelta(days=1)


def list_public_layers() -> list[Layer]:
    return list(list_layers_for(AnonymousUser()).prefetch_related("fields"))


def queue_due() -> int:
    """For the clock: let go what is public no more, and have a worker build what is due."""
    layers = list_public_layers()
    gone = drop_hidden(layers) + kept.drop_replaced()
    due = gone or list_due(layers, timezone.now()) or is_map_due(layers)
    if due and not is_queued():
        build_archives.enqueue()
    return gone


def is_queued() -> bool:
    waiting = DBTaskResult.objects.ready().filter(task_path=build_archives.module_path)
    return waiting.exists()


@task(queue_name=settings.BULK_QUEUE)
def build_archives() -> None:
    """Job: one run at a time; what another one is doing need not be done twice."""
    with only_one() as is_mine:
        if is_mine:
            build_due(timezone.now())


@contextmanager
def only_one() -> Iterator[bool]:
    folder = kept.get_folder()
    folder.mkdir(parents=True, exist_ok=True)
    with Path(folder, "building.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def build_due(now: datetime | None = None) -> list[Kept]:
    """The archives that were made; without `now` all that have changed, however young they are.

    All of one run show one state of the database: what is taken as it was has not changed since.
    """
    with translation.override(settings.LANGUAGE_CODE):
        with snapshot():
            layers = list_public_layers()
            built = [build_layer_archive(layer) for layer in list_due(layers, now)]
            described = describe_map(layers)
        drop_hidden(layers)
        if whole := build_map_archive(layers, described):
            built.append(whole)
    if built:
        keep_styles(layers)
        archives_changed.send(sender=Kept)
    return built


def list_due(layers: Sequence[Layer], now: datetime | None) -> list[Layer]:
    """Those that have changed, and whose archive has served its time."""
    return [layer for layer in layers if is_due(layer, now)]


def is_due(layer: Layer, now: datetime | None) -> bool:
    current = kept.find_kept(kept.name_layer_archive(layer.slug))
    if current is None:
        return True
    wait = min(max(timedelta(seconds=current.build_s * SHARE), LEAST_WAIT), LONGEST_WAIT)
    if now is not None and now - current.built_at < wait:
        return False
    return current.source != compute_source(layer, describe_layer(layer, PUBLIC))


def is_map_due(layers: Sequence[Layer]) -> bool:
    """The whole map is not what its parts make."""
    parts = list_parts(layers)
    current = kept.find_kept(kept.WHOLE_MAP)
    return bool(parts) and (current is None or current.layers != [layer.slug for layer in layers])


def compute_source(layer: Layer, description: Description) -> str:
    """A digest of what the bytes depend on: data, words, and how tiles are made."""
    said = (layer.pk, layer.state.revision, layer.updated_at, layer.min_zoom, layer.max_zoom)
    return compute_digest(*map(str, said), orjson.dumps(description.metadata), hash_sql())


def compute_digest(*parts: str | bytes) -> str:
    whole = b"\x1f".join(part.encode() if isinstance(part, str) else part for part in parts)
    return hashlib.blake2b(whole, digest_size=16).hexdigest()


@cache
def hash_sql() -> str:
    """Of the statements that make tiles: a new version of them makes new archives."""
    texts = files("tiles").joinpath("sql")
    found = sorted(part.name for part in texts.iterdir() if part.name.endswith(".sql"))
    return compute_digest(*(texts.joinpath(name).read_bytes() for name in found))


def build_layer_archive(layer: Layer) -> Kept:
    description = describe_layer(layer, PUBLIC)
    return build(
        kept.name_layer_archive(layer.slug),
        [layer],
        description,
        compute_source(layer, description),
        lambda path: write_layer(layer, PUBLIC, path),
    )


def describe_map(layers: Sequence[Layer]) -> Description:
    """In the words of the portal's language."""
    drawn = [show_at_last(layer) for layer in layers]
    return describe(drawn, PUBLIC, name=get_portal_name(), zoom_max=ZOOM_MAX)


def build_map_archive(layers: Sequence[Layer], description: Description) -> Kept | None:
    """Of the archives of its layers; `None` where the current one is made of the same."""
    parts = list_parts(layers)
    source = compute_digest(
        *(part.file for part in parts), orjson.dumps(description.metadata), hash_sql()
    )
    current = kept.find_kept(kept.WHOLE_MAP)
    if not parts or (current and current.source == source):
        return None
    return build(
        kept.WHOLE_MAP,
        layers,
        description,
        source,
        lambda path: write_merged([part.path for part in parts], description, path),
    )


def list_parts(layers: Sequence[Layer]) -> list[Kept]:
    found = (kept.find_kept(kept.name_layer_archive(layer.slug)) for layer in layers)
    return [part for part in found if part]


def build(
    name: str,
    layers: Sequence[Layer],
    description: Description,
    source: str,
    write: Callable[[Path], Written],
) -> Kept:
    """Written beside, then put in place."""
    folder = kept.get_folder()
    folder.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(dir=folder, prefix=".building-") as scratch:
        begun = Path(scratch, "archive")
        written = write(begun)
        size = begun.stat().st_size
        file = kept.put_in_place(begun, name)
    made = Kept(
        name=name,
        file=file,
        source=source,
        layers=[layer.slug for layer in layers],
        built_at=timezone.now(),
        build_s=round(time.monotonic() - started, 3),
        size=size,
        tiles=written.tiles,
        zoom_min=written.zoom_min,
        zoom_max=written.zoom_max,
        bounds=list(description.bounds),
    )
    kept.make_current(made)
    return made


def drop_hidden(layers: Sequence[Layer]) -> int:
    """Archives with a layer that visitors do not see any more; returns how many."""
    seen = {layer.slug for layer in layers}
    hidden = [part for part in kept.list_kept() if not seen.issuperset(part.layers)]
    whole = kept.find_kept(kept.WHOLE_MAP)
    if whole and not seen.issuperset(whole.layers):
        hidden.append(whole)
    for part in hidden:
        kept.drop(part.name)
    return len(hidden)


def write_whole_map(path: Path) -> Written:
    """All public layers as they are now, into a file of somebody's own."""
    with (
        tempfile.TemporaryDirectory(dir=path.parent) as scratch,
        translation.override(settings.LANGUAGE_CODE),
    ):
        with snapshot():
            layers = list_public_layers()
            sources = [Path(scratch, layer.slug) for layer in layers]
            for layer, source in zip(layers, sources, strict=True):
                write_layer(layer, PUBLIC, source)
            description = describe_map(layers)
        whole = Path(scratch, "map")
        written = write_merged(sources, description, whole)
        whole.replace(path)
        return written

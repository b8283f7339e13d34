"""What tests of all packages start from: people, a publisher, and layers made by the services."""

import gc
import threading
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from functools import partial
from itertools import groupby
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.contrib.gis.geos import GEOSGeometry
from django.core.cache import caches
from django.db import connection, connections
from django.test import TransactionTestCase, override_settings
from django.utils import translation
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from geoportal.accounts.models import Membership, Organisation, User
from geoportal.accounts.services import confirm_email
from layers.models import Feature, Layer
from layers.schema.specs import FieldSpec, LayerSpec
from layers.services import add_feature, create_layer
from tests.emptying import KeptRows
from tests.standing import STAGE, commits, standing_world
from tests.template import find_template
from tests.thoroughness import THOROUGH

# Where Playwright's event loop runs, Django would give this thread another connection: what stands
# in the one would be out of reach of the other. One thread has one connection here.
connections._connections = threading.local()  # type: ignore[attr-defined]

# Who has lived the stories of the demo's town is asked from two files.
TOGETHER = ("tests/geoportal/demo/",)
SHARED_DATA = Path(django_settings.BASE_DIR).parent / "shared" / "data"


@pytest.fixture
def shared_data() -> Path:
    """Third-party files that stand beside the project on some machines."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the folder of third-party files is not here")
    return SHARED_DATA


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix, django_db_blocker
) -> None:
    """In place of pytest-django's: the test database is a clone of one with all migrations."""
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = find_template()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Around pytest-django's: tests that commit give the database back as they found it."""
    with django_db_blocker.unblock():
        STAGE.migrated = KeptRows.keep("as_migrated")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: STAGE.restore())
        yield
        with django_db_blocker.unblock():
            STAGE.clear()


@pytest.fixture(scope="session", autouse=True)
def quick_settings(tmp_path_factory) -> Iterator[None]:
    """Passwords cost nothing, jobs are done at once; what stands for many tests keeps no file."""
    folder = tmp_path_factory.mktemp("nobody")
    with override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        TASKS={"default": {"BACKEND": "tests.queue.Queue", "QUEUES": []}},
        DATA_DIR=folder,
        MEDIA_ROOT=folder / "media",
    ):
        yield


@pytest.fixture(autouse=True)
def own_data_folder(settings, tmp_path) -> None:
    """Built downloads and other files of a test stay in its own folder."""
    settings.DATA_DIR = tmp_path / "data"
    settings.MEDIA_ROOT = tmp_path / "data" / "media"


@pytest.fixture(autouse=True)
def own_memory() -> None:
    """What a test before has left in the memory of the process is of rows that are gone."""
    caches["process"].clear()


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[object], request: pytest.FixtureRequest
) -> None:
    """Before pytest-django begins the transaction of a test, the worlds below it are built."""
    if fixturedef.argname == "_django_db_helper":
        with request.getfixturevalue("django_db_blocker").unblock():
            STAGE.prepare(request.node)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests of one file or shared folder that ask for the same worlds follow one another."""
    runs = groupby(items, key=lambda item: (find_part(item.nodeid), commits(item)))
    items[:] = [item for _, run in runs for item in sorted(run, key=STAGE.list_wanted)]
    if not THOROUGH:
        for item in items:
            if item.get_closest_marker("thorough"):
                item.add_marker(pytest.mark.skip(reason="only in script/test --thorough"))
    if hasattr(config, "workerinput"):
        put_dear_files_first(items)


class Scheduling(LoadFileScheduling):
    """A process takes a file, or a folder whose files share a world that is dearer than they."""

    def _split_scope(self, nodeid: str) -> str:
        return find_part(nodeid)


def find_part(nodeid: str) -> str:
    """The file, or the folder, that one process takes as a whole."""
    file = nodeid.partition("::")[0]
    return next((folder for folder in TOGETHER if file.startswith(folder)), file)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling | None:
    return Scheduling(config, log) if config.getvalue("dist") == "loadfile" else None


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What collecting makes stays: looking for garbage in it took a quarter of that time."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


def pytest_collection_finish() -> None:
    """What stands now stands to the end: looking for garbage in it took a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def put_dear_files_first(items: list[pytest.Item]) -> None:
    """Processes take file after file: a dear one at the end would be waited for by all others."""
    parts = {item: find_part(item.nodeid) for item in items}
    marked = [item for item in items if has_marker(item, "slow") or has_marker(item, "browser")]
    dear = {parts[item] for item in marked}
    sizes = Counter(parts.values())
    items.sort(key=lambda item: (parts[item] not in dear, -sizes[parts[item]], parts[item]))


def has_marker(item: pytest.Item, name: str) -> bool:
    return item.get_closest_marker(name) is not None


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """What a page before has said in English does not change the language of this test."""
    with translation.override(django_settings.LANGUAGE_CODE):
        yield


def write_staff(name: str, **flags: bool) -> User:
    """Who may be given rights: the e-mail is confirmed."""
    user = User.objects.create_user(f"{name}@example.org", "correct horse", **flags)
    confirm_email(user)
    return user


def write_council() -> Organisation:
    return Organisation.objects.create(
        slug="council", kind=Organisation.Kind.LOCAL_GOVERNMENT, name_uk="Міська рада"
    )


def write_officer(council: Organisation) -> User:
    user = write_staff("officer", is_staff=True)
    Membership.objects.create(user=user, organisation=council, role=Membership.Role.OFFICER)
    return user


TREE_FIELDS = (
    FieldSpec(name="species", title_uk="Порода", title_en="Species", searchable=True),
    FieldSpec(name="height", type="number", title_uk="Висота", unit="м"),
    FieldSpec(name="inspector_remark", audience="staff", title_uk="Службова примітка"),
)


def write_layer(council: Organisation, slug: str = "trees", **values: object) -> Layer:
    given = {
        "title_uk": "Дерева",
        "title_en": "Trees",
        "geometry_type": "point",
        "title_field": "species",
        "organisation": council,
        "fields": TREE_FIELDS,
    } | values
    return create_layer(spec=LayerSpec(slug=slug, **given))  # type: ignore[arg-type]


def plant_tree(
    layer: Layer, key: str, lon: float = 30.5, lat: float = 50.4, **given: object
) -> Feature:
    values = {"species": "Дуб", "height": 12.5, "inspector_remark": "таємне"} | given.pop(
        "values", {}
    )  # type: ignore[operator]
    return add_feature(
        layer=layer,
        key=key,
        geom=GEOSGeometry(f"POINT({lon} {lat})", srid=4326),
        values=values,
        **given,  # type: ignore[arg-type]
    )


@pytest.fixture
def council(request, db) -> Organisation:
    """The publisher of the trees where they stand, or a new one."""
    if "standing_trees" in request.fixturenames:
        standing: Organisation = request.getfixturevalue("standing_trees")[0]
        return standing
    return write_council()


@pytest.fixture
def administrator(db) -> User:
    return User.objects.create_superuser("admin@example.org", "correct horse")


@pytest.fixture
def officer(council: Organisation) -> User:
    """May edit the council's layers."""
    return write_officer(council)


@pytest.fixture
def resident(db) -> User:
    return User.objects.create_user("resident@example.org", "correct horse")


@pytest.fixture
def make_layer(council: Organisation) -> Callable[..., Layer]:
    """A public point layer `trees` of the council, or whatever is asked for."""
    return partial(write_layer, council)


@standing_world
def standing_trees() -> tuple[Organisation, Layer]:
    council = write_council()
    return council, write_layer(council)


@pytest.fixture
def trees(standing_trees: tuple[Organisation, Layer]) -> Layer:
    return standing_trees[1]


@pytest.fixture
def plant() -> Callable[..., Feature]:
    """A tree at a place in degrees."""
    return plant_tree

"""Imports at work: one job takes an import from stage to stage until a person is needed."""

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from geoportal.core.errors import Conflict, DomainError, NotAllowed
from importers.brakes.consent import list_open
from importers.errors import LayerChanged, OpenQuestions, UnusableFile, UnusableOption
from importers.formats.opening import inspect_file
from importers.models import Import
from importers.stages.agreeing import build_consent, list_brakes
from importers.stages.answers import build_request
from importers.stages.asking.listing import list_questions
from importers.stages.asking.reading import ask_again
from importers.stages.checking import check_rows
from importers.stages.fetching import fetch_where_needed, tell_licence
from importers.stages.files import list_folders_before, remove_folder
from importers.stages.inspecting import describe_inspection, inspect
from importers.stages.journal import (
    Cancelled,
    Tracker,
    WorkLock,
    begin_stage,
    fail_stages,
    finish_stage,
    forget_stages,
    move,
)
from importers.stages.parts import describe_datasets
from importers.stages.previewing import StaleRows, has_fresh_rows, preview_import
from importers.stages.publishing import (
    LostRows,
    publish_difference,
    require_publisher,
)
from importers.stages.questions import list_unanswered
from importers.stages.recipes import find_recipe
from importers.stages.tables import drop_tables, list_imports_with_tables
from importers.stages.together import goes_on, keeps_promise, say_overlap, take_back
from importers.states import STAGED, WAITING, WORKING, Origin, Stage, State

log = logging.getLogger(__name__)
ATTEMPTS_MAX = 3
# A job that has just been queued is not lost; one that was queued twice does no harm.
WAITS_FOR_A_WORKER = timedelta(minutes=1)
# A folder of no import is one that is being filled now, before its row can be seen, or is left.
STRAY_AFTER = timedelta(days=1)


@task(queue_name=settings.BULK_QUEUE)
def run_import(import_id: int) -> None:
    """Job: go on with an import; done again after a crash it does what was not done."""
    lock = WorkLock(import_id)
    while lock.take():  # else another process is at it
        try:
            while (import_ := find_working(import_id)) is not None:
                with translation.override(import_.language):
                    go_on(import_)
            end_late(import_id)
        finally:
            lock.release()
        if find_working(import_id) is None:
            return
        # Somebody wanted it to go on when all was done, and their job found the lock held.


def end_late(import_id: int) -> None:
    """Somebody may have cancelled when the stage had just ended and nothing looked any more."""
    asked = Import.objects.filter(pk=import_id, cancel_asked=True, state__in=WAITING)
    if (import_ := asked.first()) is not None:
        let_go(import_, import_.error)


def find_working(import_id: int) -> Import | None:
    found = Import.objects.select_related("layer", "author", "organisation", "publisher")
    return found.filter(pk=import_id, state__in=WORKING).first()


def go_on(import_: Import) -> None:
    """One stage, to its end or to a reason why not, which is written down."""
    Import.objects.filter(pk=import_.pk).update(attempts=F("attempts") + 1)
    tracker = Tracker(import_.pk)
    try:
        if import_.attempts >= ATTEMPTS_MAX:
            raise DomainError(_("The server could not finish this file, several times over."))
        tracker.require_wanted()
        STEPS[State(import_.state)](import_, tracker)
    except Cancelled:
        let_go(import_)
    except LayerChanged as error:
        fail_stages(import_)
        preview_anew(import_, error)
    except OpenQuestions as error:
        fail_stages(import_)
        move(import_, State.READY, error=str(error.message), promised="")
    except DomainError as error:
        fail(import_, str(error.message))
    except Exception:
        log.exception("import %s failed", import_.pk)
        fail(import_, _("Something went wrong in the portal; its administrators can read what."))
        raise


def preview_anew(import_: Import, change: LayerChanged) -> None:
    """By a job that has begun or is to be started."""
    forget_stages(import_, Stage.PREVIEW)
    if goes_on(import_, change):
        going = {"publisher": import_.publisher, "promised": import_.promised}
        move(import_, State.CHECKING, error="", attempts=0, **going)
    else:
        move(import_, State.CHECKING, error=str(change.message), attempts=0, promised="")


def fail(import_: Import, words: str) -> None:
    fail_stages(import_)
    move(import_, State.FAILED, error=words, promised="")
    drop_all_tables(import_.pk)


def run_inspection(import_: Import, tracker: Tracker) -> None:
    begin_stage(import_, Stage.INSPECT)
    fetch_where_needed(import_, tracker)
    try:
        found = inspect(import_, tracker.show)
    except (UnusableFile, UnusableOption) as refusal:
        ask_how_to_read(import_, refusal)
        return
    finish_stage(import_, Stage.INSPECT, describe_inspection(found))
    recipe = find_recipe(found.layer, found.shape)
    if recipe is not None and import_.recipe_id is None:
        # It may say how to read the file, so that is read once more.
        answers = recipe.answers | import_.answers
        Import.objects.filter(pk=import_.pk).update(recipe=recipe, answers=answers)
        return
    questions = [question.as_kept() for question in list_questions(found)]
    tell_licence(import_, questions)
    finish_stage(import_, Stage.QUESTIONS, {"questions": questions})
    move(import_, State.ASKING, error="", attempts=0)
    if import_.goes_to != State.ASKING and not list_unanswered(questions, import_.answers):
        move(import_, State.CHECKING)


def ask_how_to_read(import_: Import, refusal: DomainError) -> None:
    """A file that could not be opened is asked about, where an answer would help."""
    request = build_request(import_)
    if not request.path.is_file():
        raise refusal
    inspection = inspect_file(request.path)
    questions = ask_again(request.path, inspection, request.reading, refusal)
    if not questions:
        raise refusal
    words = str(refusal.message)
    told = {
        "refusal": words,
        "datasets": describe_datasets(inspection.datasets),
        "default": inspection.default,
    }
    finish_stage(import_, Stage.INSPECT, told)
    finish_stage(import_, Stage.QUESTIONS, {"questions": [one.as_kept() for one in questions]})
    move(import_, State.ASKING, error=words, attempts=0)


def run_check(import_: Import, tracker: Tracker) -> None:
    if not has_fresh_rows(import_):
        check_rows(import_, tracker)
        tracker.require_wanted()
    # Where it is stale it is still being checked, and this is called again.
    with suppress(StaleRows):
        preview_import(import_, publish_by_itself)


def publish_by_itself(import_: Import) -> None:
    """In the name of who has sent the file, or has looked at this difference and promised it;
    their rights may have gone since. Else it waits."""
    promised = import_.promised != ""
    if not promised and import_.goes_to != State.PUBLISHED:
        return
    if list_open(list_brakes(import_), build_consent(import_)):
        if promised:
            take_back(import_, say_overlap())
        return
    if promised and not keeps_promise(import_):
        return
    publisher = import_.publisher if promised else import_.author
    try:
        require_publisher(import_, publisher)
    except (NotAllowed, Conflict) as refusal:
        take_back(import_, str(refusal.message))
    else:
        move(import_, State.PUBLISHING, publisher=publisher)


def run_publication(import_: Import, tracker: Tracker) -> None:
    try:
        publish_difference(import_)
    except NotAllowed as error:  # somebody else may
        fail_stages(import_)
        move(import_, State.READY, error=str(error.message), publisher=None, promised="")
    except LostRows:
        fail_stages(import_)
        forget_stages(import_, Stage.CHECK, Stage.PREVIEW)
        move(import_, State.CHECKING)


STEPS: dict[State, Callable[[Import, Tracker], None]] = {
    State.INSPECTING: run_inspection,
    State.CHECKING: run_check,
    State.PUBLISHING: run_publication,
}


def let_go(import_: Import, words: str = "") -> None:
    """Cancelled: the tables and the file go, what was asked and found stays to be read."""
    fail_stages(import_)
    move(import_, State.CANCELLED, error=words, file="")
    drop_all_tables(import_.pk)
    transaction.on_commit(lambda: remove_folder(import_.pk))


def drop_all_tables(import_id: int) -> None:
    with connection.cursor() as cursor:
        drop_tables(cursor, import_id)


def resume_imports() -> int:
    """Imports whose process is gone go on, those of a shell have failed; how many. By the clock."""
    count = 0
    for import_ in Import.objects.filter(state__in=WORKING):
        lock = WorkLock(import_.pk)
        if not lock.take():
            continue
        try:
            if import_.origin == Origin.SHELL:
                fail(import_, _("The command was interrupted; nothing was changed."))
        finally:
            lock.release()
        waits_long = import_.state_since < timezone.now() - WAITS_FOR_A_WORKER
        if import_.origin != Origin.SHELL and waits_long:
            run_import.enqueue(import_.pk)
        count += 1
    return count


def clean_imports() -> int:
    """What waits too long is let go; tables and folders of no import go. How many. By the clock."""
    late = timezone.now() - timedelta(days=settings.IMPORT_DAYS)
    expired = Import.objects.filter(state__in=WAITING, state_since__lt=late)
    forgotten = sum(forget(expired, number) for number in expired.values_list("pk", flat=True))
    # What stands is listed before who knows it: an import that begins meanwhile keeps all.
    tables = list_imports_with_tables()
    stray = tables - set(Import.objects.filter(state__in=STAGED).values_list("pk", flat=True))
    for import_id in stray:
        drop_all_tables(import_id)
    folders = set(list_folders_before(timezone.now() - STRAY_AFTER))
    known = set(Import.objects.exclude(file="").values_list("pk", flat=True))
    for import_id in folders - known:
        remove_folder(import_id)
    return forgotten + len(stray)


@transaction.atomic
def forget(expired: QuerySet[Import], import_id: int) -> bool:
    """Unless somebody goes on with it just now."""
    import_ = expired.select_for_update(skip_locked=True).filter(pk=import_id).first()
    if import_ is None:
        return False
    with translation.override(import_.language):
        words = _("Nobody went on with it for %(days)s days.")
        let_go(import_, words % {"days": settings.IMPORT_DAYS})
    return True

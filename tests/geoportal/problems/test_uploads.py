"""Photos and videos of a draft: cleaned, kept for their owner, removed when nobody needs them."""

import uuid
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from geoportal.core.errors import Conflict, InvalidInput, NotFound, Unavailable
from geoportal.problems.media import uploads, video_jobs
from geoportal.problems.media.uploads import (
    access_upload,
    add_upload,
    list_draft_uploads,
    remove_orphan_uploads,
    remove_upload,
)
from geoportal.problems.models import Attachment
from tests.geoportal.media import making
from tests.geoportal.problems.conftest import write_user
from tests.geoportal.problems.uploading import list_files, photo, script
from tests.queue import NO_WORKER

pytestmark = pytest.mark.django_db
DRAFT = uuid.UUID("00000000-0000-4000-8000-000000000001")


def test_a_photo_is_kept_clean_and_its_place_is_told_to_its_owner_only(author):
    upload = add_upload(actor=author, draft_id=DRAFT, file=photo(with_place=True))
    kept = upload.attachment
    assert upload.taken_lonlat == pytest.approx(making.KYIV, abs=1e-3)
    assert (kept.kind, kept.processing, kept.owner) == ("photo", "ready", author)
    for stored in (kept.file, kept.thumbnail):
        content = Path(stored.path).read_bytes()
        assert content.startswith(b"\xff\xd8")
        assert b"Exif" not in content
    assert list_files() == sorted([str(kept.file.name), str(kept.thumbnail.name)])


def test_a_script_that_says_it_is_a_photo_is_refused_in_words(author):
    with pytest.raises(InvalidInput) as refused:
        add_upload(actor=author, draft_id=DRAFT, file=script("кіт.jpg"))
    assert "кіт.jpg" in str(refused.value.message)
    assert list_files() == []


def test_a_photo_that_is_too_large_is_refused(author, settings):
    settings.PHOTO_BYTES_MAX = 100
    with pytest.raises(InvalidInput) as refused:
        add_upload(actor=author, draft_id=DRAFT, file=photo())
    assert refused.value.extra["reason"] == "too-large"
    assert list_files() == []


def test_an_eleventh_file_is_refused(author, settings):
    settings.PROBLEM_ATTACHMENTS_MAX = 2
    for _number in range(2):
        add_upload(actor=author, draft_id=DRAFT, file=photo())
    with pytest.raises(InvalidInput) as refused:
        add_upload(actor=author, draft_id=DRAFT, file=photo())
    assert refused.value.extra["reason"] == "too-many"


def test_nobody_adds_to_the_draft_of_another_person(author):
    add_upload(actor=author, draft_id=DRAFT, file=photo())
    stranger = write_user("stranger")
    with pytest.raises(Conflict):
        add_upload(actor=stranger, draft_id=DRAFT, file=photo())
    assert list(list_draft_uploads(stranger, DRAFT)) == []


def test_an_upload_of_another_person_is_neither_seen_nor_removed(author):
    upload = add_upload(actor=author, draft_id=DRAFT, file=photo()).attachment
    stranger = write_user("stranger")
    with pytest.raises(NotFound):
        access_upload(stranger, upload.pk)
    with pytest.raises(NotFound):
        remove_upload(actor=stranger, upload_id=upload.pk)
    assert Attachment.objects.filter(pk=upload.pk).exists()


def test_what_is_removed_goes_with_its_files(author, django_capture_on_commit_callbacks):
    upload = add_upload(actor=author, draft_id=DRAFT, file=photo()).attachment
    with django_capture_on_commit_callbacks(execute=True):
        remove_upload(actor=author, upload_id=upload.pk)
    assert list_files() == []
    assert not Attachment.objects.exists()


def test_what_belongs_to_a_report_is_not_removed_by_its_owner(author, make_problem):
    problem = make_problem("moderation")
    upload = add_upload(actor=author, draft_id=DRAFT, file=photo()).attachment
    Attachment.objects.filter(pk=upload.pk).update(problem=problem, draft_id=None)
    with pytest.raises(NotFound):
        remove_upload(actor=author, upload_id=upload.pk)


def test_orphans_go_after_a_week_and_sent_ones_stay(
    author, make_problem, django_capture_on_commit_callbacks
):
    old, new, sent = (
        add_upload(actor=author, draft_id=uuid.uuid4(), file=photo()).attachment for _ in range(3)
    )
    now = timezone.now()
    Attachment.objects.filter(pk__in=[old.pk, sent.pk]).update(created_at=now - timedelta(days=8))
    Attachment.objects.filter(pk=sent.pk).update(problem=make_problem("open"), draft_id=None)
    with django_capture_on_commit_callbacks(execute=True):
        assert remove_orphan_uploads(at=now) == 1
    assert set(Attachment.objects.values_list("pk", flat=True)) == {new.pk, sent.pk}
    assert old.file.name not in list_files()
    assert sent.file.name in list_files()


@pytest.fixture
def video(tmp_path) -> SimpleUploadedFile:
    path = making.make_video(tmp_path / "v.mp4", *making.H264, "-c:a", "aac", *making.PLACE)
    return SimpleUploadedFile("відео.mp4", path.read_bytes(), content_type="video/mp4")


def test_a_video_waits_for_its_job_and_then_plays(author, video, settings):
    settings.TASKS = NO_WORKER
    waiting = add_upload(actor=author, draft_id=DRAFT, file=video).attachment
    assert (waiting.kind, waiting.processing) == ("video", "waiting")
    original = waiting.file.name

    video_jobs.prepare_video.func(waiting.pk)

    ready = Attachment.objects.get(pk=waiting.pk)
    assert (ready.processing, ready.content_type) == ("ready", "video/mp4")
    assert b"+50.4501" not in Path(ready.file.path).read_bytes()
    assert Path(ready.thumbnail.path).read_bytes().startswith(b"\xff\xd8")
    assert original not in list_files()


def test_a_video_that_was_removed_meanwhile_leaves_nothing(
    author, video, settings, django_capture_on_commit_callbacks
):
    settings.TASKS = NO_WORKER
    waiting = add_upload(actor=author, draft_id=DRAFT, file=video).attachment
    with django_capture_on_commit_callbacks(execute=True):
        remove_upload(actor=author, upload_id=waiting.pk)
    video_jobs.prepare_video.func(waiting.pk)
    assert list_files() == []


def test_a_truncated_video_is_refused_at_once(author, video):
    broken = SimpleUploadedFile("відео.mp4", video.read()[:-2000], content_type="video/mp4")
    with pytest.raises(InvalidInput, match="відео"):
        add_upload(actor=author, draft_id=DRAFT, file=broken)
    assert list_files() == []


def test_a_video_that_the_job_cannot_read_is_marked(author, settings):
    original = default_storage.save("problems/incoming/x", SimpleUploadedFile("x", b"nothing"))
    waiting = Attachment.objects.create(
        owner=author, draft_id=DRAFT, kind="video", processing="waiting", file=original
    )
    video_jobs.prepare_video.func(waiting.pk)
    failed = Attachment.objects.get(pk=waiting.pk)
    assert (failed.processing, failed.file.name) == ("failed", "")
    assert list_files() == []


@pytest.fixture
def waiting(author) -> Attachment:
    original = default_storage.save("problems/incoming/x", SimpleUploadedFile("x", b"video"))
    return Attachment.objects.create(
        owner=author,
        draft_id=DRAFT,
        kind="video",
        processing="waiting",
        file=original,
        next_attempt_at=timezone.now() + timedelta(hours=1),
    )


@pytest.fixture
def enqueued(monkeypatch) -> list[int]:
    """Videos given to a job that nobody runs."""
    given: list[int] = []
    job = SimpleNamespace(func=video_jobs.prepare_video.func, enqueue=given.append)
    monkeypatch.setattr(video_jobs, "prepare_video", job)
    return given


class Killed(BaseException):
    """The worker is gone in the middle of its work."""


def test_a_video_whose_job_dies_is_tried_again_and_then_given_up(
    waiting, enqueued, monkeypatch, django_capture_on_commit_callbacks
):

    def die(*args: object, **kwargs: object) -> None:
        raise Killed

    monkeypatch.setattr(video_jobs, "clean_video", die)
    now = timezone.now()
    for attempt in range(1, video_jobs.ATTEMPTS_MAX + 1):
        with pytest.raises(Killed):
            video_jobs.prepare_video.func(waiting.pk)
        waiting.refresh_from_db()
        assert (waiting.attempts, waiting.processing) == (attempt, "waiting")
        assert video_jobs.retry_videos(at=now) == 0
        now = waiting.next_attempt_at
        with django_capture_on_commit_callbacks(execute=True):
            video_jobs.retry_videos(at=now)
    waiting.refresh_from_db()
    assert (waiting.processing, waiting.file.name) == ("failed", "")
    assert enqueued == [waiting.pk] * (video_jobs.ATTEMPTS_MAX - 1)
    assert list_files() == []


def test_a_video_whose_job_was_lost_is_given_to_one_again(waiting, enqueued):
    later = timezone.now() + timedelta(hours=2)
    assert video_jobs.retry_videos(at=later) == 1
    assert video_jobs.retry_videos(at=later) == 0
    assert enqueued == [waiting.pk]


def test_what_is_no_fault_of_the_video_does_not_fail_it(waiting, monkeypatch):
    def refuse(*args: object, **kwargs: object) -> None:
        raise Unavailable("no FFmpeg here")

    monkeypatch.setattr(video_jobs, "clean_video", refuse)
    with pytest.raises(Unavailable):
        video_jobs.prepare_video.func(waiting.pk)
    waiting.refresh_from_db()
    assert waiting.processing == "waiting"
    assert list_files() == [waiting.file.name]


def test_the_limit_is_counted_when_the_file_is_written(author, settings, monkeypatch):
    """Files sent at once have all passed the first look."""
    settings.PROBLEM_ATTACHMENTS_MAX = 1
    looked: list[int] = []
    count = uploads.require_room

    def look(user: object, draft_id: uuid.UUID) -> None:
        looked.append(1)
        if len(looked) == 1:
            Attachment.objects.create(owner=author, draft_id=draft_id, kind="photo")
        else:
            count(user, draft_id)

    monkeypatch.setattr(uploads, "require_room", look)
    with pytest.raises(InvalidInput) as refused:
        add_upload(actor=author, draft_id=DRAFT, file=photo())
    assert refused.value.extra["reason"] == "too-many"
    assert list_files() == []

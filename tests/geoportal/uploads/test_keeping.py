"""What becomes of uploads: taken over whole, or cleared away when nobody came for them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from geoportal.core.errors import Conflict, Gone, Unavailable
from geoportal.uploads import files
from geoportal.uploads.models import Upload
from geoportal.uploads.services import (
    append_bytes,
    begin_upload,
    keep_file,
    purge_uploads,
    take_over,
)


@pytest.fixture
def upload(papers, clerk):
    return keep_file(actor=clerk, purpose=papers, file=SimpleUploadedFile("a.csv", b"12345"))


def take(clerk, upload, folder):
    return take_over(actor=clerk, purpose="papers", upload_ids=[upload.pk], folder=folder)


def test_a_whole_file_is_taken_over_once(
    clerk, upload, tmp_path, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        [path] = take(clerk, upload, tmp_path)
    assert (path.name, path.read_bytes()) == ("a.csv", b"12345")
    assert not files.get_path(upload.pk).exists()
    with pytest.raises(Gone):
        take(clerk, upload, tmp_path)


def test_a_file_stays_where_its_taking_was_rolled_back(clerk, upload, tmp_path):
    class Oops(Exception):
        pass

    def take_and_fail():
        with transaction.atomic():
            take(clerk, upload, tmp_path)
            raise Oops

    with pytest.raises(Oops):
        take_and_fail()
    (tmp_path / "a.csv").unlink()
    assert [path.name for path in take(clerk, upload, tmp_path)] == ["a.csv"]


def test_half_a_file_is_not_taken_over(papers, clerk, tmp_path):
    upload = begin_upload(actor=clerk, purpose=papers, name="a.csv", size=5)
    with pytest.raises(Conflict):
        take(clerk, upload, tmp_path)


def test_two_files_of_one_name_are_not_mixed_up(papers, clerk, upload, tmp_path):
    (tmp_path / "a.csv").write_bytes(b"other")
    with pytest.raises(Conflict):
        take(clerk, upload, tmp_path)
    assert (tmp_path / "a.csv").read_bytes() == b"other"


def test_the_clock_clears_what_waited_too_long_and_tells_of_it_for_a_week(
    upload, settings, django_capture_on_commit_callbacks
):
    late = timezone.now() + timedelta(hours=settings.UPLOAD_HOURS + 1)
    with django_capture_on_commit_callbacks(execute=True):
        assert purge_uploads(timezone.now()) == 0
        assert purge_uploads(late) == 1
    assert not files.get_path(upload.pk).exists()
    assert Upload.objects.get().state == "removed"
    purge_uploads(late + timedelta(days=8))
    assert not Upload.objects.exists()


def test_files_of_no_row_are_cleared(db):
    stray = files.get_path(uuid4())
    stray.write_bytes(b"left")
    assert purge_uploads() == 0
    assert purge_uploads(timezone.now() + timedelta(days=2)) == 1
    assert not stray.exists()


def test_a_full_disk_is_said_before_a_file_comes(papers, clerk, monkeypatch):
    monkeypatch.setattr(files, "KEPT_FREE_BYTES", 2**62)
    with pytest.raises(Unavailable):
        begin_upload(actor=clerk, purpose=papers, name="a.csv", size=5)


def test_a_disk_that_fills_meanwhile_keeps_what_came(papers, clerk, monkeypatch):
    upload = begin_upload(actor=clerk, purpose=papers, name="a.csv", size=5)

    def fail(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "write_at", fail)
    with pytest.raises(Unavailable):
        append_bytes(
            actor=clerk, purpose="papers", upload_id=upload.pk, offset=0, read=fail, most=5
        )
    upload.refresh_from_db()
    assert upload.offset == 0

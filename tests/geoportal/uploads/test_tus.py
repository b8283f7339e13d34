"""The protocol by HTTP: each answer that tus 1.0.0 names, and that others learn nothing."""

import base64
import io
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from geoportal.core.http.problem_details import CONTENT_TYPE
from geoportal.uploads.files import get_path
from geoportal.uploads.models import Upload
from tests.geoportal.uploads.conftest import FOLDER, PIECE, VERSION, Sender

TEXT = "Порода;Висота\nДуб;12,5\n".encode("cp1251")


def read_kept() -> bytes:
    return get_path(Upload.objects.get().pk).read_bytes()


def test_a_file_comes_in_pieces(sender):
    begun = sender.begin(len(TEXT))
    assert begun.status_code == 201
    url = begun["Location"].removeprefix("http://testserver")
    for start in range(0, len(TEXT), 10):
        answer = sender.send(url, start, TEXT[start : start + 10])
        assert (answer.status_code, answer["Tus-Resumable"]) == (204, "1.0.0")
        assert "Upload-Expires" in answer.headers
    asked = sender.ask(url)
    assert (asked["Upload-Offset"], asked["Upload-Length"]) == (str(len(TEXT)),) * 2
    assert asked["Cache-Control"] == "no-store"
    name = asked["Upload-Metadata"].removeprefix("filename ")
    assert base64.b64decode(name).decode() == "дерева.csv"
    assert read_kept() == TEXT


def test_what_came_before_a_cut_is_kept_and_the_rest_goes_on(sender):
    url = sender.begin(len(TEXT))["Location"]
    sender.send(url, 0, TEXT, cut_at=7)
    offset = int(sender.ask(url)["Upload-Offset"])
    assert offset == 7
    assert sender.send(url, offset, TEXT[offset:]).status_code == 204
    assert read_kept() == TEXT


class Slow(io.BytesIO):
    """A sender of seven bytes at a time, between which something happens."""

    def __init__(self, text: bytes, between) -> None:
        super().__init__(text)
        self.between = between

    def read(self, size: int | None = -1) -> bytes:
        found = super().read(7)
        self.between(self.tell())
        return found


def test_a_connection_that_is_reset_keeps_what_had_come(sender):
    def reset(came):
        if came > 14:
            raise ConnectionResetError

    url = sender.begin(len(TEXT))["Location"]
    sender.send_from(url, 0, Slow(TEXT, reset), len(TEXT))
    assert sender.ask(url)["Upload-Offset"] == "14"
    assert read_kept() == TEXT[:14]


def test_a_slow_sender_holds_no_transaction(sender):
    outside = len(connection.savepoint_ids)
    depths = []
    url = sender.begin(len(TEXT))["Location"]
    slow = Slow(TEXT, lambda came: depths.append(len(connection.savepoint_ids)))
    assert sender.send_from(url, 0, slow, len(TEXT)).status_code == 204
    assert set(depths) == {outside}
    assert read_kept() == TEXT


def test_of_two_who_send_one_piece_the_slower_is_told_where_it_goes_on(sender):
    url = sender.begin(len(TEXT))["Location"]

    def overtake(came):
        if came == 7:
            assert sender.send(url, 0, TEXT[:12]).status_code == 204

    answer = sender.send_from(url, 0, Slow(b"x" * len(TEXT), overtake), len(TEXT))
    assert (answer.status_code, answer.json()["offset"]) == (409, 12)
    assert read_kept() == TEXT[:12]


def test_a_file_that_is_removed_while_its_piece_comes_stays_removed(sender):
    url = sender.begin(len(TEXT))["Location"]

    def remove(came):
        if came == 7:
            assert sender.remove(url).status_code == 204

    assert sender.send_from(url, 0, Slow(TEXT, remove), len(TEXT)).status_code == 410


def test_how_large_a_piece_may_be_is_said_and_held(sender, settings):
    settings.UPLOAD_PIECE_BYTES_MAX = 10
    begun = sender.begin(len(TEXT))
    assert begun["Upload-Limit"] == "max-append-size=10"
    answer = sender.send(begun["Location"], 0, TEXT)
    assert (answer.status_code, answer.json()["most"]) == (413, 10)
    assert "10" in answer.json()["detail"]
    assert sender.ask(begun["Location"])["Upload-Offset"] == "0"
    assert sender.send(begun["Location"], 0, TEXT[:10]).status_code == 204


def test_a_piece_of_no_stated_length_is_refused_not_taken_for_an_empty_one(sender):
    url = sender.begin(len(TEXT))["Location"]
    answer = sender.send_from(url, 0, io.BytesIO(TEXT), None)
    assert answer.status_code == 400
    assert "Content-Length" in answer.json()["detail"]


def test_bytes_that_no_row_vouches_for_are_written_over(sender):
    """A process that died between the file and its row has left more than the row says."""
    url = sender.begin(len(TEXT))["Location"]
    sender.send(url, 0, TEXT[:5])
    with get_path(Upload.objects.get().pk).open("ab") as file:
        file.write(b"never told of")
    assert sender.ask(url)["Upload-Offset"] == "5"
    sender.send(url, 5, TEXT[5:])
    assert read_kept() == TEXT


def test_a_piece_for_another_place_is_a_conflict_and_changes_nothing(sender):
    url = sender.begin(len(TEXT))["Location"]
    sender.send(url, 0, TEXT[:5])
    answer = sender.send(url, 9, TEXT[9:])
    assert (answer.status_code, answer.json()["offset"]) == (409, 5)
    assert read_kept() == TEXT[:5]


def test_another_version_of_the_protocol_is_refused(sender):
    answer = sender.client.post(FOLDER, headers={"Upload-Length": "5", "Tus-Resumable": "0.2.2"})
    assert (answer.status_code, answer["Tus-Version"]) == (412, "1.0.0")
    assert answer["Content-Type"] == CONTENT_TYPE
    assert not Upload.objects.exists()


def test_a_server_says_what_it_can_to_anyone(papers):
    answer = Client().options(FOLDER)
    assert answer.status_code == 204
    assert answer["Tus-Extension"] == "creation,termination,expiration"
    assert answer["Tus-Max-Size"] == "100"


@pytest.mark.parametrize("length", ["", "-1", "5.5", "٣", "9" * 30])
def test_a_length_that_is_no_number_is_refused(sender, length):
    assert sender.begin(5, **{"Upload-Length": length}).status_code == 400


def test_an_empty_file_is_refused_in_words(sender):
    answer = sender.begin(0)
    assert (answer.status_code, answer.json()["detail"]) == (400, "«дерева.csv» порожній.")


def test_a_file_that_is_too_large_is_refused_before_it_comes(sender):
    assert sender.begin(100).status_code == 201
    assert sender.begin(101).status_code == 413


def test_all_files_of_a_person_together_are_limited(sender, settings, standing_clerks):
    settings.UPLOAD_QUOTA_BYTES = 150
    url = sender.begin(90)["Location"]
    assert sender.begin(90).status_code == 413
    assert Sender(standing_clerks[1]).begin(90).status_code == 201
    sender.remove(url)
    assert sender.begin(90).status_code == 201


def test_more_than_was_said_is_refused(sender):
    url = sender.begin(5)["Location"]
    assert sender.send(url, 0, b"sixsix").status_code == 413
    assert sender.ask(url)["Upload-Offset"] == "0"


def test_a_piece_of_another_type_is_refused(sender):
    url = sender.begin(5)["Location"]
    answer = sender.client.patch(
        url, b"fives", content_type="text/plain", headers=VERSION | {"Upload-Offset": "0"}
    )
    assert answer.status_code == 415


def test_what_is_removed_is_gone(sender):
    url = sender.begin(5)["Location"]
    sender.send(url, 0, b"fi")
    path = get_path(Upload.objects.get().pk)
    assert path.exists()
    assert sender.remove(url).status_code == 204
    for answer in (sender.ask(url), sender.send(url, 2, b"ves"), sender.remove(url)):
        assert answer.status_code == 410


def test_what_waited_too_long_is_gone(sender, settings):
    settings.UPLOAD_HOURS = 2
    begun = sender.begin(5)
    late = timezone.now() + timedelta(hours=2, seconds=1)
    with time_machine.travel(late):
        assert sender.ask(begun["Location"]).status_code == 410


def test_other_people_learn_nothing_of_an_upload(sender, standing_clerks):
    url = sender.begin(5)["Location"]
    for stranger in (Sender(standing_clerks[1]), Sender()):
        answers = (stranger.ask(url), stranger.send(url, 0, b"fives"), stranger.remove(url))
        assert {answer.status_code for answer in answers} == {404}
    assert sender.ask(url)["Upload-Offset"] == "0"


def test_only_who_may_send_for_a_purpose_begins(papers, resident):
    assert Sender().begin(5).status_code == 403
    assert Sender(resident).begin(5).status_code == 403


def test_an_unknown_purpose_is_not_found(sender):
    answer = sender.client.post("/api/v1/uploads/songs/", headers=VERSION)
    assert answer.status_code == 404


def test_another_site_cannot_send_with_the_session_of_a_browser(papers, clerk):
    client = Client(enforce_csrf_checks=True)
    client.force_login(clerk)
    answer = client.post(FOLDER, headers=VERSION | {"Upload-Length": "5"})
    assert answer.status_code == 403
    assert client.patch(FOLDER, content_type=PIECE, headers=VERSION).status_code in (403, 405)


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\дані\\passwd", "/passwd"])
def test_a_path_in_a_name_is_only_a_name(sender, name):
    sender.begin(5, name)
    assert Upload.objects.get().name == "passwd"

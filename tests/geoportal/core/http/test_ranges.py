"""A player gets the bytes it asks for, and no others."""

import io

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from geoportal.core.http.ranges import Unsatisfiable, parse_range, serve_file

CONTENT = bytes(range(256)) * 1000
SIZE = len(CONTENT)
ETAG = '"abc"'


def serve(method: str = "get", *, content: bytes = CONTENT, etag: str = ETAG, **headers: str):
    request = getattr(RequestFactory(), method)("/video", headers=headers)
    return serve_file(
        request,
        io.BytesIO(content),
        "video/mp4",
        etag=etag,
        cache_control="private, no-cache",
        filename="відео.mp4",
    )


def read_body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_without_a_range_the_whole_file_is_sent():
    response = serve()
    assert response.status_code == 200
    assert read_body(response) == CONTENT
    assert response["Content-Length"] == str(SIZE)
    assert response["Accept-Ranges"] == "bytes"
    assert response["Content-Type"] == "video/mp4"
    assert response["ETag"] == ETAG
    assert response["Cache-Control"] == "private, no-cache"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("inline; filename")
    assert "Content-Range" not in response


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=0-1", 0, 1),
        ("bytes=100-70000", 100, 70_000),
        ("bytes=255999-", SIZE - 1, SIZE - 1),
        ("bytes=100-", 100, SIZE - 1),
        ("bytes=-500", SIZE - 500, SIZE - 1),
        ("bytes=-999999999", 0, SIZE - 1),
        ("bytes=0-999999999", 0, SIZE - 1),
        ("Bytes= 5-9 ", 5, 9),
    ],
)
def test_one_range_is_sent_as_a_part(asked, first, last):
    response = serve(range=asked)
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {first}-{last}/{SIZE}"
    assert response["Content-Length"] == str(last - first + 1)
    assert read_body(response) == CONTENT[first : last + 1]


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", f"bytes={SIZE}-{SIZE + 5}", "bytes=-0"])
def test_a_range_beyond_the_end_is_refused_with_the_size(asked):
    response = serve(range=asked)
    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{SIZE}"
    assert read_body(response) == b""


def test_every_range_of_an_empty_file_is_refused():
    assert serve(content=b"", range="bytes=0-")["Content-Range"] == "bytes */0"


@pytest.mark.parametrize(
    "asked",
    [
        "bytes=5-2",
        "bytes=-",
        "bytes=",
        "bytes=a-b",
        "bytes=0x1-5",
        "bytes=+1-5",
        "bytes=1-2,5-9",
        "bytes=" + "9" * 5000 + "-",
        "bytes=٣-٥",
        "items=0-5",
        "0-5",
    ],
)
def test_what_is_no_single_range_gets_the_whole_file(asked):
    response = serve(range=asked.encode().decode("latin-1"))
    assert response.status_code == 200
    assert read_body(response) == CONTENT


@pytest.mark.parametrize(("condition", "status"), [(ETAG, 206), ('"other"', 200), ("abc", 200)])
def test_a_part_of_another_version_is_never_sent(condition, status):
    response = serve(range="bytes=0-9", if_range=condition)
    assert response.status_code == status


def test_a_date_or_a_weak_tag_does_not_prove_the_version():
    dated = serve(range="bytes=0-9", if_range="Fri, 20 Nov 2026 10:00:00 GMT")
    weak = serve(range="bytes=0-9", if_range='W/"abc"', etag='W/"abc"')
    assert (dated.status_code, weak.status_code) == (200, 200)


@pytest.mark.parametrize("known", [ETAG, 'W/"abc"', '"x", "abc"', "*"])
def test_who_has_this_version_is_told_so(known):
    response = serve(range="bytes=0-9", if_none_match=known)
    assert (response.status_code, read_body(response)) == (304, b"")
    assert response["ETag"] == ETAG


def test_a_request_for_another_version_fails():
    assert serve(if_match='"other"').status_code == 412


def test_head_tells_the_size_and_that_parts_can_be_had():
    response = serve("head", range="bytes=0-9")
    assert (response.status_code, response["Content-Length"]) == (200, str(SIZE))
    assert response["Accept-Ranges"] == "bytes"
    assert isinstance(response, HttpResponse)
    assert response.content == b""


def test_a_file_on_disk_is_read_in_blocks_and_closed(tmp_path, db):
    path = tmp_path / "video.mp4"
    path.write_bytes(CONTENT)
    request = RequestFactory().get("/video", headers={"range": "bytes=1000-200999"})
    response = serve_file(request, path, "video/mp4", etag="plain", cache_control="no-store")
    blocks = list(response.streaming_content)
    assert b"".join(blocks) == CONTENT[1000:201_000]
    assert max(map(len, blocks)) < 100_000
    assert response["ETag"] == '"plain"'
    file = response.file_to_stream
    response.close()
    with pytest.raises(ValueError, match="closed"):
        file.read(1)


@given(
    st.text(max_size=40) | st.from_regex(r"bytes=\d{0,20}-\d{0,20}", fullmatch=True),
    st.integers(0, 500),
)
def test_any_range_is_inside_the_file_or_refused(value, size):
    try:
        part = parse_range(value, size)
    except Unsatisfiable:
        return
    if part is not None:
        first, length = part
        assert 0 <= first < size
        assert 0 < length <= size - first

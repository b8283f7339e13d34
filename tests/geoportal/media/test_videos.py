"""A video is checked at once and cleaned later; what is no video of ours is refused in words."""

import io
import json
import re
import shutil
import struct
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from geoportal.core.errors import InvalidInput, Unavailable
from geoportal.media import ffmpeg, video_plans
from geoportal.media import videos as videos_module
from geoportal.media.signatures import list_boxes
from geoportal.media.videos import clean_video, probe_video
from geoportal.problems.media.checks import check_ffmpeg
from tests.geoportal.media import making

SAMPLES = ("phone.mp4", "quick.mp4", "turned.mp4", "iphone.mov", "browser.webm")
# What FFmpeg itself writes into every file of these kinds.
KEPT_TAGS = {
    *("major_brand", "minor_version", "compatible_brands", "language", "handler_name"),
    *("vendor_id", "DURATION", "encoder"),
}
KEPT_WORDS = {"und", "VideoHandler", "SoundHandler", "Lavf", "Lavc libx264", "[0][0][0][0]"}


def refuse(path: Path) -> InvalidInput:
    with pytest.raises(InvalidInput) as caught:
        probe_video(path)
    assert caught.value.extra["file"] == path.name
    assert path.name in str(caught.value.message)
    return caught.value


def describe(path: Path):
    command = ["ffprobe", "-v", "error", "-show_format", "-show_streams", "-show_chapters"]
    done = subprocess.run([*command, "-of", "json", path], capture_output=True, check=True)
    return json.loads(done.stdout)


def list_codecs(path: Path) -> list[str]:
    return [stream["codec_name"] for stream in describe(path)["streams"]]


@pytest.mark.parametrize("name", SAMPLES)
def test_what_phones_and_browsers_record_is_taken(videos, name):
    facts = probe_video(videos / name)
    assert facts.duration_s == pytest.approx(3, abs=0.3)
    upright = (240, 320) if name == "turned.mp4" else (320, 240)
    assert (facts.width, facts.height) == upright


@pytest.mark.parametrize(
    ("name", "codecs"),
    [
        ("phone.mp4", ["h264", "aac"]),
        ("quick.mp4", ["h264", "aac"]),
        ("iphone.mov", ["h264", "aac"]),
        ("browser.webm", ["vp8", "opus"]),
    ],
)
def test_a_clean_video_plays_in_every_browser(videos, tmp_path, name, codecs):
    clean = clean_video(videos / name, tmp_path)
    assert list_codecs(clean.file) == codecs
    assert clean.file.parent == tmp_path
    assert clean.content_type == ("video/webm" if name.endswith("webm") else "video/mp4")
    assert clean.duration_s == pytest.approx(3, abs=0.3)
    assert (clean.width, clean.height) == (320, 240)
    poster = Image.open(io.BytesIO(clean.poster))
    assert (poster.format, poster.size) == ("JPEG", (320, 240))


def test_pictures_that_browsers_play_are_not_encoded_again(videos, tmp_path):
    clean = clean_video(videos / "phone.mp4", tmp_path)

    def hash_frames(path: Path):
        command = ["ffmpeg", "-v", "error", "-i", path, "-map", "0:v", "-f", "md5", "-"]
        return subprocess.run(command, capture_output=True, check=True, text=True).stdout

    assert hash_frames(clean.file) == hash_frames(videos / "phone.mp4")


def test_a_video_taken_with_a_turned_telephone_stays_upright(videos, tmp_path):
    clean = clean_video(videos / "turned.mp4", tmp_path)
    assert (clean.width, clean.height) == (240, 320)
    assert Image.open(io.BytesIO(clean.poster)).size == (240, 320)


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_that_tells_of_the_author_or_the_place_is_left(videos, tmp_path, list_tags, name):
    before = (videos / name).read_bytes()
    assert b"Secret title" in before
    assert b"+50.4501" in before or b"loci" in before
    clean = clean_video(videos / name, tmp_path)
    content = clean.file.read_bytes()
    for telling in (
        b"Secret",
        b"50.4501",
        b"ISO6709",
        b"\xa9xyz",
        b"\xa9nam",
        b"ukr",
        b"x264 - core",
    ):
        assert telling not in content, telling
    found = describe(clean.file)
    tags = [entry.get("tags", {}) for entry in (found["format"], *found["streams"])]
    assert set().union(*tags) <= KEPT_TAGS
    words = {
        entry[name] for entry in tags for name in entry if name in ("language", "handler_name")
    }
    assert words <= KEPT_WORDS
    assert found["chapters"] == []
    told = list_tags(content, clean.file.suffix[1:])
    assert not [name for name in told if re.search("GPS|Location|Title|Author|XMP", name)]
    dates = [str(value) for name, value in told.items() if re.search("QuickTime|Track.*Date", name)]
    assert not any("2026" in value for value in dates)
    poster = {name.partition(":")[0] for name in list_tags(clean.poster, "jpg")}
    assert poster <= {"SourceFile", "ExifTool", "System", "File", "JFIF", "Composite"}


def test_an_mp4_begins_to_play_before_it_is_whole(videos, tmp_path):
    clean = clean_video(videos / "iphone.mov", tmp_path)
    with clean.file.open("rb") as file:
        kinds = [kind for kind, _end in list_boxes(file, clean.file.stat().st_size)]
    assert kinds.index(b"moov") < kinds.index(b"mdat")


def test_only_one_picture_and_one_sound_are_taken(videos, tmp_path):
    words = tmp_path / "words.srt"
    words.write_text("1\n00:00:00,000 --> 00:00:01,000\nSecret words\n")
    chapters = tmp_path / "chapters.txt"
    chapters.write_text(";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1\nSTART=0\nEND=2\ntitle=Secret\n")
    many = tmp_path / "many.mov"
    making.run_ffmpeg(
        *("-i", videos / "phone.mp4", "-i", words, "-i", chapters, "-map_chapters", "2"),
        *("-map", "0", "-map", "0", "-map", "1", "-c", "copy", "-c:s", "mov_text"),
        *("-timecode", "01:02:03:04", many),
    )
    assert len(describe(many)["streams"]) > 5
    clean = clean_video(many, tmp_path)
    assert list_codecs(clean.file) == ["h264", "aac"]
    assert b"Secret" not in clean.file.read_bytes()


def test_what_h264_carries_between_its_pictures_is_dropped(tmp_path):
    marked = ["-bsf:v", "h264_metadata=sei_user_data=086f3693b7b34f2c965321492feee5b8+Secret-place"]
    path = making.make_video(tmp_path / "marked.mp4", *making.H264, *marked, sound=False)
    assert b"Secret-place" in path.read_bytes()
    clean = clean_video(path, tmp_path)
    assert b"Secret-place" not in clean.file.read_bytes()
    assert list_codecs(clean.file) == ["h264"]


def test_pictures_of_high_dynamic_range_are_brought_to_plain_colours(tmp_path):
    hlg = "setparams=color_trc=arib-std-b67:color_primaries=bt2020:colorspace=bt2020nc"
    options = ("-vf", hlg, *making.HEVC, "-pix_fmt", "yuv420p10le")
    path = making.make_video(tmp_path / "hdr.mov", *options, sound=False)
    assert probe_video(path).transfer == "arib-std-b67"
    clean = clean_video(path, tmp_path)
    assert probe_video(clean.file).pixel_format == "yuv420p"
    assert list_codecs(clean.file) == ["h264"]


def test_a_converted_video_is_made_smaller_to_even_numbers_of_pixels():
    assert video_plans.build_filter((3840, 2160), "") == "scale=1280:720,format=yuv420p"
    assert video_plans.build_filter((1081, 1921), "").startswith("scale=720:1280,")
    assert video_plans.build_filter((101, 33), "").startswith(("scale=100:32,", "scale=102:32,"))


def make_live(source: Path, path: Path) -> Path:
    """As a browser records: it cannot go back to write the length."""
    with (
        path.open("wb") as out,
        subprocess.Popen(
            ["ffmpeg", "-v", "error", "-i", source, "-c", "copy", "-f", "webm", "-live", "1", "-"],
            stdout=subprocess.PIPE,
        ) as process,
    ):
        shutil.copyfileobj(process.stdout, out)
    return path


def test_a_recording_that_does_not_say_its_length_is_taken(videos, tmp_path):
    live = make_live(videos / "browser.webm", tmp_path / "live.webm")
    assert probe_video(live).duration_s is None
    assert clean_video(live, tmp_path).duration_s == pytest.approx(3, abs=0.3)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
@pytest.mark.parametrize("name", ["phone.mp4", "quick.mp4", "iphone.mov", "browser.webm"])
def test_a_video_that_was_cut_off_is_refused_at_once(videos, tmp_path, name, share):
    content = (videos / name).read_bytes()
    cut = tmp_path / name
    cut.write_bytes(content[: int(len(content) * share)])
    error = refuse(cut)
    assert error.extra["reason"] == "unreadable"
    assert "damaged or incomplete" in str(error.message)


def test_words_that_a_camera_leaves_behind_the_video_do_no_harm(videos, tmp_path):
    path = tmp_path / "camera.mp4"
    path.write_bytes((videos / "phone.mp4").read_bytes() + b"Secret trailer of the camera" * 10)
    assert b"Secret" not in clean_video(path, tmp_path).file.read_bytes()


def test_a_video_whose_pictures_are_rubbish_is_refused(videos, tmp_path):
    content = (videos / "quick.mp4").read_bytes()
    at = content.index(b"mdat") + 4
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(content[:at] + b"\xa5" * (len(content) - at))
    into = tmp_path / "into"
    into.mkdir()
    with pytest.raises(InvalidInput) as caught:
        clean_video(broken, into)
    assert caught.value.extra["reason"] == "unreadable"
    assert list(into.iterdir()) == []


def build_playlist(target: Path) -> bytes:
    return f"#EXTM3U\n#EXTINF:1,\nfile://{target}\n".encode()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"#!/bin/sh\n",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
        build_playlist(Path("/etc/passwd")),
        b"ffconcat version 1.0\nfile /etc/passwd\n",
        b"\xff\xd8\xff\xe0" + b"\0" * 100,
        b"\0\0\0\x18ftypheic" + b"\0" * 100,
        b"\0\0\0\x18ftypavif" + b"\0" * 100,
        b"\x1a\x45\xdf\xa3\x93\x42\x82\x88matroska" + b"\0" * 100,
        b"RIFF\0\0\0\0AVI " + b"\0" * 100,
        b"OggS" + b"\0" * 100,
        b"ID3" + b"\0" * 100,
    ],
)
def test_what_is_no_video_is_refused_whatever_its_name(videos, tmp_path, content):
    path = tmp_path / "video.mp4"
    path.write_bytes(content)
    error = refuse(path)
    assert error.extra["reason"] == "not-a-video"
    assert "MP4, MOV or WebM" in str(error.message)


@pytest.mark.parametrize(
    "beginning", [b"\0\0\0\x14ftypisom\0\0\0\0isom", b"\x1a\x45\xdf\xa3\x87\x42\x82\x84webm"]
)
def test_a_playlist_with_the_first_bytes_of_a_video_opens_no_other_file(
    videos, tmp_path, beginning
):
    path = tmp_path / "video.mp4"
    path.write_bytes(beginning + build_playlist(videos / "phone.mp4"))
    assert refuse(path).extra["reason"] == "unreadable"


def build_alias(path: Path) -> bytes:
    """A data reference to another file (QuickTime File Format, "Data Reference Atoms")."""
    name = str(path).encode()
    name += b"\0" * (len(name) % 2)
    levels = struct.pack(">HH", 1, 1) + b"\0" * 16
    record = b"\0" * 10 + b"\0" * 28 + b"\0" * 12 + b"\0" * 64 + b"\0" * 16 + levels
    record += struct.pack(">HH", 2, len(name)) + name + struct.pack(">hH", -1, 0)
    return struct.pack(">I4sI", 12 + len(record), b"alis", 0) + record


def test_a_video_that_refers_to_another_file_shows_nothing_of_it(videos, tmp_path):
    other = tmp_path / "other.mp4"
    shutil.copy(videos / "quick.mp4", other)
    content = other.read_bytes()
    own, entry = struct.pack(">I4sI", 12, b"url ", 1), build_alias(other)
    start, end = content.index(b"moov") - 4, content.index(b"mdat") - 4
    moov = content[start:end]
    assert moov.count(own) == 2
    extra = len(entry) - len(own)
    moov = moov.replace(own, entry)
    for kind in (b"dref", b"dinf", b"minf", b"mdia", b"trak", b"moov"):
        moov = grow_boxes(moov, kind, extra * (2 if kind == b"moov" else 1))
    path = tmp_path / "refers.mov"
    path.write_bytes(content[:start] + moov)
    trap = ["ffmpeg", "-v", "error", "-enable_drefs", "1", "-i", path, "-f", "null", "-"]
    assert subprocess.run(trap, capture_output=True, check=True).stderr == b""
    into = tmp_path / "into"
    into.mkdir()
    with pytest.raises(InvalidInput):
        clean_video(path, into)
    assert list(into.iterdir()) == []


def grow_boxes(content: bytes, kind: bytes, by: int) -> bytes:
    return re.sub(
        rb"(....)" + kind,
        lambda box: struct.pack(">I", int.from_bytes(box[1], "big") + by) + kind,
        content,
        flags=re.DOTALL,
    )


def test_a_song_is_no_video(videos, tmp_path):
    song = tmp_path / "song.m4a"
    cover = tmp_path / "cover.jpg"
    making.draw_corners().save(cover)
    making.run_ffmpeg(
        *(*making.SOUND, "-i", cover, "-map", "0", "-map", "1", "-c:a", "aac", "-c:v", "copy"),
        *("-disposition:v", "attached_pic", "-f", "mp4", song),
    )
    assert refuse(song).extra["reason"] == "no-picture"


def test_a_video_that_is_too_large_is_refused(videos, settings):
    settings.VIDEO_BYTES_MAX = 10_000
    error = refuse(videos / "phone.mp4")
    assert error.extra["reason"] == "too-large"
    assert "9.8" in str(error.message)


def test_a_hundred_megabytes_are_the_limit(settings):
    assert settings.VIDEO_BYTES_MAX == 100 * 1024**2


def test_a_video_that_is_too_long_is_refused(videos, settings):
    settings.VIDEO_DURATION_S_MAX = 2
    assert refuse(videos / "phone.mp4").extra["reason"] == "too-long"


def test_a_recording_that_hides_its_length_is_refused_when_it_is_cleaned(
    videos, tmp_path, settings
):
    settings.VIDEO_DURATION_S_MAX = 0.5
    live = make_live(videos / "browser.webm", tmp_path / "live.webm")
    with pytest.raises(InvalidInput) as caught:
        clean_video(live, tmp_path)
    assert caught.value.extra["reason"] == "too-long"
    assert not (tmp_path / "clean.webm").exists()


def test_a_video_with_too_large_a_picture_is_refused(videos, settings):
    settings.VIDEO_PIXELS_MAX = 320 * 239
    assert refuse(videos / "phone.mp4").extra["reason"] == "too-many-pixels"


def test_a_conversion_that_takes_too_long_is_given_up(videos, tmp_path, settings):
    settings.VIDEO_CLEANING_S_MAX = 0.001
    with pytest.raises(InvalidInput) as caught:
        clean_video(videos / "iphone.mov", tmp_path)
    assert caught.value.extra["reason"] == "takes-too-long"
    assert list(tmp_path.iterdir()) == []


def test_a_check_that_takes_too_long_is_given_up(videos, monkeypatch):
    monkeypatch.setattr(ffmpeg, "PROBE_WALL_S", 0.001)
    assert refuse(videos / "phone.mp4").extra["reason"] == "unreadable"


def test_a_copy_that_fails_is_tried_again_by_converting(videos, tmp_path, monkeypatch):
    monkeypatch.setattr(videos_module, "list_options", spoil_copies)
    clean = clean_video(videos / "phone.mp4", tmp_path)
    assert list_codecs(clean.file) == ["h264", "aac"]


def spoil_copies(plan: video_plans.Plan, *facts) -> list[str]:
    options = video_plans.list_options(plan, *facts)
    return ["-f", "nonsense"] if plan.copies else options


def test_without_ffmpeg_the_person_is_told_and_the_operator_warned(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unavailable, match="Send the report with photos"):
        probe_video(tmp_path / "video.mp4")
    (warning,) = check_ffmpeg(None)
    assert warning.id == "geoportal.W001"
    assert "ffmpeg" in str(warning.hint)


def test_with_ffmpeg_there_is_nothing_to_warn_of(videos):
    assert check_ffmpeg(None) == []

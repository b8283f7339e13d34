"""FFmpeg's two programs, held so that a strange file reaches nothing but itself.

The demuxer is chosen by us from the file's first bytes (`-f`), so no playlist or list of files is
ever recognised; inner demuxers and decoders are on short lists; the only protocol is `file`.
"""

import json
import shutil
from pathlib import Path
from typing import TypedDict, cast

from django.utils.translation import gettext as _

from geoportal.core.errors import Unavailable
from geoportal.core.processes import Done, Limits, run_limited
from geoportal.media.signatures import Container

PROGRAMS = ("ffmpeg", "ffprobe")
DEMUXERS = "mov,matroska"
# What phones, cameras and browsers record; ffprobe gives up at any other stream, taken or not.
DECODERS = (
    "h264,hevc,vp8,vp9,libvpx,libvpx-vp9,libdav1d,av1,mpeg4,h263,mjpeg,png,"
    "aac,mp3,mp3float,opus,libopus,vorbis,libvorbis,amrnb,amrwb,alac,ac3,eac3,"
    "pcm_s16le,pcm_s16be,pcm_s24le,pcm_f32le,mov_text,webvtt"
)
# Address space; converting HEVC of 2160p takes 0.9 GB of it with two threads (measured).
MEMORY_BYTES = 2048 * 1024**2
PROBE_WALL_S = 20.0
POSTER_WALL_S = 60.0
THREADS = "2"


class Stream(TypedDict, total=False):
    """What ffprobe tells of a stream; numbers in text are its own choice."""

    codec_type: str
    codec_name: str
    profile: str
    pix_fmt: str
    width: int
    height: int
    color_transfer: str
    duration: str
    disposition: dict[str, int]
    side_data_list: list[dict[str, object]]


class Description(TypedDict, total=False):
    streams: list[Stream]
    format: dict[str, object]


def is_installed() -> bool:
    return all(shutil.which(program) for program in PROGRAMS)


def require_installed() -> None:
    if not is_installed():
        raise Unavailable(
            _("Videos cannot be accepted right now. Send the report with photos, or try later.")
        )


def list_input_options(path: Path, container: Container) -> list[str]:
    return [
        *("-protocol_whitelist", "file", "-format_whitelist", DEMUXERS),
        *("-codec_whitelist", DECODERS, "-f", container, "-i", f"file:{path.resolve()}"),
    ]


def describe(path: Path, container: Container) -> Description | None:
    """What ffprobe finds; `None` when it cannot read the file. Raises `TookTooLong`."""
    done = run_limited(
        [
            *("ffprobe", "-hide_banner", "-loglevel", "error"),
            *("-print_format", "json", "-show_format", "-show_streams"),
            *list_input_options(path, container),
        ],
        limits=Limits(wall_s=PROBE_WALL_S, memory_bytes=MEMORY_BYTES),
    )
    return cast(Description, json.loads(done.output)) if done.succeeded else None


def convert(
    path: Path,
    container: Container,
    *,
    options: list[str],
    target: str,
    limits: Limits,
    start_s: float | None = None,
) -> Done:
    """Run ffmpeg from `path` to `target` (`file:…` or `pipe:1`). Raises `TookTooLong`."""
    return run_limited(
        [
            *("ffmpeg", "-hide_banner", "-loglevel", "error", "-nostdin", "-y"),
            *("-threads", THREADS, "-filter_threads", THREADS),
            *(() if start_s is None else ("-ss", str(start_s))),
            *list_input_options(path, container),
            *options,
            *("-threads", THREADS, target),
        ],
        limits=limits,
    )

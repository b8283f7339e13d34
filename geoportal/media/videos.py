"""A video from a stranger: checked at once, cleaned by a job, or refused in words.

What browsers play is copied packet by packet into a new file; the rest becomes H.264 with AAC.
Either way only the first picture and sound streams are taken, and no metadata: neither the file's,
nor the streams', nor what H.264 carries between its frames.
"""

import logging
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from geoportal.core.errors import InvalidInput
from geoportal.core.processes import Limits, TookTooLong
from geoportal.media import ffmpeg
from geoportal.media.signatures import HEAD_BYTES, Container, is_whole, recognise_video
from geoportal.media.video_plans import Plan, list_options, list_plans, list_poster_options

log = logging.getLogger(__name__)

# A copy may be a little shorter than its original says: frames before the first key frame.
SHORTEST_SHARE = 0.9
TOLERANCE_S = 1.0


@dataclass(frozen=True)
class VideoFacts:
    """`width` and `height` are upright, in pixels; `duration_s` is `None` where nobody wrote it.

    `transfer` is FFmpeg's name of the transfer function, which tells HDR.
    """

    container: Container
    video_codec: str
    pixel_format: str
    audio_codec: str | None
    transfer: str
    width: int
    height: int
    duration_s: float | None


@dataclass(frozen=True)
class CleanVideo:
    """`file` is MP4 or WebM and begins to play before it is whole; `poster` is a JPEG frame."""

    file: Path
    content_type: str
    poster: bytes
    duration_s: float
    width: int
    height: int


def probe_video(path: Path, *, name: str = "") -> VideoFacts:
    """The quick check when a file arrives, without decoding it.

    Raises `InvalidInput` whose `extra` holds `file` (its name) and `reason`; `Unavailable` where
    FFmpeg is not installed.
    """
    ffmpeg.require_installed()
    name = name or path.name
    if path.stat().st_size > settings.VIDEO_BYTES_MAX:
        raise refuse("too-large", name)
    facts = read_facts(path, recognise(path, name), name)
    if facts.width * facts.height > settings.VIDEO_PIXELS_MAX:
        raise refuse("too-many-pixels", name)
    if (facts.duration_s or 0) > settings.VIDEO_DURATION_S_MAX:
        raise refuse("too-long", name)
    return facts


def recognise(path: Path, name: str) -> Container:
    with path.open("rb") as file:
        container = recognise_video(file.read(HEAD_BYTES))
        if container is None:
            raise refuse("not-a-video", name)
        if not is_whole(file, container):
            raise refuse("unreadable", name)
    return container


def read_facts(path: Path, container: Container, name: str) -> VideoFacts:
    try:
        found = ffmpeg.describe(path, container)
    except TookTooLong:
        found = None
    if found is None:
        raise refuse("unreadable", name)
    streams = found.get("streams", [])
    picture = next((one for one in streams if is_picture(one)), None)
    sound = next((one for one in streams if one.get("codec_type") == "audio"), None)
    if picture is None:
        raise refuse("no-picture", name)
    size = picture.get("width", 0), picture.get("height", 0)
    if not all(size) or "codec_name" not in picture:
        raise refuse("unreadable", name)
    width, height = size[::-1] if is_turned(picture) else size
    return VideoFacts(
        container=container,
        video_codec=picture["codec_name"],
        pixel_format=picture.get("pix_fmt", ""),
        audio_codec=sound.get("codec_name", "") if sound else None,
        transfer=picture.get("color_transfer", ""),
        width=width,
        height=height,
        duration_s=read_seconds(found.get("format", {}).get("duration")),
    )


def is_picture(stream: ffmpeg.Stream) -> bool:
    """Moving pictures, not the cover of a song."""
    cover = stream.get("disposition", {}).get("attached_pic")
    return stream.get("codec_type") == "video" and not cover


def is_turned(stream: ffmpeg.Stream) -> bool:
    turns = [data.get("rotation") for data in stream.get("side_data_list", [])]
    return any(isinstance(turn, int) and turn % 180 == 90 for turn in turns)


def read_seconds(value: object) -> float | None:
    try:
        seconds = float(str(value))
    except ValueError:
        return None
    return seconds if 0 < seconds < float("inf") else None


def clean_video(path: Path, into: Path, *, name: str = "") -> CleanVideo:
    """Write the clean file into the folder `into`; may take minutes. Raises as `probe_video`."""
    name = name or path.name
    facts = probe_video(path, name=name)
    for plan in list_plans(facts.container, facts.video_codec, facts.pixel_format):
        target = into / f"clean.{plan.extension}"
        try:
            return follow(plan, path, facts, target, name)
        except Spoilt as spoilt:
            log.info("a video could not be cleaned (%s): %s", plan, spoilt)
            target.unlink(missing_ok=True)
        except InvalidInput:
            target.unlink(missing_ok=True)
            raise
    raise refuse("unreadable", name)


class Spoilt(Exception):
    """What came out is nothing or not whole; another plan may do better."""


def follow(plan: Plan, path: Path, facts: VideoFacts, target: Path, name: str) -> CleanVideo:
    limits = Limits(
        wall_s=settings.VIDEO_CLEANING_S_MAX,
        memory_bytes=ffmpeg.MEMORY_BYTES,
        file_bytes=2 * settings.VIDEO_BYTES_MAX,
    )
    options = list_options(plan, facts.audio_codec, (facts.width, facts.height), facts.transfer)
    try:
        done = ffmpeg.convert(
            path, facts.container, options=options, target=f"file:{target.resolve()}", limits=limits
        )
    except TookTooLong:
        raise refuse("takes-too-long", name) from None
    if not done.succeeded:
        raise Spoilt(done.complaint[-500:])
    result = read_facts(target, plan.container, name)
    duration_s = result.duration_s or 0
    if duration_s > settings.VIDEO_DURATION_S_MAX:
        raise refuse("too-long", name)
    if duration_s + TOLERANCE_S < (facts.duration_s or 0) * SHORTEST_SHARE:
        raise Spoilt(f"only {duration_s} s of {facts.duration_s} s. {done.complaint[-500:]}")
    return CleanVideo(
        file=target,
        content_type=plan.content_type,
        poster=build_poster(target, plan.container, duration_s),
        duration_s=duration_s,
        width=result.width,
        height=result.height,
    )


def build_poster(path: Path, container: Container, duration_s: float) -> bytes:
    """A frame from the first second or two, as JPEG. Raises `Spoilt` when none can be decoded."""
    limits = Limits(wall_s=ffmpeg.POSTER_WALL_S, memory_bytes=ffmpeg.MEMORY_BYTES)
    for start_s in (min(1.0, duration_s / 2), None):
        try:
            done = ffmpeg.convert(
                path,
                container,
                options=list_poster_options(),
                target="pipe:1",
                limits=limits,
                start_s=start_s,
            )
        except TookTooLong:
            break
        if done.succeeded and done.output.startswith(b"\xff\xd8"):
            return done.output
    raise Spoilt("no frame for the poster")


def refuse(reason: str, name: str) -> InvalidInput:
    minutes = settings.VIDEO_DURATION_S_MAX // 60
    words = {
        "too-large": _("“%(file)s” is larger than %(limit)s. Choose a shorter or smaller video."),
        "too-many-pixels": _("The picture of “%(file)s” is larger than 4K. Save it smaller."),
        "too-long": _("“%(file)s” is longer than %(minutes)s minutes. Cut it and send it again."),
        "takes-too-long": _("“%(file)s” takes too long to convert. Send a shorter one, or MP4."),
        "no-picture": _("There is no moving picture in “%(file)s”."),
        "not-a-video": _(
            "“%(file)s” is not a video that can be taken. Videos are files of the kinds MP4, MOV "
            "or WebM; what counts is what is in the file, not its name."
        ),
        "unreadable": _("“%(file)s” cannot be played: it is damaged or incomplete."),
    }[reason]
    limit = filesizeformat(settings.VIDEO_BYTES_MAX)
    words %= {"file": name, "limit": limit, "minutes": minutes}
    return InvalidInput(words, file=name, reason=reason)

"""How a video becomes one that every browser plays: copied where it is, converted where not.

H.264 of 8 bits in MP4 with AAC plays everywhere, VP8 and VP9 in WebM with Opus or Vorbis in all
browsers of the last years. HEVC, AV1 and the rest play in some.
"""

from dataclasses import dataclass

from django.conf import settings

from geoportal.media.signatures import Container

PLAIN_PIXELS = ("yuv420p", "yuvj420p")
WEBM_VIDEO = ("vp8", "vp9")
WEBM_AUDIO = ("opus", "vorbis")
HDR_TRANSFERS = ("arib-std-b67", "smpte2084")
FRAMES_PER_SECOND_MAX = 30

NO_METADATA = [
    *("-map_metadata", "-1", "-map_metadata:s", "-1", "-map_chapters", "-1"),
    *("-fflags", "+bitexact", "-flags", "+bitexact", "-sn", "-dn"),
]
# Units of type 6 carry free data beside the pictures, some cameras' position and time among it.
NO_H264_SEI = ["-bsf:v", "filter_units=remove_types=6"]
TO_H264 = [
    *("-c:v", "libx264", "-preset", "veryfast", "-crf", "25", "-profile:v", "high"),
    *("-maxrate", "3M", "-bufsize", "6M", "-fpsmax", str(FRAMES_PER_SECOND_MAX)),
]
TO_AAC = ["-c:a", "aac", "-b:a", "96k", "-ac", "2", "-ar", "48000"]
# From HDR to the colours that all screens show; with these numbers greys of HLG stay as light as
# they are (128, 191, 224, 255 become 124, 192, 228, 255: measured).
TONE_MAPPING = (
    "zscale=tin={transfer}:pin=bt2020:min=bt2020nc:t=linear:npl=100,format=gbrpf32le,"
    "zscale=p=bt709,tonemap=hable:desat=0,zscale=t=bt709:m=bt709:r=tv"
)


@dataclass(frozen=True)
class Plan:
    """`copies` says that the pictures are taken as they are."""

    container: Container
    copies: bool

    @property
    def extension(self) -> str:
        return "mp4" if self.container == "mov" else "webm"

    @property
    def content_type(self) -> str:
        return f"video/{self.extension}"


def list_plans(container: Container, video_codec: str, pixel_format: str) -> list[Plan]:
    """The cheapest first; the last one works for whatever can be decoded."""
    plans = [Plan("mov", copies=False)]
    if pixel_format in PLAIN_PIXELS:
        if video_codec == "h264":
            plans.insert(0, Plan("mov", copies=True))
        if video_codec in WEBM_VIDEO and container == "matroska":
            plans.insert(0, Plan("matroska", copies=True))
    return plans


def list_options(
    plan: Plan, audio_codec: str | None, size_px: tuple[int, int], transfer: str
) -> list[str]:
    """FFmpeg's options between input and output. `size_px` is upright."""
    # Longer ones are refused afterwards; the second tells them from those of just that length.
    seconds = settings.VIDEO_DURATION_S_MAX + 2
    video = ["-c:v", "copy"] if plan.copies else [*TO_H264, "-vf", build_filter(size_px, transfer)]
    if plan.container == "matroska":
        audio = ["-c:a", "copy"] if audio_codec in WEBM_AUDIO else ["-c:a", "libopus"]
        form = ["-cues_to_front", "1", "-f", "webm"]
    else:
        audio = ["-c:a", "copy"] if audio_codec == "aac" else TO_AAC
        form = [*NO_H264_SEI, "-movflags", "+faststart", "-write_tmcd", "0", "-f", "mp4"]
    streams = ["-map", "0:V:0", *(["-map", "0:a:0"] if audio_codec is not None else [])]
    return [*streams, "-t", str(seconds), *video, *audio, *NO_METADATA, *form]


def build_filter(size_px: tuple[int, int], transfer: str) -> str:
    """Scaled down to even numbers of pixels (H.264 with 4:2:0 has no others), without HDR."""
    scale = min(1, settings.VIDEO_SIDE_PX / max(size_px))
    width, height = (max(2, round(side * scale / 2) * 2) for side in size_px)
    steps = [f"scale={width}:{height}"]
    if transfer in HDR_TRANSFERS:
        steps.append(TONE_MAPPING.format(transfer=transfer))
    return ",".join([*steps, "format=yuv420p"])


def list_poster_options() -> list[str]:
    side = settings.VIDEO_SIDE_PX
    fit = f"scale=w='min({side},iw)':h='min({side},ih)':force_original_aspect_ratio=decrease"
    return [
        *("-map", "0:V:0", "-frames:v", "1", "-vf", f"{fit},format=yuvj420p"),
        *("-c:v", "mjpeg", "-q:v", "4", *NO_METADATA, "-f", "image2pipe"),
    ]

"""Photos and videos made on the spot, honest and dishonest ones."""

import io
import struct
import subprocess
import zlib
from collections.abc import Sequence
from pathlib import Path

import pillow_heif
from PIL import Image, ImageCms

pillow_heif.register_heif_opener()

KYIV = (30.5234, 50.4501)
# Pairs of numerator and denominator, as EXIF has them.
KYIV_LON = ((30, 1), (31, 1), (2424, 100))
KYIV_LAT = ((50, 1), (27, 1), (36, 100))
CORNERS = {"red": (255, 0, 0), "green": (0, 128, 0), "blue": (0, 0, 255), "white": (255, 255, 255)}


def named(content: bytes, name: str) -> io.BytesIO:
    file = io.BytesIO(content)
    file.name = name
    return file


def draw_corners(width: int = 800, height: int = 600) -> Image.Image:
    """Red, green above; blue, white below."""
    image = Image.new("RGB", (width, height))
    for index, colour in enumerate(CORNERS.values()):
        column, row = index % 2, index // 2
        box = (column * width // 2, row * height // 2)
        image.paste(colour, (*box, box[0] + width // 2, box[1] + height // 2))
    return image


def read_corners(content: bytes) -> list[str]:
    """The nearest colours at the corners, row by row."""
    image = Image.open(io.BytesIO(content)).convert("RGB")
    x, y = image.width // 8, image.height // 8
    places = [(x, y), (image.width - x, y), (x, image.height - y)]
    return [name_colour(image.getpixel(p)) for p in [*places, (image.width - x, image.height - y)]]


def name_colour(pixel: Sequence[int]) -> str:
    def distance(name: str) -> int:
        return sum(abs(a - b) for a, b in zip(pixel, CORNERS[name], strict=True))

    return min(CORNERS, key=distance)


def build_gps_block(
    lon: Sequence[tuple[int, int]] = KYIV_LON,
    lat: Sequence[tuple[int, int]] = KYIV_LAT,
    *,
    references: bytes = b"EN",
    signed: bool = False,
) -> bytes:
    """An EXIF block (TIFF 6.0, CIPA DC-008) with nothing but a place, written by hand."""
    kind, form = (10, ">ii") if signed else (5, ">II")
    values = 8 + 2 + 12 + 4 + 2 + 4 * 12 + 4
    lat_at, lon_at = values, values + 8 * len(lat)
    entries = [
        struct.pack(">HHI4s", 1, 2, 2, references[1:2] + b"\0\0\0"),
        struct.pack(">HHII", 2, kind, len(lat), lat_at),
        struct.pack(">HHI4s", 3, 2, 2, references[0:1] + b"\0\0\0"),
        struct.pack(">HHII", 4, kind, len(lon), lon_at),
    ]
    head = b"Exif\0\0MM\0*" + struct.pack(">I", 8)
    first = struct.pack(">HHHIII", 1, 0x8825, 4, 1, 8 + 2 + 12 + 4, 0)
    gps = struct.pack(">H", 4) + b"".join(entries) + struct.pack(">I", 0)
    return head + first + gps + b"".join(struct.pack(form, *pair) for pair in (*lat, *lon))


def save(image: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def build_swapped_profile() -> bytes:
    """A colour profile in which the numbers of red mean green, and those of green red."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return srgb.replace(b"rXYZ", b"????").replace(b"gXYZ", b"rXYZ").replace(b"????", b"gXYZ")


def build_chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)


def build_png(width: int, height: int, *chunks: bytes) -> bytes:
    """A header that promises this size, and hardly any pixels."""
    header = build_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    pixels = build_chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    end = build_chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks) + pixels + end


def run_ffmpeg(*arguments: object) -> None:
    command = ["ffmpeg", "-hide_banner", "-loglevel", "error", "-nostdin", "-y"]
    subprocess.run([*command, *map(str, arguments)], check=True, timeout=120)


PICTURE = ("-f", "lavfi", "-i", "testsrc2=size=320x240:rate=10:duration=3")
SOUND = ("-f", "lavfi", "-i", "sine=frequency=440:duration=3")
H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")
HEVC = (
    "-c:v",
    "libx265",
    "-preset",
    "ultrafast",
    "-x265-params",
    "log-level=none",
    "-tag:v",
    "hvc1",
)
PLACE = (
    *("-metadata", "location=+50.4501+030.5234/", "-metadata", "title=Secret title"),
    *("-metadata", "com.apple.quicktime.location.ISO6709=+50.4501+030.5234/"),
    *("-metadata", "creation_time=2026-05-06T07:08:09Z", "-metadata:s:a", "language=ukr"),
    *("-metadata:s:v", "handler_name=Secret handler"),
)


UPRIGHT_MATRIX = struct.pack(">9i", 1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)
TURNED_MATRIX = struct.pack(">9i", 0, 1 << 16, 0, -1 << 16, 0, 0, 0, 0, 1 << 30)


def turn_video(content: bytes) -> bytes:
    """As a telephone that is held upright records: a matrix tells the player to turn."""
    head, mark, track = content.partition(b"tkhd")
    return head + mark + track.replace(UPRIGHT_MATRIX, TURNED_MATRIX, 1)


def make_video(path: Path, *options: object, sound: bool = True) -> Path:
    run_ffmpeg(*PICTURE, *(SOUND if sound else ()), *options, path)
    return path

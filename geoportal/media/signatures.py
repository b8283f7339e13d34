"""What a file is by its first bytes, and whether the boxes it is made of end within it.

Names and content types are what the sender says; only bytes count here.
"""

from collections.abc import Iterator
from typing import BinaryIO, Literal

PhotoFormat = Literal["JPEG", "PNG", "WEBP", "GIF", "HEIF"]
Container = Literal["mov", "matroska"]

HEAD_BYTES = 4096
BOX_HEADER_BYTES = 8
HEIF_BRANDS = frozenset(
    (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1")
)
IMAGE_BRANDS = HEIF_BRANDS | {b"avif", b"avis"}
# How a QuickTime file may begin; older ones have no `ftyp` (QuickTime File Format, "Atoms").
FIRST_BOXES = frozenset((b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"))
# Behind the last of these some cameras leave words of their own, which are no boxes.
KNOWN_BOXES = FIRST_BOXES | {b"moof", b"mfra", b"sidx", b"udta", b"uuid", b"meta"}
EBML = b"\x1a\x45\xdf\xa3"
EBML_DOC_TYPE = b"\x42\x82"
SEGMENT = b"\x18\x53\x80\x67"


def recognise_photo(head: bytes) -> PhotoFormat | None:
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "WEBP"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if head[4:8] == b"ftyp" and head[8:12] in HEIF_BRANDS:
        return "HEIF"
    return None


def recognise_video(head: bytes) -> Container | None:
    """The demuxer of FFmpeg that may read this; Matroska only where it says that it is WebM."""
    if head[4:8] in FIRST_BOXES and head[8:12] not in IMAGE_BRANDS:
        return "mov"
    if head.startswith(EBML) and find_doc_type(head) == b"webm":
        return "matroska"
    return None


def find_doc_type(head: bytes) -> bytes | None:
    """The DocType of an EBML header (RFC 8794, 11.2.4)."""
    at = head.find(EBML_DOC_TYPE, len(EBML), 128)
    if at < 0 or len(head) < at + 3:
        return None
    length = head[at + 2] & 0x7F
    return head[at + 3 : at + 3 + length].rstrip(b"\0")


def is_whole(file: BinaryIO, container: Container) -> bool:
    """False where a top-level box or segment says that it ends beyond the end of the file."""
    size = file.seek(0, 2)
    if container == "mov":
        boxes = list(list_boxes(file, size))
        cut_off = any(end > size and kind in KNOWN_BOXES for kind, end in boxes)
        return not cut_off and any(kind == b"moov" for kind, _end in boxes)
    end = find_segment_end(file)
    return end is None or end <= size


def list_boxes(file: BinaryIO, size: int) -> Iterator[tuple[bytes, int]]:
    """Type and end of each top-level box (ISO/IEC 14496-12, 4.2); ends may lie beyond the file."""
    at = 0
    while at + BOX_HEADER_BYTES <= size:
        file.seek(at)
        header = file.read(16)
        length, kind = int.from_bytes(header[:4], "big"), header[4:8]
        if length == 1:
            length = int.from_bytes(header[8:16], "big")
        end = size if length == 0 else at + length
        if end < at + BOX_HEADER_BYTES:
            return
        yield kind, end
        at = end


def find_segment_end(file: BinaryIO) -> int | None:
    """Where the Segment of a WebM file ends; `None` when it was recorded with unknown length."""
    file.seek(0)
    head = file.read(HEAD_BYTES)
    at = head.find(SEGMENT)
    if at < 0 or at + 5 > len(head) or not head[at + 4]:
        return None
    width = 9 - head[at + 4].bit_length()
    value = int.from_bytes(head[at + 4 : at + 4 + width], "big") & ((1 << 7 * width) - 1)
    unknown = value == (1 << 7 * width) - 1
    return None if unknown else at + 4 + width + value

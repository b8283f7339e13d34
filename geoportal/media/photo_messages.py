"""What is said to the process that opens photos, and what it answers; without its libraries."""

from typing import Literal, NotRequired, TypedDict

from geoportal.media.signatures import PhotoFormat


class Order(TypedDict):
    """What is asked of the process. Sizes in pixels."""

    format: PhotoFormat
    pixels_max: int
    side_px: int
    thumbnail_px: tuple[int, int]


class Answer(TypedDict):
    refused: NotRequired[Literal["unreadable", "too-many-pixels", "too-much-memory"]]
    lonlat: NotRequired[tuple[float, float] | None]
    size: NotRequired[tuple[int, int]]
    lengths: NotRequired[tuple[int, int]]

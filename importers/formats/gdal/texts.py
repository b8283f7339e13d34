"""Texts that GDAL passes on in whatever page they were written."""

import codecs
from pathlib import Path
from warnings import catch_warnings, simplefilter

import pyarrow as pa
import pyogrio
from django.utils.translation import gettext_lazy

from importers.formats.encoding import choose_for_pieces, require_codec
from importers.sources import ArrowArray, EncodingChoice

SAMPLE_ROWS = 2000


def sample_encoding(path: Path, layer: str, stated: str) -> EncodingChoice:
    """By the letters of the first rows, where the user does not say it."""
    if stated:
        return EncodingChoice(require_codec(stated), gettext_lazy("as you said"))
    pieces: list[bytes] = []
    with catch_warnings():
        simplefilter("ignore")
        try:
            with pyogrio.open_arrow(
                path, layer=layer, use_pyarrow=True, read_geometry=False, batch_size=SAMPLE_ROWS
            ) as (_meta, reader):
                batch = next(iter(reader), None)
                for array in batch.columns if batch is not None else ():
                    if pa.types.is_string(array.type):
                        pieces += [raw for raw in array.cast(pa.binary()).to_pylist() if raw]
        except (RuntimeError, ValueError, OSError, pa.ArrowException):
            pieces = []  # opening the layer will tell why
    return choose_for_pieces(pieces)


def repair_text(array: ArrowArray, encoding: str) -> ArrowArray:
    """What is no UTF-8 is decoded from `encoding` ("": unknown), with � for what cannot be read."""
    try:
        array.validate(full=True)
    except pa.ArrowInvalid:
        raw = array.cast(pa.binary()).to_pylist()
        return pa.array([decode(text, encoding) for text in raw], pa.string())
    return array


def decode(raw: bytes | None, encoding: str) -> str | None:
    if raw is None:
        return None
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return codecs.decode(raw, encoding or "utf-8", "replace")

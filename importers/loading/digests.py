"""64-bit digests of Arrow strings and binary, the same in every process, no object for each value.

Eight bytes at a time over all rows, multiplied and folded as MurmurHash does: two texts that differ
share a digest once in 2⁶⁴. Nobody is kept from making two that do; they would only harm themselves.
"""

from hashlib import blake2b

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from importers.sources import ArrowArray, IntArray

Digests = NDArray[np.uint64]

FIRST = np.uint64(0xC2B2AE3D27D4EB4F)
MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
SHIFT = np.uint64(32)
WORD = 8
# Longer texts go one by one: few rows have them, and the loop is as long as the longest.
LONGEST = 512
# Where so few of the first texts are different, each different one is digested once.
PEEKED, REPEATING = 512, 128
TAILS = np.array([(1 << (8 * size)) - 1 for size in range(WORD)], np.uint64)


def fold(digests: Digests, more: Digests | np.uint64) -> Digests:
    """Digests of what was digested before, followed by something else."""
    folded: Digests = ((digests * FIRST) ^ more) * MULTIPLIER
    folded ^= folded >> SHIFT
    return folded


def digest_text(text: str) -> np.uint64:
    return np.uint64(int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little"))


def digest_texts(array: ArrowArray) -> Digests:
    """One for each row; null as empty text."""
    if array.null_count:
        array = pc.fill_null(array, pa.scalar("", array.type))
    if len(array) > PEEKED and pc.count_distinct(array.slice(0, PEEKED)).as_py() <= REPEATING:
        encoded = pc.dictionary_encode(array)
        places: IntArray = encoded.indices.to_numpy()
        return digest_each(encoded.dictionary).take(places)
    return digest_each(array)


def digest_each(array: ArrowArray) -> Digests:
    data, starts, sizes = read_buffers(array)
    long = np.flatnonzero(sizes > LONGEST)
    shorter = sizes.copy()
    shorter[long] = 0
    digests = digest_words(data, starts, shorter)
    for place in long.tolist():
        text = data[starts[place] : starts[place] + sizes[place]]
        digests[place] = int.from_bytes(blake2b(text.tobytes(), digest_size=8).digest(), "little")
    return digests


def read_buffers(array: ArrowArray) -> tuple[NDArray[np.uint8], IntArray, IntArray]:
    """Bytes with a word of zeros behind them, and where each text starts and how long it is."""
    kind = np.int64 if array.type in (pa.large_string(), pa.large_binary()) else np.int32
    _validity, offsets, buffer = array.buffers()
    bounds = np.zeros(1, np.int64)
    if offsets is not None and len(array):
        stored = np.frombuffer(offsets, kind)
        bounds = stored[array.offset : array.offset + len(array) + 1].astype(np.int64)
    bytes_ = np.frombuffer(buffer, np.uint8) if buffer else np.empty(0, np.uint8)
    data = np.concatenate([bytes_[bounds[0] : bounds[-1]], np.zeros(WORD, np.uint8)])
    return data, bounds[:-1] - bounds[0], np.diff(bounds)


def digest_words(data: NDArray[np.uint8], starts: IntArray, sizes: IntArray) -> Digests:
    """`data`: with a word of zeros at its end."""
    words = np.ndarray(len(data) - WORD + 1, "<u8", data, strides=(1,))
    whole = sizes // WORD
    digests = fold(sizes.astype(np.uint64), np.uint64(len(TAILS)))
    rows = np.arange(len(sizes))
    for number in range(int(whole.max(initial=0))):
        rows = rows[whole[rows] > number]
        if len(rows) == len(digests):
            digests = fold(digests, words[starts + WORD * number])
        else:
            digests[rows] = fold(digests[rows], words[starts[rows] + WORD * number])
    tails = words[starts + WORD * whole] & TAILS[sizes % WORD]
    return fold(fold(digests, tails), MULTIPLIER)

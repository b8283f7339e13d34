"""How many shapes a .shp holds: by its index, else by walking over the records."""

from pathlib import Path

HEADER_BYTES = 100
INDEX_ENTRY_BYTES = 8
RECORD_HEAD_BYTES = 8


def count_shapes(shp: Path, shx: Path | None) -> int:
    if shx is not None:
        return max(0, shx.stat().st_size - HEADER_BYTES) // INDEX_ENTRY_BYTES
    size = shp.stat().st_size
    count, place = 0, HEADER_BYTES
    with shp.open("rb") as file:
        while place + RECORD_HEAD_BYTES <= size:
            file.seek(place)
            head = file.read(RECORD_HEAD_BYTES)
            words = int.from_bytes(head[4:8], "big")
            if words < 2 or place + RECORD_HEAD_BYTES + 2 * words > size:
                break
            place += RECORD_HEAD_BYTES + 2 * words
            count += 1
    return count

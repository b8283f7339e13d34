"""What MVT 2.1 demands of a tile, read from its commands and not by the decoder that forgives."""

import shapely
from mapbox_vector_tile.Mapbox import vector_tile_pb2

POINT, LINE, POLYGON = 1, 2, 3
MOVE_TO, LINE_TO, CLOSE_PATH = 1, 2, 7
Place = tuple[int, int]


def check_tile(body: bytes, *, buffer_px: int, extent_px: int) -> dict[str, int]:
    """How many features each layer holds; asserts all that the specification says MUST be."""
    message = vector_tile_pb2.tile()
    message.ParseFromString(body)
    names = [layer.name for layer in message.layers]
    assert len(names) == len(set(names)), "4.1: names of layers are unique"
    for layer in message.layers:
        assert (layer.version, layer.extent) == (2, extent_px)
        assert layer.features, "4.1: a layer has features"
        ids = [(feature.id, feature.type) for feature in layer.features if feature.id]
        assert len(ids) == len(set(ids)), "4.2: ids are unique, but for parts of a collection"
        for feature in layer.features:
            check_tags(feature.tags, len(layer.keys), len(layer.values))
            paths = read_paths(list(feature.geometry))
            check_paths(feature.type, paths)
            flat = [number for path, _closed in paths for place in path for number in place]
            assert -buffer_px <= min(flat) <= max(flat) <= extent_px + buffer_px
        assert len(set(layer.keys)) == len(layer.keys)
    return {layer.name: len(layer.features) for layer in message.layers}


def check_tags(tags: list[int], keys: int, values: int) -> None:
    assert len(tags) % 2 == 0
    assert all(key < keys for key in tags[::2])
    assert all(value < values for value in tags[1::2])
    assert len(set(tags[::2])) == len(tags[::2])


def read_paths(numbers: list[int]) -> list[tuple[list[Place], bool]]:
    """Places of each path (4.3) and whether it is closed; a point is a path of its own."""
    paths: list[tuple[list[Place], bool]] = []
    at, x, y = 0, 0, 0
    while at < len(numbers):
        command, count = numbers[at] & 7, numbers[at] >> 3
        at += 1
        if command == CLOSE_PATH:
            assert count == 1
            paths[-1] = (paths[-1][0], True)
            continue
        assert command in (MOVE_TO, LINE_TO)
        assert count > 0
        for _ in range(count):
            step_x, step_y = (unzigzag(number) for number in numbers[at : at + 2])
            at, x, y = at + 2, x + step_x, y + step_y
            if command == MOVE_TO:
                paths.append(([(x, y)], False))
            else:
                assert (step_x, step_y) != (0, 0), "4.3.1: a step goes somewhere"
                paths[-1][0].append((x, y))
    return paths


def unzigzag(number: int) -> int:
    return (number >> 1) ^ -(number & 1)


def check_paths(kind: int, paths: list[tuple[list[Place], bool]]) -> None:
    assert kind in (POINT, LINE, POLYGON)
    assert paths
    if kind == POINT:
        assert all(len(path) == 1 and not closed for path, closed in paths)
    elif kind == LINE:
        assert all(len(path) > 1 and not closed for path, closed in paths)
    else:
        assert all(len(path) > 2 and closed for path, closed in paths)
        assert measure_ring(paths[0][0]) > 0, "4.3.4.4: an exterior ring comes first"
        assert all(measure_ring(path) for path, _closed in paths), "no ring without an area"
        check_holes([path for path, _closed in paths])


def check_holes(rings: list[list[Place]]) -> None:
    """Each interior ring lies in the exterior one that it follows."""
    outer = None
    for ring in rings:
        if measure_ring(ring) > 0:
            outer = shapely.Polygon(ring).buffer(0.5)
        else:
            assert outer is not None
            assert outer.covers(shapely.Polygon(ring).buffer(0).representative_point())


def measure_ring(ring: list[Place]) -> int:
    """Twice the area by the surveyor's formula; y goes down."""
    ends = [*ring[1:], ring[0]]
    return sum(x * b - a * y for (x, y), (a, b) in zip(ring, ends, strict=True))

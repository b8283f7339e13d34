"""Territories as unions of faces of one planar partition: borders are shared exactly."""

from collections.abc import Iterable, Sequence

import shapely

from geoportal.demo.town.plane import Geometry, Point

GRID_M = 0.01
Zones = dict[str, Sequence[Point]]


class Partition:
    """Faces that lines make of an area; neighbours have the same vertices along their border."""

    def __init__(self, outline: Geometry, lines: Iterable[Geometry]) -> None:
        noded = shapely.union_all([outline.exterior, *lines], grid_size=GRID_M)
        faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
        self.faces: list[Geometry] = sorted(
            (face for face in faces if outline.contains(face.representative_point())),
            key=lambda face: face.representative_point().coords[0],
        )
        self._borders = self._measure_borders()

    def _measure_borders(self) -> dict[int, dict[int, float]]:
        """Length of the border of each pair of neighbours, m."""
        tree = shapely.STRtree(self.faces)
        borders: dict[int, dict[int, float]] = {}
        for number, face in enumerate(self.faces):
            for other in tree.query(face, "touches").tolist():
                length = face.intersection(self.faces[other]).length
                if length > 0:
                    borders.setdefault(number, {})[other] = length
        return borders

    def inside(self, area: Geometry) -> list[int]:
        """Numbers of the faces inside an area whose outline is among the lines."""
        return [
            i for i, face in enumerate(self.faces) if area.contains(face.representative_point())
        ]

    def union(self, numbers: Iterable[int]) -> Geometry:
        """One area; every vertex of its outline is kept."""
        return shapely.coverage_union_all([self.faces[number] for number in numbers])

    def divide(self, numbers: Sequence[int], zones: Zones) -> dict[str, Geometry]:
        """The faces shared out among the zones, each to the nearest of a zone's points.

        Every zone is of one piece: a part that is cut off goes to its longest neighbour.
        """
        points = [(name, shapely.Point(at)) for name, ats in zones.items() for at in ats]
        owner = {}
        for number in numbers:
            middle = self.faces[number].representative_point()
            owner[number] = min(points, key=lambda point: point[1].distance(middle))[0]
        self._join_cut_off(owner)
        return {
            name: self.union([number for number in numbers if owner[number] == name])
            for name in zones
        }

    def _join_cut_off(self, owner: dict[int, str]) -> None:
        for _ in range(4):
            stray = [
                part for name in sorted(set(owner.values())) for part in self._strays(owner, name)
            ]
            if not stray:
                return
            for number in stray:
                neighbours: dict[str, float] = {}
                for other, length in self._borders.get(number, {}).items():
                    if other in owner and owner[other] != owner[number]:
                        neighbours[owner[other]] = neighbours.get(owner[other], 0) + length
                if neighbours:
                    owner[number] = max(sorted(neighbours), key=lambda name: neighbours[name])

    def _strays(self, owner: dict[int, str], name: str) -> list[int]:
        """Faces of a zone outside of its largest piece."""
        left = {number for number, zone in owner.items() if zone == name}
        pieces = []
        while left:
            piece, edge = set(), [min(left)]
            while edge:
                number = edge.pop()
                if number in left:
                    left.discard(number)
                    piece.add(number)
                    edge.extend(self._borders.get(number, {}))
            pieces.append(piece)
        pieces.sort(key=lambda piece: -sum(self.faces[number].area for number in piece))
        return sorted(number for piece in pieces[1:] for number in piece)

"""One thing of a pack as its files say it: checked values, and the place of each."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from geoportal.packs.findings import Place

Code = tuple[str, ...]


@dataclass
class Entry:
    """What is said of one thing. A key that nobody names is not in `values`.

    Keys of a table in it have dots: `source.file`. `children` are lists of things in it. `refused`
    are keys whose values were wrong, which has been told.
    """

    place: Place
    values: dict[str, object] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    children: dict[str, list["Entry"]] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def text(self, key: str, default: str = "") -> str:
        return str(self.values.get(key, default))

    def place_of(self, key: str) -> Place:
        """Of the key, else of the thing."""
        return self.places.get(key, self.place)

    def code(self, known_by: Iterable[str]) -> Code:
        return tuple(self.text(key) for key in known_by)

    def put(self, key: str, value: object, place: Place) -> None:
        self.values[key], self.places[key] = value, place

    def table(self, name: str) -> Mapping[str, object]:
        """Keys of one of its tables, without the table's name."""
        start = f"{name}."
        return {key[len(start) :]: v for key, v in self.values.items() if key.startswith(start)}

    def __iter__(self) -> Iterator[str]:
        return iter(self.values)

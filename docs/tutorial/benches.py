"""Write the Shapefile of the tutorial: benches of the demo town, as a city's own file might be.

`benches.py FILE.zip [--corrected]`: УСК-2000 (EPSG:6383), cp1251, and two mistakes: an inventory
number that stands twice and a bench without a place. `--corrected` writes it as it comes back from
the people who keep the register.
"""

import argparse
import math
import tempfile
import zipfile
from pathlib import Path

import geopandas
import shapely

CENTRE = (27.2388, 50.2601)
STREETS = ("Соборна", "Лесі Українки", "Набережна", "Гончарна", "Ринкова площа")
MATERIALS = ("дерево", "метал і дерево", "бетон")
STATES = ("добрий", "потребує ремонту", "добрий", "добрий")
COUNT = 40
REPEATED, WITHOUT_PLACE, REPLACED = 38, 39, 6


def build_benches(*, corrected: bool) -> geopandas.GeoDataFrame:
    """Forty benches along a spiral around the market square."""
    rows = []
    places: list[shapely.Point | None] = []
    for number in range(COUNT):
        repeated = number == REPEATED and not corrected
        replaced = number == REPLACED and corrected
        rows.append(
            {
                "INV_NOMER": f"Л-{(12 if repeated else number + 1):03d}",
                "VULYCIA": STREETS[number % len(STREETS)],
                "MATERIAL": "бетон" if replaced else MATERIALS[number % len(MATERIALS)],
                "DOVZHYNA": 1.5 + number % 4 / 10,
                "STAN": "добрий" if replaced else STATES[number % len(STATES)],
                "ROK": 2026 if replaced else 2012 + number % 13,
            }
        )
        places.append(None if number == WITHOUT_PLACE and not corrected else find_place(number))
    frame = geopandas.GeoDataFrame(rows, geometry=places, crs="EPSG:4326")
    return frame.to_crs("EPSG:6383")


def find_place(number: int) -> shapely.Point:
    """Within about 700 m of the centre, in degrees."""
    angle, share = number * 2.4, (number + 1) / COUNT
    return shapely.Point(
        CENTRE[0] + math.cos(angle) * share * 0.0095, CENTRE[1] + math.sin(angle) * share * 0.006
    )


def write_zip(frame: geopandas.GeoDataFrame, path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        frame.to_file(
            Path(folder, "lavky.shp"), driver="ESRI Shapefile", engine="pyogrio", encoding="CP1251"
        )
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(Path(folder).iterdir()):
                archive.write(file, file.name)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--corrected", action="store_true")
    arguments = parser.parse_args()
    arguments.file.parent.mkdir(parents=True, exist_ok=True)
    write_zip(build_benches(corrected=arguments.corrected), arguments.file)

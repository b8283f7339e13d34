"""Colours of the demo map: muted for the ground, so that objects are what one sees."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """The ground's colours in one theme, `#rrggbb`."""

    land: str
    fields: tuple[str, str, str, str]
    forest: str
    meadow: str
    orchard: str
    park: str
    cemetery: str
    residential: str
    old: str
    flats: str
    industry: str
    lot: str
    square: str
    pitch: str
    pitch_line: str
    playground: str
    parking: str
    water: str
    water_edge: str
    water_text: str
    house: str
    house_edge: str
    public: str
    public_edge: str
    works: str
    rail: str
    rail_gap: str
    street: str
    street_edge: str
    secondary: str
    secondary_edge: str
    primary: str
    primary_edge: str
    trunk: str
    trunk_edge: str
    path: str
    text: str
    text_soft: str
    text_green: str
    halo: str


LIGHT = Palette(
    land="#f5f1e6",
    fields=("#f5f0e2", "#f2eddb", "#f0edd6", "#f6eddc"),
    forest="#cfe0bd",
    meadow="#e1ebcc",
    orchard="#dce9c4",
    park="#c8dfb2",
    cemetery="#d8e2cc",
    residential="#efe8da",
    old="#e9ddcd",
    flats="#eee6dd",
    industry="#e7e4e6",
    lot="#f3e6d6",
    square="#f3ead9",
    pitch="#bcd9b4",
    pitch_line="#ffffff",
    playground="#f0dcae",
    parking="#dfe2e6",
    water="#a9d0e2",
    water_edge="#8dbdd3",
    water_text="#3f7f9c",
    house="#dccfbe",
    house_edge="#c8b8a3",
    public="#d7b79c",
    public_edge="#bd9878",
    works="#d3ced0",
    rail="#a39f9f",
    rail_gap="#f5f1e6",
    street="#ffffff",
    street_edge="#dccfbb",
    secondary="#fffaea",
    secondary_edge="#d8c49b",
    primary="#ffebba",
    primary_edge="#dfbd76",
    trunk="#fbd49b",
    trunk_edge="#d79f55",
    path="#c9ae86",
    text="#4a4238",
    text_soft="#8b7f6f",
    text_green="#4d7a3f",
    halo="#fdfaf3",
)
DARK = Palette(
    land="#1a232d",
    fields=("#1b2530", "#1c2731", "#1d2831", "#1e2730"),
    forest="#1c312f",
    meadow="#1d2e31",
    orchard="#1f3132",
    park="#20393a",
    cemetery="#222f35",
    residential="#212c37",
    old="#26323e",
    flats="#242f3a",
    industry="#252c38",
    lot="#2b3743",
    square="#2d3945",
    pitch="#26443f",
    pitch_line="#3b6058",
    playground="#3d3b32",
    parking="#2b3846",
    water="#123a50",
    water_edge="#1b4d67",
    water_text="#7fb6cf",
    house="#33404d",
    house_edge="#3e4d5b",
    public="#4c5360",
    public_edge="#5d6674",
    works="#353d4a",
    rail="#5d6875",
    rail_gap="#1a232d",
    street="#3a4855",
    street_edge="#19222b",
    secondary="#46535f",
    secondary_edge="#18212a",
    primary="#625c4c",
    primary_edge="#1a1f26",
    trunk="#75654a",
    trunk_edge="#1a1f26",
    path="#53616d",
    text="#c3ccd4",
    text_soft="#8795a1",
    text_green="#86b39a",
    halo="#18212a",
)

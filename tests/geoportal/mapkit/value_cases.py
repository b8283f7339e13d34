"""Values and how they are shown, for the pages (Python) and for the map (JavaScript)."""

CASES: list[tuple[str, object, dict[str, str]]] = [
    ("integer", 1987, {"uk": "1987", "en": "1987"}),
    ("integer", 12345, {"uk": "12\u202f345", "en": "12\u202f345"}),
    ("integer", -1234567, {"uk": "\u22121\u202f234\u202f567", "en": "\u22121\u202f234\u202f567"}),
    ("number", 84.5, {"uk": "84,5", "en": "84.5"}),
    ("number", 0.1 + 0.2, {"uk": "0,3", "en": "0.3"}),
    ("number", 10000.25, {"uk": "10\u202f000,25", "en": "10\u202f000.25"}),
    ("boolean", True, {"uk": "Так", "en": "Yes"}),
    ("boolean", False, {"uk": "Ні", "en": "No"}),
    ("date", "2026-11-20", {"uk": "20 листопада 2026", "en": "20 November 2026"}),
    ("date", "колись", {"uk": "колись", "en": "колись"}),
    (
        "datetime",
        "2026-11-20T12:05:00+00:00",
        {"uk": "20 листопада 2026, 14:05", "en": "20 November 2026, 14:05"},
    ),
    (
        "datetime",
        "2026-07-01T09:00:00",
        {"uk": "1 липня 2026, 09:00", "en": "1 July 2026, 09:00"},
    ),
    ("text", "  два   пробіли ", {"uk": "два пробіли", "en": "два пробіли"}),
    ("text", "a < b і c > d", {"uk": "a < b і c > d", "en": "a < b і c > d"}),
    (
        "text",
        "<p>Зупинка</p><ul><li>1</li><li>2 &amp; 3</li></ul><script>x()</script>",
        {"uk": "Зупинка\n1\n2 & 3\nx()", "en": "Зупинка\n1\n2 & 3\nx()"},
    ),
    ("text", "&lt;b&gt;текст", {"uk": "<b>текст", "en": "<b>текст"}),
    ("url", "https://www.town.example/a/b/", {"uk": "town.example/a/b", "en": "town.example/a/b"}),
    ("json", ["а", None, 2.5], {"uk": "а, 2,5", "en": "а, 2.5"}),
    ("json", {"а": 1, "б": "в"}, {"uk": "а: 1\nб: в", "en": "а: 1\nб: в"}),
    ("text", None, {"uk": "", "en": ""}),
]

"""Names of streets in the cases that reports need: «на вулиці Соборній», «вулиці Соборної»."""

FEMININE, MASCULINE = ("вулиця", "площа"), ("провулок", "проспект")
# Nouns and genitives that only look like adjectives.
UNCHANGED = ("Криничка", "Рогатка", "Шевченка", "Роксолани", "Ринок", "Ремісника")
LOCATIVE = {"вулиця": "вулиці", "площа": "площі", "провулок": "провулку", "проспект": "проспекті"}
GENITIVE = {"вулиця": "вулиці", "площа": "площі", "провулок": "провулку", "проспект": "проспекту"}
SHORT = {"вулиця": "вул.", "площа": "пл.", "провулок": "пров.", "проспект": "просп."}


def _is_adjective(name: str) -> bool:
    return " " not in name and name not in UNCHANGED and name.endswith(("а", "я", "ий", "ій"))


def _adjective(name: str, feminine: str, masculine: str) -> str:
    """An adjective with the endings of a case; soft stems take «ь» in the feminine."""
    stem, ending = (name[:-1], name[-1]) if name.endswith(("а", "я")) else (name[:-2], name[-2:])
    if ending == "я" and feminine == "ої":
        return stem + "ьої"
    return stem + (feminine if ending in "ая" else masculine)


def locative(thoroughfare: str) -> str:
    """After «на»: «вулиці Соборній», «провулку Тихому», «вулиці Івана Франка»."""
    return _declined(thoroughfare, LOCATIVE, "ій", "ому")


def genitive(thoroughfare: str) -> str:
    """After «біля», «вздовж»: «вулиці Соборної», «провулку Тихого»."""
    return _declined(thoroughfare, GENITIVE, "ої", "ого")


def _declined(thoroughfare: str, types: dict[str, str], feminine: str, masculine: str) -> str:
    kind, _, name = thoroughfare.partition(" ")
    if kind not in types:
        return thoroughfare
    proper = _adjective(name, feminine, masculine) if _is_adjective(name) else name
    return f"{types[kind]} {proper}"


def shortened(thoroughfare: str) -> str:
    """As in an address: «вул. Соборна»."""
    kind, _, name = thoroughfare.partition(" ")
    return f"{SHORT[kind]} {name}" if kind in SHORT else thoroughfare


def quoted(name: str) -> str:
    """A name inside « »: its own quotes become „ “."""
    return f"«{name.replace('«', '„').replace('»', '“')}»"

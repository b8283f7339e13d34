"""Ukrainian in Latin letters by Cabinet resolution 55 of 27.01.2010, and names made of it."""

import re
import unicodedata

CYRILLIC = "абвгґдеєжзиіїйклмнопрстуфхцчшщюяь'’ʼ"
LATIN = "a,b,v,h,g,d,e,ie,zh,z,y,i,i,i,k,l,m,n,o,p,r,s,t,u,f,kh,ts,ch,sh,shch,iu,ia,,,,"
# One value for each letter.
ROMANISED = dict(zip(CYRILLIC, LATIN.split(","), strict=True))
AT_THE_BEGINNING = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
# «зг» is not «ж».
PAIRS = {"зг": "zgh"}
APART = re.compile(r"[^a-z0-9]+")
WORD = re.compile(f"[{CYRILLIC}]+", re.IGNORECASE)
SLUG_LENGTH = 63


def romanise(text: str) -> str:
    """«Шепетівка» → Shepetivka, «Згурівка» → Zghurivka; what is not Ukrainian stays."""
    return WORD.sub(lambda match: _romanise_word(match[0]), text)


def _romanise_word(word: str) -> str:
    small = word.lower()
    latin = [ROMANISED[letter] for letter in small]
    latin[0] = AT_THE_BEGINNING.get(small[0], latin[0])
    for place in range(1, len(small)):
        if pair := PAIRS.get(small[place - 1 : place + 1]):
            latin[place] = pair.removeprefix(latin[place - 1])
    return "".join(
        new.capitalize() if old.isupper() else new for old, new in zip(word, latin, strict=True)
    )


def propose_slug(title: str) -> str:
    """What a layer of this title may be called in addresses; empty where no letter is left."""
    return _join(title, "-")


def propose_name(title: str) -> str:
    """What a field of this title may be called; empty where no letter is left."""
    return _join(title, "_")


def _join(title: str, joint: str) -> str:
    """«š» of another language is an «s»: its mark goes."""
    parts = unicodedata.normalize("NFD", romanise(title).lower())
    plain = "".join(each for each in parts if not unicodedata.combining(each))
    return APART.sub(joint, plain).strip(joint)[:SLUG_LENGTH].rstrip(joint)

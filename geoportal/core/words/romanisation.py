"""Ukrainian in Latin letters by Cabinet resolution 55 of 27.01.2010, and names made of it."""

import re

CYRILLIC = "абвгґдеєжзиіїйклмнопрстуфхцчшщюяь'’ʼ"
LATIN = "a,b,v,h,g,d,e,ie,zh,z,y,i,i,i,k,l,m,n,o,p,r,s,t,u,f,kh,ts,ch,sh,shch,iu,ia,,,,"
# One value for each letter.
ROMANISED = dict(zip(CYRILLIC, LATIN.split(","), strict=True))
AT_THE_BEGINNING = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
# «зг» is not «ж».
PAIRS = {"зг": "zgh"}
APART = re.compile(r"[^a-z0-9]+")
WORD = re.compile(f"[{CYRILLIC}]+")
SLUG_LENGTH = 63


def romanise(text: str) -> str:
    """Small letters; what is not Ukrainian stays."""
    return WORD.sub(lambda match: _romanise_word(match[0]), text.lower())


def _romanise_word(word: str) -> str:
    first = AT_THE_BEGINNING.get(word[0])
    rest = word[1:] if first else word
    for pair, latin in PAIRS.items():
        rest = rest.replace(pair, latin)
    return (first or "") + "".join(ROMANISED.get(letter, letter) for letter in rest)


def propose_slug(title: str) -> str:
    """What a layer of this title may be called in addresses; empty where no letter is left."""
    return _cut(APART.sub("-", romanise(title)).strip("-"))


def propose_name(title: str) -> str:
    """What a field of this title may be called; empty where no letter is left."""
    return _cut(APART.sub("_", romanise(title)).strip("_"))


def _cut(name: str) -> str:
    return name[:SLUG_LENGTH].rstrip("-_")

"""Two keys of a word: how it is written, and how it sounds in either alphabet."""

import re
from functools import lru_cache

APOSTROPHES = "'’‘`´′ʹʼ"
LOOKALIKES = str.maketrans("abcehikmoptxyґё", "авсенікмортхуге", APOSTROPHES)
OTHER = re.compile(r"[\W_]+")
SLASH = re.compile(r"(?<=\d)\s*/\s*(?=\d)")
OTHER_OF_LINE = re.compile(r"[^\w/]+|_+|(?<!\d)/|/(?!\d)")
LETTER = re.compile(r"(?<!\S)(\d+(?:/\d+)?) ([а-яєії])(?!\S)")
LATIN = re.compile(r"[a-z]")
UNFOLDED = str.maketrans("авсенікмортху", "abcehikmoptxy")
CYRILLIC = "абвгдеєжзиіїйклмнопрстуфхцчшщюяыэьъ"
HEARD = "a,b,v,h,d,e,ie,zh,z,i,i,i,i,k,l,m,n,o,p,r,s,t,u,f,h,ts,ch,sh,shch,iu,ia,i,e,,"
SOUNDS = str.maketrans(dict(zip(CYRILLIC, HEARD.split(","), strict=True)))
LATIN_SOUNDS = str.maketrans({"y": "i", "j": "i", "w": "v", "g": "h", "q": "k", "x": "ks"})
DOUBLED = re.compile(r"(.)\1+")


def fold(text: str) -> str:
    """As `layers_fold` of the database: without case, apostrophes and Latin look-alikes."""
    return OTHER.sub(" ", text.lower().translate(LOOKALIKES)).strip()


def fold_line(text: str) -> str:
    """As `layers_fold_line` of the database: `fold`, and «12 / 2» is `12/2`, «59-А» is `59а`."""
    joined = SLASH.sub("/", text.lower().translate(LOOKALIKES))
    return LETTER.sub(r"\1\2", OTHER_OF_LINE.sub(" ", joined).strip())


@lru_cache(maxsize=16_384)
def sound(word: str) -> str:
    """As `layers_sound` of the database: «шевченка», shevchenka and «шэвчэнка» are one.

    `word` is folded: one that holds Latin letters gets back those that were taken for Cyrillic.
    """
    if LATIN.search(word):
        heard = word.translate(UNFOLDED).replace("kh", "h").translate(LATIN_SOUNDS)
    else:
        heard = word.translate(SOUNDS)
    return DOUBLED.sub(r"\1", heard.replace("ie", "e"))

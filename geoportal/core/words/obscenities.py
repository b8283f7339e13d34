"""Obscene words in what people write: Ukrainian, Russian as it is heard here, plain English.

A finding is a question to a person, never a refusal of a report. Better one word too few than a
question at every «хліб», «себе» or «підорвали»: what is merely rude («лайно», «бляха») and what has
an innocent namesake («сук» of a tree but for its one sharp form) is left alone. Letters that look
alike in other alphabets and a star for a letter count as what they stand for.
"""

import re
from collections.abc import Iterator

# One letter for one, so that places in the text stay what they are.
LOOKALIKES = str.maketrans("AaBEeHIiKkMmOoPpCcTtXxYy03ёЁ@", "АаВЕеНІіКкМмОоРрСсТтХхУу" + "ОЗеЕа")
BEFORE, AFTER = r"(?<!\w)", r"\w{0,20}(?!\w)"
MASK = r"[*#]+"

STEMS = (
    # After these prefixes, if any.
    r"(?:а|ви|вы|до|за|на|ні|ни|о|об|од|от|пере|по|при|про|роз|раз|рас|с|у)?х[у*#][йяїєю]",
    r"(?:на|по|о|а)ху[еи]",
    r"(?:ви|вы|від|до|за|на|не|о|от|пере|під|по|про|роз|раз|рас|с|у)?п[иіы*#]зд",
    r"(?:в|ви|від|до|за|з|на|об|пере|під|по|про|роз|у)?[’'ʼ]?[єї]б[аеєиіїлунс]",
    r"(?:вы|долбо|за|на|об|от|пере|по|под|при|про|раз|рас|съ|у)?еб(?:а[лнт]|л[аио]|у[тч]|ись|ит[еь])",
    r"(?:від|за|на|об|по|роз|при)?йоб",
    r"до[вл]бо(?:й?об|[еє]б)",
    r"му(?:да[кч]|дил|дозвон)",
    r"зал[уо]п",
    r"г[ао]ндон",
    r"шлюх",
    r"курв",
    r"г[іоа*#]вн[оаюяіие]",
    r"п[еи]д[ао]р(?:а[сз]|н)",
    r"сучар",
)
WHOLE = (
    r"бля(?:д\w{1,6}|т|ть)?",
    r"с[у*#]ка",
    r"суко",
    r"сукин\w{1,3}",
    r"п[еи]д[ао]р(?:и|ів)?",
    r"манда",
    rf"бл?{MASK}[дт]ь",
    rf"п{MASK}ц",
)
LATIN = (
    r"(?:mother)?f[u*#]ck\w{0,10}", r"shit(?:s|ty)?", r"bitch(?:es|y)?", r"assholes?", r"cunts?",
    r"(?:na|po)?hu[yij](?:nya|ovo)?", r"pizd\w{1,8}", r"bl[iy]a[dt]\w{0,2}", r"suka",
)  # fmt: skip
CYRILLIC_WORDS = re.compile(
    rf"{BEFORE}(?:(?:{'|'.join(STEMS)}){AFTER}|(?:{'|'.join(WHOLE)})(?!\w))", re.IGNORECASE
)
LATIN_WORDS = re.compile(rf"{BEFORE}(?:{'|'.join(LATIN)})(?!\w)", re.IGNORECASE)


def find_obscenities(text: str) -> Iterator[tuple[int, int]]:
    """Where they stand, in characters; in the order of the text, none overlapping."""
    end = 0
    found = [match.span() for match in CYRILLIC_WORDS.finditer(text.translate(LOOKALIKES))]
    found += [match.span() for match in LATIN_WORDS.finditer(text)]
    for start, stop in sorted(found):
        if start >= end:
            yield start, stop
            end = stop

"""Typefaces as they are served: what style sheets ask for, and nothing else."""

from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

from geoportal.core.static_files.font_cutting import Face, cut_font, list_faces

FILES = Path(settings.BASE_DIR) / "node_modules/@fontsource-variable/onest/files"
CYRILLIC = FILES / "onest-cyrillic-wght-normal.woff2"
TOKENS = Path(settings.BASE_DIR) / "geoportal/interface/static/interface/css/tokens.css"
SHEET = """
@font-face {
  font-weight: 400 700; src: url("../letters.woff2") format("woff2");
  unicode-range: U+0410-044F, U+2116;
}
@font-face { src: url("../whole.woff2"); font-family: B; }
"""
UKRAINIAN = "АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯабвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
ENGLISH = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
SIGNS = "«»„“”’'–—…№%()/.,:;!?+-\u00a0\u2009°×·ʼ"


def test_a_face_is_cut_to_the_letters_and_weights_of_its_sheet():
    (face,) = list_faces("town/css/page.css", SHEET)
    assert face == Face("town/letters.woff2", frozenset([*range(0x410, 0x450), 0x2116]), (400, 700))
    whole = CYRILLIC.read_bytes()
    cut = cut_font(whole, face)
    font = TTFont(BytesIO(cut))
    assert set(font.getBestCmap()) == face.letters
    (axis,) = font["fvar"].axes
    assert (axis.axisTag, axis.minValue, axis.maxValue) == ("wght", 400, 700)
    assert "kern" in {each.FeatureTag for each in font["GPOS"].table.FeatureList.FeatureRecord}
    assert len(cut) < 0.7 * len(whole)


def test_the_same_face_is_the_same_bytes_so_that_its_name_stays():
    (face,) = list_faces("town/css/page.css", SHEET)
    whole = CYRILLIC.read_bytes()
    assert cut_font(whole, face) == cut_font(whole, face)


@pytest.mark.parametrize("text", [UKRAINIAN, ENGLISH, SIGNS])
def test_pages_have_every_letter_of_their_languages_in_one_of_their_faces(text):
    shown: set[str] = set()
    for face in list_faces("interface/css/tokens.css", TOKENS.read_text(encoding="utf-8")):
        letters = TTFont(FILES / Path(face.name).name).getBestCmap()
        shown |= {chr(each) for each in face.letters if each in letters}
    assert set(text) - shown == set()


def test_figures_of_one_width_are_kept():
    for face in list_faces("interface/css/tokens.css", TOKENS.read_text(encoding="utf-8")):
        if ord("0") in face.letters:
            font = TTFont(BytesIO(cut_font((FILES / Path(face.name).name).read_bytes(), face)))
            features = font["GSUB"].table.FeatureList.FeatureRecord
            assert "tnum" in {each.FeatureTag for each in features}
            return
    pytest.fail("no face has figures")

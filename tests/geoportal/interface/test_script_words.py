"""Words that a page brings for its scripts: those they say, in the page's language."""

import json

import pytest
from django.utils import translation

from geoportal.interface.jscatalog import get_script_words, read_modules
from tests.house.project import PACKAGES, list_files, read

MAP = "web/js/map/main.mjs"


def test_a_page_brings_the_words_of_its_own_scripts_in_its_language():
    with translation.override("uk"):
        words, all_words = get_script_words(MAP), get_script_words()
    assert words["Close the card"] == "Закрити картку"
    assert words.items() <= all_words.items()
    assert "Describe what is wrong." in all_words
    assert "Describe what is wrong." not in words
    with translation.override("en"):
        assert get_script_words(MAP).keys() <= words.keys()


def test_what_a_script_loads_later_has_its_words_too():
    modules = read_modules(MAP)
    assert "mapkit/js/engine.mjs" in modules
    assert not [name for name in modules if name.startswith("vendor/")]
    with translation.override("uk"):
        assert "Map of the community" in get_script_words(MAP)


def test_a_module_that_is_not_there_is_no_page_without_words():
    with pytest.raises(LookupError, match=r"web/js/gone\.mjs"):
        get_script_words("web/js/gone.mjs")


def test_every_word_stands_in_a_module_as_a_page_looks_for_it():
    text = "\n".join(read(path) for path in list_files(".mjs", folders=PACKAGES))
    with translation.override("uk"):
        words = get_script_words()
    assert [word for word in words if json.dumps(word, ensure_ascii=False) not in text] == []

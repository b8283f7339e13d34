"""Digests tell texts apart by all their bytes, and are the same whatever is around them."""

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from importers.loading.digests import LONGEST, PEEKED, digest_texts, fold

TEXTS = st.lists(st.text(max_size=40), min_size=1, max_size=10)


def digest(texts):
    return digest_texts(pa.array(texts, pa.string())).tolist()


@given(TEXTS)
def test_two_texts_share_a_digest_only_where_they_are_equal(texts):
    assert len(set(digest(texts))) == len(set(texts))


@given(TEXTS)
def test_a_text_has_one_digest_in_any_array(texts):
    alone = [digest([text])[0] for text in texts]
    assert digest(texts) == alone
    whole = pa.array(["before", *texts, "after"], pa.string())
    assert digest_texts(whole.slice(1, len(texts))).tolist() == alone
    assert digest_texts(pa.array(texts, pa.large_string())).tolist() == alone


def test_texts_of_every_length_differ():
    texts = ["a" * size for size in range(LONGEST + 20)] + ["a" * size + "b" for size in range(600)]
    assert len(set(digest(texts))) == len(texts)


def test_many_equal_texts_have_the_digests_of_one():
    words = ["Дуб", "Клен", None]
    column = [words[row % 3] for row in range(4 * PEEKED)]
    assert set(digest(column)) == {digest([word or ""])[0] for word in words}


def test_the_digests_stay_what_they_were():
    """They are kept in databases: where this must change, `known.VERSION` is raised."""
    assert digest(["", "1", "вулиця Соборна, 5"]) == PINNED


PINNED = [17622499632041950570, 12441605248340124539, 6265353436595164865]


def test_the_order_of_what_is_folded_counts():
    x, y = (np.array(digest([text]), np.uint64) for text in "xy")
    assert len({int(fold(*pair)[0]) for pair in ((x, y), (y, x), (x, x), (y, y))}) == 4

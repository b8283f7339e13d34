"""The coding of an answer is the one that the client wants most."""

import pytest

from geoportal.core.http.codings import choose_coding, weigh_coding

OFFERED = ("zstd", "br", "gzip")


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        ("", "identity"),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("GZIP;Q=1.0 , br ; q=0.5", "gzip"),
        ("br;q=0.9, gzip;q=0.8, zstd;q=0", "br"),
        ("zstd;q=0.000, br;q=0.0, gzip;q=0", "identity"),
        ("deflate, compress", "identity"),
        ("*", "zstd"),
        ("zstd;q=0, *;q=0.1", "br"),
        ("identity, gzip;q=0.5", "identity"),
        ("identity;q=0.5, gzip", "gzip"),
        ("identity;q=0", "identity"),
        ("gzip;q=nine, br", "br"),
        ("gzip;q=7", "gzip"),
        (";;,,;q=1,gzip", "gzip"),
    ],
)
def test_the_coding_of_most_weight_is_chosen(header, chosen):
    assert choose_coding(header, OFFERED) == chosen


def test_what_is_refused_weighs_nothing_however_it_is_written():
    for refusal in ("gzip;q=0", "gzip; q=0.0", "gzip ;q=0.000", "br", "*;q=0"):
        assert weigh_coding(refusal, "gzip") == 0

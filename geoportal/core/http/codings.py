"""Content codings that a client takes, by its own weights (RFC 9110, 12.4.2 and 12.5.3)."""

from functools import lru_cache

from django.utils.http import parse_header_parameters

IDENTITY = "identity"


@lru_cache(maxsize=512)
def weigh_codings(accept_encoding: str) -> dict[str, float]:
    """Weights from 0 to 1 by coding, `*` among them; what cannot be read counts for nothing."""
    weights: dict[str, float] = {}
    for part in accept_encoding.lower().split(","):
        coding, parameters = parse_header_parameters(part)
        if not coding:
            continue
        try:
            weight = float(parameters.get("q", 1))
        except ValueError:
            continue
        weights[coding] = min(max(weight, 0.0), 1.0)
    return weights


def weigh_coding(accept_encoding: str, coding: str) -> float:
    """How much the client wants this coding; 0: not at all."""
    weights = weigh_codings(accept_encoding)
    return weights.get(coding, weights.get("*", 0.0))


@lru_cache(maxsize=512)
def choose_coding(accept_encoding: str, offered: tuple[str, ...]) -> str:
    """The coding that the client wants most, of equal ones the first offered; else `identity`.

    A client that refuses `identity` as well is sent it all the same: a tile is better than 406.
    """
    best = max(offered, key=lambda coding: weigh_coding(accept_encoding, coding))
    weight = weigh_coding(accept_encoding, best)
    wants_plain = weigh_codings(accept_encoding).get(IDENTITY, 0.0) > weight
    return best if weight > 0 and not wants_plain else IDENTITY

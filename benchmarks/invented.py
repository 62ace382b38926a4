"""The words of invented news: everyday English and made-up words with their inflected forms, people, outlets, tags."""

from __future__ import annotations

from functools import cache
from itertools import islice, product
from typing import Final

import numpy as np

__all__ = ["OUTLETS", "ROLES", "STATUSES", "TAGS", "YEARS", "people", "vocabulary"]

_SIZE: Final = 150_000
_SEED: Final = 7

_EVERYDAY = (
    "the of to and in a that is for on said with was it by as from has its will be at he are not an have they were "
    "but which his had or this their who after also been would one more about than when there we new up over out all "
    "some year government people last two could into other first if no what may against percent minister state "
    "country before between officials president her during told now since most while should under them so years made "
    "three trade you can she him well talks only because security police such law national members week world public "
    "days political including leader court through these group international like region million according where both "
    "many statement being report market part former military foreign time however economic four day support companies "
    "month five take next still any policy meeting power city election plan those service off going very long another "
    "good work house party called down end energy prices early even without must make second six agreement team "
    "pressure area help back set come growth several past bank much capital right local home least number away money "
    "high decision "
)

_ONSETS = "b br c ch cl d dr f fl g gr h j k kl l m n p pl pr qu r s sh sk st t tr v w z"
_VOWELS = ["a", "e", "i", "o", "u"] * 20 + ["ai", "ea", "ou"] * 7 + ["é", "ö"]
_CODAS = ["", "", "", "n", "r", "l", "s", "t", "nd", "rk", "m", "st"]
_ENDINGS = (("s", 3.0), ("ed", 5.0), ("ing", 5.0), ("er", 12.0), ("ation", 16.0))
"""What a word may go on with, and how much rarer it is then."""

OUTLETS = (
    "Meridian", "Osk Courier", "Tavria Today", "Lemna Post", "The Harbour", "Northern Wire", "Daily Sound",
    "Evening Ledger", "Valley Press", "Kestrel News", "The Almanac", "Radio Velm", "Coastline", "Agora",
    "Signal", "The Dispatch", "Vantage", "City Herald", "Prime Source", "The Observer of Lund",
)  # fmt: skip
YEARS = range(2016, 2028)
STATUSES = ("new", "queued", "checking", "in-review", "settled", "not-checkable", "dropped")
ROLES = (
    "analyst",
    "adviser",
    "spokesman",
    "fellow",
    "professor",
    "negotiator",
    "governor",
    "lawyer",
    "mayor",
    "engineer",
)
TAGS = tuple(
    f"{one}-{other}"
    for one, other in product(
        ("grain", "water", "port", "loan", "border", "rail"), ("deal", "dispute", "figures", "promise", "vote", "audit")
    )
)


@cache
def vocabulary() -> tuple[str, ...]:
    """All words, those that are used most first."""
    dice = np.random.default_rng(_SEED)
    everyday = _EVERYDAY.split()
    bases = [*everyday, *_pronounceable(dice, _SIZE // 3)]
    ranks = {base: float(rank) for rank, base in enumerate(bases)}
    for base, (ending, rarer) in product(bases[len(everyday) // 2 :], _ENDINGS):
        ranks.setdefault(base + ending, ranks[base] * rarer * float(dice.uniform(0.5, 2.0)))
    return tuple(sorted(ranks, key=ranks.__getitem__)[:_SIZE])


@cache
def people() -> tuple[str, ...]:
    """Those who are quoted, the most quoted first."""
    dice = np.random.default_rng(_SEED + 1)
    names = [word.capitalize() for word in _pronounceable(dice, 2000) if len(word) > 3]
    pairs = zip(dice.choice(names[:200], 6000), dice.choice(names[200:], 6000), strict=True)
    return tuple(islice(dict.fromkeys(f"{first} {last}" for first, last in pairs), 3000))


def _pronounceable(dice: np.random.Generator, count: int) -> list[str]:
    """So many different made-up words, the shorter ones rather before the longer ones."""
    found: dict[str, None] = {}
    everyday = set(_EVERYDAY.split())
    for syllables in (1, 2, 2, 3, 2, 3, 3, 3, 3, 3, 3, 3, 3):
        parts = [dice.choice(part, (count, syllables)) for part in (_ONSETS.split(), _VOWELS, _CODAS)]
        found.update((word, None) for word in map("".join, np.stack(parts, axis=2).reshape(count, -1).tolist()))
        if syllables == 1:
            found = dict.fromkeys(word for word in found if len(word) > 2 and word not in everyday)
    return list(islice(found, count))

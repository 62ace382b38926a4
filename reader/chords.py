"""What keys mean that belong together: a count, then one key, or a chord of keys.  Nothing here knows of a widget.

A chord is written as its keys' names with `~` between them; `letter` stands for any letter or digit: `m~letter`.
"""

from __future__ import annotations

from collections.abc import Collection

from annotations.frozen import frozen

__all__ = ["ANY", "MOST", "Astray", "Begun", "Typed", "begins", "follow"]

ANY = "letter"
"""In a chord: any letter or digit."""

MOST = 9999
"""The highest count; what is typed beyond it stays there."""


@frozen
class Begun:
    """What was typed so far of something that wants more.

    Attributes:
        count: the count, 0 without one.
        keys: the chord so far, empty without one.
    """

    count: int = 0
    keys: str = ""

    def __bool__(self) -> bool:
        return bool(self.count or self.keys)


@frozen
class Typed:
    """Something whole.

    Attributes:
        key: the key, or the chord as it is bound.
        count: how often, 0 if that was not said.
        letter: what was typed where the chord takes any letter.
    """

    key: str = ""
    count: int = 0
    letter: str = ""


@frozen
class Astray:
    """A key that does not follow: of the chord so far, and its name."""

    keys: str
    key: str


def begins(keys: str, bound: Collection[str]) -> list[str]:
    """Those of the `bound` keys that are chords and go on from `keys`."""
    return [chord for chord in bound if chord.startswith(f"{keys}~")]


def follow(begun: Begun, key: str, bound: Collection[str], *, counts: bool) -> Begun | Typed | Astray:
    """What has been typed when `key` comes after what was begun.

    Args:
        begun: what was typed before; falsy when nothing was.
        key: the name of the key.
        bound: every key and chord that means something here.
        counts: whether digits are counts here.
    """
    if begun and key == "escape":
        return Begun()
    if not begun.keys and counts and key.isascii() and key.isdigit() and (key != "0" or begun.count):
        return Begun(min(begun.count * 10 + int(key), MOST))
    keys = f"{begun.keys}~{key}" if begun.keys else key
    if begins(keys, bound):
        return Begun(begun.count, keys)
    if not begun.keys or keys in bound:
        return Typed(keys, begun.count)
    if len(key) == 1 and key.isalnum() and f"{begun.keys}~{ANY}" in bound:
        return Typed(f"{begun.keys}~{ANY}", begun.count, key)
    return Astray(begun.keys, key)

"""Names of people: when two are the same, and what an author's id is made of."""

from __future__ import annotations

import unicodedata

from annotations.fold import search_fold_str

__all__ = ["begins", "fold_name", "slug"]


def fold_name(name: str) -> str:
    """What all spellings of a name have in common: "Kim Jong-un" and "KIM Jong Un" give the same.

    Case, accents, apostrophes, and what stands between the words do not count.  A name of nothing but punctuation
    stays as it is, so that two of them are not taken for one.
    """
    folded = search_fold_str(name).replace("'", "")
    words = "".join(one if unicodedata.category(one)[0] in "LMN" else " " for one in folded).split()
    return " ".join(words) or name.strip()


def begins(typed: str, *names: str) -> bool:
    """Whether one of the names has a word that begins as typed, in whatever spelling."""
    wanted = fold_name(typed)
    return any(f" {fold_name(name)}".find(f" {wanted}") >= 0 for name in names if name)


def slug(name: str) -> str:
    """An author's id from a name: lower-case ASCII letters, digits and dashes; empty when the name has none of them."""
    folded = search_fold_str(name).replace("'", "").encode("ascii", "ignore").decode()
    return "-".join("".join(one if one.isalnum() else " " for one in folded).split())

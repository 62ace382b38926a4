"""Saying where an annotation's passage stands now, so that it is placed from there: a person's act, never a guess."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from annotations.anchor import describe
from annotations.fold import fold_str
from annotations.verdicts import digest

if TYPE_CHECKING:
    from annotations.model import Annotation

__all__ = ["reads_the_same", "rebase"]


def rebase(annotation: Annotation, text: str, start: int, end: int) -> Annotation:
    """The annotation with another anchor, and all else as it was.

    If the text was reworded since, the words that were quoted go to `quote.was`.  What was retired no longer is.
    Verdicts hold on where the passage reads as it did when they were given, whatever became of its blanks, quotes and
    dashes; where it does not they are stale.

    Args:
        annotation: as it is.
        text: the article's text as it is now.
        start: where the passage begins in it, in code points.
        end: where it ends, exclusive.

    Raises:
        ValueError: there is no such passage.
    """
    quote, position = describe(text, start, end)
    before = annotation.quote
    reworded = position.text != annotation.position.text and not reads_the_same(before.exact, quote.exact)
    moved = replace(
        annotation,
        quote=replace(
            before,
            exact=quote.exact,
            was=(*before.was, before.exact) if reworded and before.exact else before.was,
            prefix=quote.prefix,
            suffix=quote.suffix,
            occurrence=replace(before.occurrence, index=quote.occurrence.index, count=quote.occurrence.count),
        ),
        position=replace(annotation.position, start=start, end=end, text=position.text),
        retired="",
    )
    return _with_verdicts(annotation, moved) if reads_the_same(before.exact, quote.exact) else moved


def reads_the_same(one: str, other: str) -> bool:
    """Whether two passages differ in blanks, quotes, dashes and the like at most."""
    return fold_str(one).strip() == fold_str(other).strip()


def _with_verdicts(before: Annotation, after: Annotation) -> Annotation:
    """`after` with the verdicts that stood on `before`, now on it."""
    was, now = digest(before), digest(after)
    if was == now:
        return after
    return replace(after, reviews=tuple(replace(one, of=now) if one.of == was else one for one in after.reviews))

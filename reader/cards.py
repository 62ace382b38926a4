"""What the margin and the drawer say of one annotation, as lines; and nothing about where they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from annotations.frozen import frozen
from reader.amiss import undecided
from reader.showing import DIM, columns, fit, joined, shown

if TYPE_CHECKING:
    from annotations.model import Annotation, Claim
    from reader.glyphs import Glyphs

__all__ = ["Card", "card_lines", "headline"]

_ODD = {"moved": "moved", "edited": "words changed", "ambiguous": "several places", "orphan": "not in the text"}


@frozen
class Card:
    """One annotation as it stands now.

    Attributes:
        annotation: the annotation.
        state: how its passage was found, as in `annotations.anchor.State`.
        unsaved: whether the disk does not hold it yet.
    """

    annotation: Annotation
    state: str = "same"
    unsaved: bool = False


def headline(annotation: Annotation, signs: Glyphs) -> Content:
    """Glyph and the one thing that tells it apart: the speaker of a claim, the author of anything else."""
    glyph = shown(signs.kinds.get(annotation.kind, "?"), "bold $accent")
    speaker = annotation.claim.speaker if annotation.claim else ""
    if speaker:
        return glyph + " " + shown(speaker, "bold")
    return glyph + " " + shown(annotation.kind) + shown(f" {signs.dot} {annotation.author}", DIM)


def card_lines(
    card: Card, width: int, signs: Glyphs, *, expanded: bool, name_of: Callable[[str], str] = str
) -> list[Content]:
    """The card's lines, each of at most `width` cells: all there is to say when expanded, else one or two.

    Args:
        card: what to show.
        width: cells to fill.
        signs: the glyphs to use.
        expanded: whether it is the current one.
        name_of: what to call another annotation, by its id.
    """
    if not expanded:
        return list(_short(card, width, signs))
    head, *rest = _long(card, signs, name_of, width)
    return [head, *(Content("  ") + line for part in rest for line in part.wrap(max(width - 2, 1)))]


def _short(card: Card, width: int, signs: Glyphs) -> Iterator[Content]:
    annotation = card.annotation
    yield columns(headline(annotation, signs), _flag(card, signs) or _status_glyph(annotation.claim, signs), width)
    line = annotation.note or (annotation.claim.text if annotation.claim else "") or ", ".join(annotation.tags)
    if line:
        yield fit(Content("  ") + shown(" ".join(line.split()), DIM), width)


def _long(card: Card, signs: Glyphs, name_of: Callable[[str], str], width: int) -> Iterator[Content]:
    annotation = card.annotation
    claim = annotation.claim
    by = shown(f"{annotation.author} {annotation.created[:10]}", DIM)
    yield columns(headline(annotation, signs), shown(claim.form if claim else annotation.created[:10], DIM), width)
    if claim:
        yield from _claim(claim, signs, width)
    if annotation.tags:
        yield shown(", ".join(annotation.tags), "$primary")
    if annotation.conflicts:
        yield shown(f"{undecided(annotation)} (! decides)", "$warning")
    for line in annotation.note.splitlines():
        yield shown(line)
    for relation in annotation.relations:
        yield shown(f"{signs.relation} {relation.type} {name_of(relation.to)}", DIM)
    for reply in annotation.replies:
        yield shown(f"{signs.reply} {reply.author}: ", "bold") + shown(reply.note)
    for review in annotation.reviews:
        sign = signs.verdicts.get(review.verdict, "?")
        yield shown(f"{sign} {review.verdict} {signs.dot} {review.author}", DIM)
    foot = joined([by if claim and claim.speaker else Content(""), _flag(card, signs)])
    if foot.plain:
        yield foot


def _claim(claim: Claim, signs: Glyphs, width: int) -> Iterator[Content]:
    sides = joined([shown(f"{one.value} {signs.dot} {one.toward}".strip(f" {signs.dot}")) for one in claim.stance])
    status = shown(f"{signs.statuses.get(claim.status, '?')} {claim.status}", DIM) if claim.status else Content("")
    who = shown(claim.affiliation, DIM)
    if sides.plain and who.plain:
        yield who
    if (left := sides if sides.plain else who).plain or status.plain:
        yield columns(left, status, width - 2)
    if claim.text:
        yield shown(claim.text, "italic")


def _status_glyph(claim: Claim | None, signs: Glyphs) -> Content:
    return shown(signs.statuses.get(claim.status, ""), DIM) if claim else Content("")


def _flag(card: Card, signs: Glyphs) -> Content:
    if card.unsaved:
        return shown(f"{signs.unsaved} not saved", "bold $error")
    odd = ["undecided" if card.annotation.conflicts else "", _ODD.get(card.state, "")]
    return shown(", ".join(filter(None, odd)), "$warning")

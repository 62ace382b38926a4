"""What the margin and the drawer say of one annotation, as lines; and nothing about where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from textual.content import Content

from annotations.frozen import frozen, late
from annotations.model import Reply
from reader.amiss import undecided
from reader.dates import ago
from reader.linked import Link
from reader.noted import gist, paragraphs
from reader.showing import DIM, columns, dotted, fit, joined, shown
from reader.threads import thread

if TYPE_CHECKING:
    from datetime import date

    from annotations.model import Annotation, Claim
    from annotations.verdicts import Standing
    from reader.glyphs import Glyphs

__all__ = ["Card", "Drawn", "Part", "draw", "headline"]

_ODD = {"moved": "moved", "edited": "words changed", "ambiguous": "several places", "orphan": "not in the text"}
_AROUND = 4
"""How many of the words that stayed are shown beside those that changed."""
_DEEPEST = 3
"""How far replies to replies are set in; deeper ones stand below each other."""

Part: TypeAlias = Link | Reply
"""What of a card can be gone to by itself."""


@frozen
class Card:
    """One annotation as it stands now.

    Attributes:
        annotation: the annotation.
        state: how its passage was found, as in `annotations.anchor.State`.
        unsaved: whether the disk does not hold it yet.
        now: the words that stand now where it was made, if they are others.
    """

    annotation: Annotation
    state: str = "same"
    unsaved: bool = False
    now: str = ""


@late
class Drawn:
    """A card as lines.

    Attributes:
        lines: from the top.
        belongs: for each line the number of the part it belongs to, from 1; 0 is the card itself.
        parts: its relations and replies, in the order of their lines.
    """

    lines: list[Content] = field(default_factory=list)
    belongs: list[int] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    def add(self, lines: Sequence[Content], part: Part | None = None) -> None:
        """Lines of the card itself, or of a part."""
        if part is not None:
            self.parts.append(part)
        self.lines += lines
        self.belongs += [0 if part is None else len(self.parts)] * len(lines)

    def span(self, part: int) -> tuple[int, int]:
        """The lines of a part, or of the card above its first part: from and to, the end exclusive."""
        if part == 0:
            return 0, next((at for at, one in enumerate(self.belongs) if one), len(self.lines))
        own = [at for at, one in enumerate(self.belongs) if one == part]
        return own[0], own[-1] + 1


def headline(annotation: Annotation, signs: Glyphs) -> Content:
    """Glyph and the one thing that tells it apart: the speaker of a claim, the author of anything else."""
    return _glyph(annotation, signs) + " " + _name(annotation, signs)


def draw(
    card: Card,
    width: int,
    signs: Glyphs,
    *,
    expanded: bool,
    links: Sequence[Link] = (),
    today: date | None = None,
) -> Drawn:
    """The card's lines, each of at most `width` cells: all there is to say when expanded, else one or two.

    Args:
        card: what to show.
        width: cells to fill.
        signs: the glyphs to use.
        expanded: whether it is the current one.
        links: its relations, in and out.
        today: the day that lately is counted from; without it dates are plain.
    """
    drawn = Drawn()
    if expanded:
        _expand(drawn, card, links, _Pen(width, signs, today))
    else:
        drawn.add(list(_short(card, width, signs, links)))
    drawn.lines = [fit(line, width) if line.cell_length > width else line for line in drawn.lines]
    return drawn


def _glyph(annotation: Annotation, signs: Glyphs) -> Content:
    return shown(signs.kinds.get(annotation.kind, "?"), "bold $accent")


def _name(annotation: Annotation, signs: Glyphs) -> Content:
    speaker = annotation.claim.speaker if annotation.claim else ""
    if speaker:
        return shown(speaker, "bold")
    return shown(annotation.kind) + shown(f" {signs.dot} {annotation.author}", DIM)


def _head(annotation: Annotation, right: Content, width: int, signs: Glyphs) -> list[Content]:
    """Who it is, with something at the right; a name that is too long for that goes on below, in whole words."""
    whole = headline(annotation, signs)
    if whole.cell_length + right.cell_length + 2 * bool(right.plain) <= width:
        return [columns(whole, right, width)]
    lines = _name_lines(annotation, width, signs)
    if lines[-1].cell_length + right.cell_length + 2 > width:
        return [*lines, Content("  ") + right]
    return [*lines[:-1], columns(lines[-1], right, width)]


def _name_lines(annotation: Annotation, width: int, signs: Glyphs) -> list[Content]:
    speaker = annotation.claim.speaker if annotation.claim else ""
    parts = [shown(speaker, "bold")] if speaker else [shown(annotation.kind), shown(annotation.author, DIM)]
    first, *rest = dotted(parts, signs.dot, max(width - 2, 1))
    return [_glyph(annotation, signs) + " " + first, *(Content("  ") + line for line in rest)]


def _short(card: Card, width: int, signs: Glyphs, links: Sequence[Link]) -> Iterator[Content]:
    annotation = card.annotation
    counts = [(signs.reply, len(annotation.replies)), (signs.relation, len(links))]
    flags = [
        *(shown(f"{sign}{count}", DIM) for sign, count in counts if count),
        _flag(card, signs) or _status_glyph(annotation.claim, signs),
    ]
    right = joined(flags, " ")
    head = _head(annotation, right, width, signs)
    if len(head) > 1:  # the flags go where there is room for them
        head = _name_lines(annotation, width, signs)[:2]
        at = next((at for at, line in enumerate(head) if line.cell_length + right.cell_length + 2 <= width), -1)
        head[at] = columns(head[at], right, width)
        yield from head
        return
    yield from head
    line = gist(annotation.note) or (annotation.claim.text if annotation.claim else "") or ", ".join(annotation.tags)
    if line:
        yield fit(Content("  ") + shown(" ".join(line.split()), DIM), width)


class _Pen(NamedTuple):
    """What cards are written with."""

    width: int
    signs: Glyphs
    today: date | None

    @property
    def room(self) -> int:
        """Cells of a line that is set in under the first."""
        return max(self.width - 2, 1)

    def ago(self, created: str) -> str:
        return ago(created, self.today)


def _expand(drawn: Drawn, card: Card, links: Sequence[Link], pen: _Pen) -> None:
    annotation, signs, room = card.annotation, pen.signs, pen.room
    drawn.add(_long_head(annotation, pen))
    if card.now or annotation.quote.was:
        drawn.add(_set_in([line for part in _reworded(card) for line in part.wrap(room)]))
    for part in _body(annotation, pen):
        drawn.add(_set_in(part.wrap(room)))
    for paragraph in paragraphs(annotation.note, signs.dot):
        drawn.add(_set_in(paragraph.wrap(room)))
    drawn.add(_set_in(_signature(card, pen)))
    for link in links:
        drawn.add(_set_in(_relation(link, pen)), link)
    for depth, reply in thread(annotation.replies):
        drawn.add(_set_in(_reply(depth, reply, pen)), reply)
    if annotation.reviews:
        from annotations.verdicts import standing

        for verdict in standing(annotation):
            drawn.add(_set_in(_verdict(verdict, pen)))


def _long_head(annotation: Annotation, pen: _Pen) -> list[Content]:
    """Who it is; beside it the affiliation, if both have room on a line."""
    claim, width = annotation.claim, pen.width
    right = shown(claim.form if claim else pen.ago(annotation.created), DIM)
    who = shown(claim.affiliation if claim else "", DIM)
    left = headline(annotation, pen.signs)
    whole = joined([left, who], f" {pen.signs.dot} ")
    if who.plain and whole.cell_length + right.cell_length + 2 <= width:
        return [columns(whole, right, width)]
    return [*_head(annotation, right, width, pen.signs), *_set_in(who.wrap(pen.room) if who.plain else [])]


def _body(annotation: Annotation, pen: _Pen) -> Iterator[Content]:
    """What is not settled; sides, tags and status, on one line if there is room; the claim in other words."""
    if annotation.conflicts:
        yield shown(f"{undecided(annotation)} (! decides)", "$warning")
    claim, signs = annotation.claim, pen.signs
    tags = shown(", ".join(annotation.tags), "$primary")
    stance = claim.stance if claim else ()
    each = [[shown(part) for part in (one.value, one.toward) if part] for one in stance]
    sides = [joined([Content(f" {signs.dot} ").join(parts) for parts in each])]
    if sides[0].cell_length > pen.room:
        sides = [line for parts in each for line in dotted(parts, signs.dot, pen.room)]
    status = claim.status if claim else ""
    state = shown(f"{signs.statuses.get(status, '?')} {status}", DIM) if status else Content("")
    lines = [one for one in (*sides, tags) if one.plain]
    if sum(one.cell_length + 2 for one in (*lines, state)) <= pen.room + 2:
        lines = [joined(lines)] if lines else []
    if state.plain:
        fitting = (at for at, one in enumerate(lines) if one.cell_length + state.cell_length + 2 <= pen.room)
        at = next(fitting, len(lines))
        lines[at : at + 1] = [columns(lines[at], state, pen.room) if at < len(lines) else state]
    yield from lines
    if claim and claim.text:
        yield shown(claim.text, "italic")


def _reworded(card: Card) -> Iterator[Content]:
    """That other words stand there now, or did when somebody accepted them; and which."""
    from reader.wording import compared

    quote = card.annotation.quote
    if card.now:
        yield shown("the wording that was quoted changed (X repairs)", "$warning")
        yield compared(quote.exact, card.now, around=_AROUND, folded=True)
    else:
        yield shown("reworded since it was quoted", DIM)
        yield compared(quote.was[-1], quote.exact, around=_AROUND, folded=True)


def _verdict(verdict: Standing, pen: _Pen) -> list[Content]:
    """Who judged it how; and when, or that it is no longer what was judged."""
    review = verdict.review
    sign = pen.signs.verdicts.get(review.verdict, "?")
    when = shown("stale: changed since", "$warning") if verdict.stale else shown(pen.ago(review.created), DIM)
    said = [shown(f"{sign} {review.verdict}", DIM), shown(review.author, DIM), when]
    words = [line for one in paragraphs(review.note, pen.signs.dot) for line in one.wrap(max(pen.room - 2, 1))]
    return [*dotted([one for one in said if one.plain], pen.signs.dot, pen.room), *_set_in(words)]


def _signature(card: Card, pen: _Pen) -> list[Content]:
    """Whose it is and since when, where the head does not say it; and what is the matter with it."""
    one = card.annotation
    said = one.claim is not None and one.claim.speaker
    by = [shown(one.author, DIM), shown(pen.ago(one.created), DIM)] if said else []
    lines = dotted([part for part in by if part.plain], pen.signs.dot, pen.room)
    flag = _flag(card, pen.signs)
    if not flag.plain or (card.now and not card.unsaved):  # that its words changed stands above
        return lines
    if lines and lines[-1].cell_length + flag.cell_length + 2 <= pen.room:
        return [*lines[:-1], joined([lines[-1], flag])]
    return [*lines, *flag.wrap(pen.room)]


def _relation(link: Link, pen: _Pen) -> list[Content]:
    sign = pen.signs.coming if link.coming else pen.signs.going
    if not link.path:
        words = shown(f"{link.words} {link.name}: not in the library", "$warning")
        return _led(shown(sign, "$warning"), words, pen.room)
    note = [line for one in paragraphs(link.note, pen.signs.dot) for line in one.wrap(max(pen.room - 2, 1))]
    words = shown(f"{link.words} ", DIM) + shown(link.name)
    said = [fit(_quote(link.quote, pen.signs), max(pen.room - 2, 1))] if link.quote else []
    return [*_led(shown(sign, DIM), words, pen.room), *_set_in([*said, *(line.stylize(DIM) for line in note)])]


def _quote(words: str, signs: Glyphs) -> Content:
    return shown(f"{signs.quotes[0]}{words}{signs.quotes[1]}", DIM)


def _reply(depth: int, reply: Reply, pen: _Pen) -> list[Content]:
    indent = "  " * min(depth, _DEEPEST)
    room = max(pen.room - len(indent), 1)
    when = [shown(pen.ago(reply.created), DIM)] if reply.created else []
    sign, by = shown(pen.signs.reply, "bold"), [shown(reply.author, "bold"), *when]
    said = [line for one in paragraphs(reply.note, pen.signs.dot) for line in one.wrap(max(room - 2, 1))]
    return [Content(indent) + line for line in (*_led_lines(sign, dotted(by, pen.signs.dot, room - 2)), *_set_in(said))]


def _led(sign: Content, words: Content, width: int) -> list[Content]:
    """Words with a sign before them, set in as far as the sign where they go on below."""
    return _led_lines(sign, words.wrap(max(width - sign.cell_length - 1, 1)))


def _led_lines(sign: Content, lines: Sequence[Content]) -> list[Content]:
    first, *rest = lines
    blank = Content(" " * (sign.cell_length + 1))
    return [sign + " " + first, *(blank + line for line in rest)]


def _set_in(lines: Sequence[Content]) -> list[Content]:
    return [Content("  ") + line for line in lines]


def _status_glyph(claim: Claim | None, signs: Glyphs) -> Content:
    return shown(signs.statuses.get(claim.status, ""), DIM) if claim else Content("")


def _flag(card: Card, signs: Glyphs) -> Content:
    if card.unsaved:
        return shown(f"{signs.unsaved} not saved", "bold $error")
    odd = ["undecided" if card.annotation.conflicts else "", _ODD.get(card.state, "")]
    return shown(", ".join(filter(None, odd)), DIM if odd == ["", "moved"] else "$warning")

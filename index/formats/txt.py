"""Plain-text scrapes: a label for every line, and what the page says of itself.

The method is general: words give some furniture away (`furniture`), the body is the run that reads as running text
(`region`), and what stands above, inside and below it is told by its shape.  A site's own rules go first (`sites`).
A page's clock is never taken for a publication date.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from annotations.text import fingerprint
from index.article import Article, Label
from index.formats.byline import byline_of, opening_of
from index.formats.dates import iso_date
from index.formats.furniture import is_caption, known_label, opens_comments, opens_related, stamp_of
from index.formats.lines import Paragraph, blocks_of, paragraphs_of
from index.formats.naming import title_of
from index.formats.region import body_region, is_prose, is_sentence, is_title_like
from index.formats.sites import SITES, Site, site_of

__all__ = ["label_paragraphs", "read_txt"]

_HEADING_WORDS = 14
_SPEECH = ('"', "“", "„", "«", "—")
_OUTSIDE_BODY = frozenset({Label.UI, Label.CREDIT})


def read_txt(path: str, text: str, *, sites: Sequence[Site] = SITES) -> Article:
    """The article in a canonical text.

    Args:
        path: its path in the library; its name is the last resort for a title.
        text: the canonical text.
        sites: rules of single sites; none of them is needed.
    """
    paragraphs = paragraphs_of(text)
    labels = label_paragraphs(paragraphs, site_of(text, sites))
    blocks = blocks_of(paragraphs, labels)
    title, title_from = title_of(text, blocks, path)
    body = next((one.text for one, label in zip(paragraphs, labels, strict=True) if label is Label.BODY), "")
    opening = opening_of(body)
    return Article(
        path=path,
        text=text,
        fingerprint=fingerprint(text),
        blocks=blocks,
        title=title,
        title_from=title_from,
        published=_published(paragraphs, labels) or opening.published,
        agency=opening.agency,
        byline=opening.byline or _byline(paragraphs, labels),
        dateline=opening.dateline,
        tags=_tags(paragraphs, labels),
    )


def label_paragraphs(paragraphs: Sequence[Paragraph], site: Site | None = None) -> list[Label]:
    """The label of each paragraph of a page."""
    known = [_known(paragraph, site) for paragraph in paragraphs]
    first, end = body_region(paragraphs, known)
    if first == end:
        return [label or Label.BODY for label in known]
    first = _skip_lead(paragraphs, first, end)
    end = min(end, _comments_start(paragraphs, first))
    above = _label_above(paragraphs[:first], known[:first])
    inside = _label_inside(paragraphs[first:end], known[first:end])
    return above + inside + _label_below(paragraphs[end:], known[end:])


def _known(paragraph: Paragraph, site: Site | None) -> Label | None:
    by_site = site.label(paragraph.text) if site else None
    if by_site is None and byline_of(paragraph.text):
        return Label.CREDIT
    return by_site or known_label(paragraph.text)


def _skip_lead(paragraphs: Sequence[Paragraph], first: int, end: int) -> int:
    """Where the body really starts: at the dateline, when one of its first paragraphs has one."""
    near = range(first, min(first + 6, end))
    return next((at for at in near if opening_of(paragraphs[at].text).length), first)


def _comments_start(paragraphs: Sequence[Paragraph], first: int) -> int:
    """The paragraph that opens the readers' comments, after a fair amount of body; the end when there is none."""
    seen = 0
    for at, paragraph in enumerate(paragraphs[first:], first):
        if seen >= 100 and opens_comments(paragraph.text):
            return at
        seen += paragraph.words if is_prose(paragraph) else 0
    return len(paragraphs)


def _label_above(paragraphs: Sequence[Paragraph], known: Sequence[Label | None]) -> list[Label]:
    title = _title_at(paragraphs, known)
    labels = []
    for at, (paragraph, label) in enumerate(zip(paragraphs, known, strict=True)):
        if at == title:
            labels.append(Label.TITLE)
        elif label is not None:
            labels.append(label)
        else:
            repeats = title is not None and paragraph.text.startswith(paragraphs[title].text)
            long = paragraph.words >= 8 or is_caption(paragraph.text)
            labels.append(Label.CAPTION if long and not repeats else Label.UI)
    return labels


def _title_at(paragraphs: Sequence[Paragraph], known: Sequence[Label | None]) -> int | None:
    """The title among the lines above the body.

    One that the page repeats; else, of the two nearest that look like a title, the shorter: the other is a caption
    or a standfirst.  Lines of less than five words are taken only when there is no longer one.
    """
    likely = [
        at
        for at, (paragraph, label) in enumerate(zip(paragraphs, known, strict=True))
        if label is None and paragraph.words >= 3 and is_title_like(paragraph) and not is_caption(paragraph.text)
    ]
    texts = sorted(paragraphs[at].text for at in likely)
    copied = {text for text, after in pairwise(texts) if after.startswith(text)}
    if repeated := [at for at in likely if paragraphs[at].text in copied]:
        return repeated[-1]
    nearest = [at for at in likely if paragraphs[at].words >= 5][-2:] or likely[-1:]
    return min(reversed(nearest), key=lambda at: paragraphs[at].words, default=None)


def _label_inside(paragraphs: Sequence[Paragraph], known: Sequence[Label | None]) -> list[Label]:
    labels = [label or Label.BODY for label in known]
    following: Paragraph | None = None
    for at in range(len(paragraphs) - 1, -1, -1):
        if known[at] is not None:
            continue
        if following is not None and _heads(paragraphs[at], following):
            labels[at] = Label.HEADING
        following = paragraphs[at]
    for at, (above, below) in enumerate(pairwise(labels)):
        if above is below is Label.HEADING:
            labels[at] = Label.BODY
    return labels


def _heads(paragraph: Paragraph, following: Paragraph) -> bool:
    """Whether a paragraph is a heading over the next one: short, like a title, and followed by running text."""
    speech = paragraph.text.startswith(_SPEECH)
    if speech or is_prose(paragraph) or not is_title_like(paragraph, _HEADING_WORDS):
        return False
    return is_prose(following) or is_sentence(following)


def _label_below(paragraphs: Sequence[Paragraph], known: Sequence[Label | None]) -> list[Label]:
    labels: list[Label] = []
    comments = related = False
    for paragraph, label in zip(paragraphs, known, strict=True):
        comments = comments or opens_comments(paragraph.text)
        section = opens_related(paragraph.text)
        related = (related or section) and label is None
        labels.append(Label.UI if comments else label or _below(paragraph, related=related))
        related = related or labels[-1] is Label.RELATED
    return labels


def _below(paragraph: Paragraph, *, related: bool) -> Label:
    """The label of a paragraph under the body that its words do not give away; `related` follows other headlines."""
    if _tag_list(paragraph.text):
        return Label.TAGS
    if related or (paragraph.words >= 4 and is_title_like(paragraph)):
        return Label.RELATED
    return Label.BODY if is_sentence(paragraph) or paragraph.words >= 20 else Label.UI


def _tag_list(text: str) -> tuple[str, ...]:
    """The items of a line that is a list of tags; empty when it is none.

    At least three short items between commas with no full stop, or any after a word that says what they are.
    """
    word, colon, rest = text.partition(":")
    if colon and word.casefold() in {"tags", "topics", "keywords", "tagged", "filed under"}:
        return tuple(item.strip() for item in rest.replace("#", "").split(",") if item.strip())
    items = [item.strip() for item in text.split(",")]
    if len(items) < 3 or text.endswith((".", "!", "?")) or not all(items):
        return ()
    words = [len(item.split()) for item in items]
    prose = max(words) > 6 or sum(words) > 3 * len(words) or items[-1].casefold().startswith(("and ", "or "))
    return () if prose else tuple(items)


def _tags(paragraphs: Sequence[Paragraph], labels: Sequence[Label]) -> tuple[str, ...]:
    lists = (_tag_list(one.text) for one, label in zip(paragraphs, labels, strict=True) if label is Label.TAGS)
    return tuple(dict.fromkeys(tag for tags in lists for tag in tags))


def _byline(paragraphs: Sequence[Paragraph], labels: Sequence[Label]) -> str:
    named = (byline_of(one.text) for one, label in zip(paragraphs, labels, strict=True) if label is Label.CREDIT)
    return next((names for names in named if names), "")


def _published(paragraphs: Sequence[Paragraph], labels: Sequence[Label]) -> str | None:
    """The date that a line outside the body calls the date of publication, or None."""
    for paragraph, label in zip(paragraphs, labels, strict=True):
        if label in _OUTSIDE_BODY and (printed := stamp_of(paragraph.text)):
            return iso_date(printed)
    return None

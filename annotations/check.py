"""What is wrong with sidecars: findings with stable ids, a level, a line, and what to do.  Pure.

`RULES` is the whole list; `docs/check.md` explains each.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from annotations.anchor import Placed, State
from annotations.frozen import frozen
from annotations.model import FORMS, KINDS, RELATION_TYPES, STANCES, STATUSES, VERDICTS, Annotation, Sidecar
from annotations.names import fold_name
from annotations.plainly import short
from annotations.repair import is_retired
from annotations.text import fingerprint
from annotations.verdicts import missing, standing

if TYPE_CHECKING:
    from annotations.codebook import Codebook
    from annotations.policy import Policy

__all__ = ["RULES", "Anchor", "Finding", "Rule", "check_sidecar"]


_ROOM = 80  # code points of a quotation in a message


@frozen
class Rule:
    """A kind of finding: its stable id, its name, how bad it is, and what it means in one sentence."""

    id: str
    name: str
    level: str
    about: str


_RULES = (
    Rule("P001", "unreadable", "error", "The file is no sidecar postil can read; it is left as it is."),
    Rule("P002", "damaged", "error", "An entry is no annotation; it is kept, and shown to nobody."),
    Rule("P003", "no-article", "error", "The article that the sidecar belongs to is not there."),
    Rule("P010", "orphan", "error", "The passage is gone from the article."),
    Rule("P011", "ambiguous", "error", "The passage may be any of several places in the article."),
    Rule("P012", "edited", "error", "Other words stand where the passage was."),
    Rule("P013", "moved", "note", "The article changed; the passage was found again elsewhere."),
    Rule("P014", "misplaced", "warning", "The quote does not stand at its position, though the article is as it was."),
    Rule("P020", "conflict", "error", "A merge left something to decide."),
    Rule("P021", "dangling-relation", "error", "A relation leads to an annotation that is nowhere in the library."),
    Rule("P022", "duplicate", "note", "Two annotations say the same of the same passage."),
    Rule("P030", "unknown-word", "warning", "A word stands where only those of a closed list may."),
    Rule("P031", "unknown-tag", "warning", "The codebook has no such tag."),
    Rule("P032", "unknown-speaker", "warning", "`people` in postil.yaml has nobody of that name."),
    Rule("P033", "no-speaker", "note", "A claim does not say who made it."),
    Rule("P040", "stale-verdict", "warning", "The annotation was changed after it was judged."),
    Rule("P041", "rejected", "warning", "A reviewer rejects the annotation, or wants it worked on."),
    Rule("P042", "not-reviewed", "warning", "The library's policy asks for more accepted verdicts."),
)
RULES: dict[str, Rule] = {rule.name: rule for rule in _RULES}
"""Every rule by its name."""
_OF_ANCHORS = frozenset({"orphan", "ambiguous", "edited", "moved", "misplaced"})


@frozen
class Anchor:
    """What became of an annotation's passage.

    Attributes:
        placed: where it stands, how it was found, and how sure that is.
        words: what stands there; empty where it stands nowhere.
    """

    placed: Placed
    words: str


@frozen(kw_only=True)
class Finding:
    """Something that is wrong, and where.

    Attributes:
        rule: what kind of thing.
        path: of the file, from the library's root.
        line: in that file, from 1.
        message: what it is, a sentence without a full stop; may hold foreign text.
        annotation: the id of the annotation, or empty.
        anchor: what became of its passage, where that is what is wrong.
    """

    rule: Rule
    path: str
    line: int = 1
    message: str
    annotation: str = ""
    anchor: Anchor | None = None


def check_sidecar(
    path: str,
    data: bytes,
    sidecar: Sidecar,
    placed: Iterable[Placed],
    *,
    text: str = "",
    codebook: Codebook,
    policy: Policy,
    known: Collection[str],
) -> Iterator[Finding]:
    """All findings in one sidecar, in the order of its lines.

    Args:
        path: the sidecar's, from the library's root.
        data: its bytes.
        sidecar: what they say.
        placed: its annotations in the article as it is; none when there is no article.
        text: the article's.
        codebook: the library's people and tags; one without any of them allows all.
        policy: what the library asks of reviews.
        known: the ids of all annotations of the library.
    """
    lines = _Lines(data)
    findings = [Finding(rule=RULES["damaged"], path=path, line=one.line, message=one.reason) for one in sidecar.damaged]
    if sidecar.article.get("conflicts"):
        findings.append(
            Finding(rule=RULES["conflict"], path=path, line=lines.of("conflicts"), message="about the article itself")
        )
    now = fingerprint(text)
    places = {one.annotation.id: Anchor(one, text[one.start or 0 : one.end or 0]) for one in placed}
    twins = _twins(sidecar)
    for one in sidecar.annotations:
        told = [
            *_anchor(places.get(one.id), now),
            *_left(one, known, twins),
            *_words(one),
            *_names(one, codebook),
            *_reviews(one, policy),
        ]
        findings += [
            Finding(
                rule=RULES[name],
                path=path,
                line=lines.of(one.id),
                message=message,
                annotation=one.id,
                anchor=places.get(one.id) if name in _OF_ANCHORS else None,
            )
            for name, message in told
        ]
    yield from sorted(findings, key=lambda one: (one.line, one.rule.id))


class _Lines:
    """Where ids stand in a file."""

    def __init__(self, data: bytes) -> None:
        self._numbers: dict[str, int] = {}
        for number, line in enumerate(data.decode(errors="replace").split("\n"), 1):
            key, colon, value = line.strip().removeprefix("- ").partition(":")
            if colon:
                self._numbers.setdefault(value.strip(" \"'") if key == "id" else key, number)

    def of(self, name: str) -> int:
        return self._numbers.get(name, 1)


_Told = Iterator[tuple[str, str]]


def _anchor(anchor: Anchor | None, now: str) -> _Told:
    """What is wrong with an anchor in the text whose fingerprint is `now`."""
    if anchor is None or is_retired(anchor.placed):
        return
    placed = anchor.placed
    one, quoted = placed.annotation, f"“{short(placed.annotation.quote.exact, _ROOM)}”"
    if placed.state is State.EDITED:
        quoted = f"{quoted} now reads “{short(anchor.words, _ROOM)}”"
    if placed.state is not State.SAME:
        yield placed.state, f"{quoted}: {placed.reason or placed.state}"
    elif one.position.text == now and (one.position.start, one.position.end, one.quote.exact) != (
        placed.start,
        placed.end,
        anchor.words,
    ):
        yield "misplaced", f"{quoted}: {placed.reason or 'it stands elsewhere'}"


def _left(one: Annotation, known: Collection[str], twins: Mapping[str, str]) -> _Told:
    if one.conflicts:
        yield "conflict", f"undecided: {', '.join(one.conflicts)}"
    for relation in one.relations:
        if relation.to not in known:
            yield "dangling-relation", f"{relation.type} {relation.to}"
    if one.id in twins:
        yield "duplicate", f"the same as {twins[one.id]}"


def _words(one: Annotation) -> _Told:
    """Words that are not of their list, of those that have one."""
    claim = one.claim
    given: list[tuple[str, str, tuple[str, ...]]] = [("kind", one.kind, KINDS)]
    given += [("relation", each.type, RELATION_TYPES) for each in one.relations]
    given += [("verdict", each.verdict, VERDICTS) for each in one.reviews]
    if claim:
        given += [("form", claim.form, FORMS), ("status", claim.status, STATUSES)]
        given += [("stance", each.value, STANCES) for each in claim.stance]
    for field, word, allowed in given:
        if word and word not in allowed:
            yield "unknown-word", f"{field} {word!r} is none of {', '.join(allowed)}"


def _names(one: Annotation, codebook: Codebook) -> _Told:
    codes = {code.id for code in codebook.codes}
    for tag in one.tags:
        if codes and tag not in codes:
            yield "unknown-tag", tag
    if one.kind == "claim" and not (one.claim and one.claim.speaker):
        yield "no-speaker", f"“{short(one.quote.exact, _ROOM)}”"
    elif one.claim and one.claim.speaker and codebook.people and codebook.person(one.claim.speaker) is None:
        yield "unknown-speaker", one.claim.speaker


def _reviews(one: Annotation, policy: Policy) -> _Told:
    for each in standing(one):
        said = f"{each.review.verdict} by {each.review.author}"
        if each.stale:
            yield "stale-verdict", f"{said}, and changed since"
        elif each.review.verdict != "accepted":
            yield "rejected", f"{said}: {short(each.review.note, _ROOM)}" if each.review.note else said
    if lacking := missing(one, policy):
        yield "not-reviewed", f"{lacking} accepted verdict{'s' * (lacking > 1)} to go"


def _twins(sidecar: Sidecar) -> dict[str, str]:
    """For each annotation that repeats one before it, that one's id."""
    seen: dict[tuple[object, ...], str] = {}
    twins: dict[str, str] = {}
    for one in sidecar.annotations:
        speaker = fold_name(one.claim.speaker) if one.claim else ""
        key = (one.author, one.kind, one.position.start, one.position.end, one.quote.exact, speaker, one.note)
        if key in seen:
            twins[one.id] = seen[key]
        seen.setdefault(key, one.id)
    return twins

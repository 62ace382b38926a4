"""How well annotations are found again: each of them placed on every later version that git has of its article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotations.anchor import Placed, State, place
from annotations.history import Versions, texts, walked
from annotations.rebase import reads_the_same
from annotations.text import fingerprint

if TYPE_CHECKING:
    from annotations.git import Git
    from annotations.model import Annotation
    from index.library import Library

__all__ = ["Rates", "Report", "against_history"]

_SECONDS = 600.0
_OVERLAP = 0.5  # of two spans' union, from which they are about the same passage


@dataclass(slots=True)
class Rates:
    """What became of passages, counted by state; and how many were put on other words, where that can be told."""

    states: Counter[State] = field(default_factory=Counter)
    wrong: int = 0


@dataclass(slots=True)
class Report:
    """The rates over all versions.

    Attributes:
        versions: texts that annotations were placed on.
        annotations: those that were placed at all.
        unknown: those that were not: the text they were made on is in no version, or in none but the last.
        aligned: with the text that they were made on.  Wrong is what is said to be the same words, and is not.
        words: by their words alone.  Wrong is what stands elsewhere than when aligned.
        cut: why there may be more versions, by article.
    """

    versions: int = 0
    annotations: int = 0
    unknown: int = 0
    aligned: Rates = field(default_factory=Rates)
    words: Rates = field(default_factory=Rates)
    cut: dict[str, str] = field(default_factory=dict)


def against_history(
    library: Library,
    git: Git,
    annotated: Iterable[tuple[str, tuple[Annotation, ...]]],
    report: Report,
    progress: Callable[[], None],
) -> None:
    """Fill the report.  Whoever interrupts it has what was counted until then.

    Args:
        library: the library.
        git: its repository.
        annotated: articles and the annotations on them.
        report: what is counted into.
        progress: called after each article.
    """
    for path, made in annotated:
        versions = walked(git, (library.root / path).relative_to(git.top).as_posix(), Versions(), _SECONDS)
        if versions.cut:
            report.cut[path] = versions.cut
        placed = _placed(texts(git, versions), made, report)
        report.annotations += len(placed)
        report.unknown += len(made) - len(placed)
        progress()


def _placed(versions: Iterator[str], annotations: tuple[Annotation, ...], report: Report) -> set[str]:
    """Place the annotations on the versions, oldest first; gives the ids of those that were."""
    made_on = {one.position.text for one in annotations}
    known: dict[str, str] = {}
    done: set[str] = set()
    for text in versions:
        waiting = [one for one in annotations if one.position.text in known]
        if waiting:
            report.versions += 1
            done |= {one.id for one in waiting}
            _count(text, place(text, waiting, known), place(text, waiting), report)
        mark = fingerprint(text)
        if mark in made_on:
            known[mark] = text
    return done


def _count(text: str, aligned: Iterable[Placed], by_words: Iterable[Placed], report: Report) -> None:
    for one, other in zip(aligned, by_words, strict=True):
        report.aligned.states[one.state] += 1
        report.words.states[other.state] += 1
        report.aligned.wrong += _is_other(text, one)
        report.words.wrong += one.state is not State.AMBIGUOUS and other.start is not None and not _agree(one, other)


def _is_other(text: str, placed: Placed) -> bool:
    said = placed.state in {State.SAME, State.MOVED}
    return said and not reads_the_same(placed.annotation.quote.exact, text[placed.start or 0 : placed.end or 0])


def _agree(one: Placed, other: Placed) -> bool:
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return False
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared >= _OVERLAP * (max(one.end, other.end) - min(one.start, other.start))

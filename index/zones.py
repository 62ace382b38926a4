"""The parts of a document that a word can stand in: one character each, as the index keeps it after every word.

They are control characters: they sort before whatever a word can hold, so that all zones of a word follow each other,
and then all words that go on from it.
"""

from __future__ import annotations

from index.article import FURNITURE, Label

__all__ = ["AFFILIATION", "BYLINE", "LABELS", "NOTE", "SPEAKER", "TAG", "TITLE", "WEIGHTS", "ZONES"]

LABELS = {label: chr(1 + at) for at, label in enumerate(Label)}
"""The text of an article, or an annotation's passage, by the label of the block."""

TITLE, BYLINE, TAG, SPEAKER, NOTE, AFFILIATION = (chr(1 + len(LABELS) + at) for at in range(6))
ZONES = (*LABELS.values(), TITLE, BYLINE, TAG, SPEAKER, NOTE, AFFILIATION)
WEIGHTS = {TITLE: 2.0} | {LABELS[label]: 0.5 for label in FURNITURE}
"""What a word counts for the ranking by where it stands; 1 everywhere else."""

"""The record's closed vocabularies.  Anything else in a sidecar is a finding, never a refusal to load.

They stand apart from the record so that a command line's `--help` can list them without building it.
"""

from __future__ import annotations

__all__ = ["FORMS", "KINDS", "LEVELS", "RELATION_TYPES", "STANCES", "STATUSES", "VERDICTS"]

KINDS = ("highlight", "note", "question", "claim")
FORMS = ("direct", "indirect", "mixed", "narration", "headline")
STANCES = ("for", "against", "neutral", "unclear")
STATUSES = ("new", "queued", "checking", "in-review", "settled", "not-checkable", "dropped")
RELATION_TYPES = ("supports", "contradicts", "rebuts", "undercuts", "repeats", "updates", "quotes", "context")
VERDICTS = ("accepted", "rejected", "needs-work")
LEVELS = ("note", "warning", "error")
"""How bad a finding is, mildest first."""

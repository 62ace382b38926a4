"""The reading pane's model of a text: rows of cells, folds and marks, free of any screen.

Offsets are code points of the text; sizes are terminal cells.
"""

from __future__ import annotations

from reader.layout.buckets import Buckets, Mark, Span
from reader.layout.folds import Fold, folds
from reader.layout.rows import Layout, Row

__all__ = ["Buckets", "Fold", "Layout", "Mark", "Row", "Span", "folds"]

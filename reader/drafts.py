"""What a form is open for: the key by which its draft is kept."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Work"]


@dataclass(frozen=True, slots=True)
class Work:
    """Something to be said of a passage.

    Attributes:
        path: the article, from the library's root.
        start: offset in code points.
        end: offset in code points, exclusive.
        kind: of annotation, or `reply`.
        annotation: the id of the one being edited or replied to, empty for a new one.
    """

    path: str
    start: int
    end: int
    kind: str
    annotation: str = ""

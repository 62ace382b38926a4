"""Classes that are parts of another one: what would be one long class is a chain of short ones, each with one idea."""

from __future__ import annotations

from typing import Any

__all__ = ["Parted"]


class Parted:
    """A class of Textual's whose parts it need not know."""

    def __init_subclass__(cls, *, part: bool = False, **options: Any) -> None:
        """Have Textual take stock of the class, unless it is a part of another and nothing is made of it alone.

        Textual looks through all that a class has and inherits; of a chain of parts only the last one needs that.  A
        part has no styles of its own.
        """
        if not part:
            super().__init_subclass__(**options)

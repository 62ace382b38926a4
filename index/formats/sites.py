"""What single sites print, as data.  The general method works without it; a row only adds precision.

To add a site: a sign that only its pages have, and whole-line patterns with the label each gets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotations.frozen import frozen
from index.article import Label

__all__ = ["SITES", "Site", "site_of"]


@frozen
class Site:
    """One site's own furniture.

    Attributes:
        name: what a person calls it.
        signs: words of which one stands anywhere in the text of its pages, and on no other's.
        lines: patterns of whole lines, and the label of each.
    """

    name: str
    signs: tuple[str, ...]
    lines: tuple[tuple[re.Pattern[str], Label], ...]

    def label(self, text: str) -> Label | None:
        """The label of a line by this site's rules, or None."""
        return next((label for pattern, label in self.lines if pattern.fullmatch(text)), None)


SITES: tuple[Site, ...] = (
    Site(
        name="Sputnik",
        signs=("(Sputnik)", "Comment via Sputnik"),
        lines=(
            (re.compile(r"\d{1,2}:\d{2} GMT.{0,30}"), Label.CLOCK),
            (re.compile(r"Listen Live|Get short URL|\d+ \d+ \d+"), Label.UI),
            (re.compile(r"©\s.{1,120}"), Label.CREDIT),
            (re.compile(r"Community standards.*|Comment via .*"), Label.UI),
        ),
    ),
)


def site_of(text: str, sites: Sequence[Site] = SITES) -> Site | None:
    """The site whose sign the text carries, or None."""
    return next((site for site in sites if any(sign in text for sign in site.signs)), None)

"""Memory that is free again goes back to the system; the C library keeps it, for every thread that ever worked."""

from __future__ import annotations

from contextlib import suppress

__all__ = ["give_back"]


def give_back() -> None:
    """Give back what nobody uses any more, where the C library can be asked to (glibc)."""
    from ctypes import CDLL

    with suppress(OSError, AttributeError, TypeError):  # TypeError: Windows has no library without a name
        CDLL(None).malloc_trim(0)

"""The errors a person sees: what, where, what to do.  Caught once, at the edge (command line, screen)."""

from __future__ import annotations

TYPE_CHECKING = False  # as typing has it; importing typing and pathlib would double the time of `postil --version`
if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["InputError", "NotFoundError", "PostilError", "UsageError"]


class PostilError(Exception):
    """Base of all errors that are shown in one line.

    Attributes:
        what: what went wrong, a clause without a final full stop; may hold foreign text (shown through `display`).
        path: the file it went wrong in, if any.
        line: the line in that file, counted from 1, if known.
        hint: what to do about it, a clause; may be empty.
        exit_code: the command line's exit status for it.
    """

    exit_code = 3

    def __init__(self, what: str, *, path: Path | str | None = None, line: int | None = None, hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.path = path
        self.line = line
        self.hint = hint

    def __str__(self) -> str:
        where = "" if self.path is None else f"{self.path}: " if self.line is None else f"{self.path}:{self.line}: "
        return f"{where}{self.what}{f'; {self.hint}' if self.hint else ''}"


class NotFoundError(PostilError):
    """What was asked for is not there (exit 1)."""

    exit_code = 1


class UsageError(PostilError):
    """The call itself makes no sense (exit 2)."""

    exit_code = 2


class InputError(PostilError):
    """A file, or the environment, cannot be used as it is (exit 3)."""

"""The person's own editor: the screen is handed to it, and taken back when it ends.

What is typed there is never lost: a text that cannot be taken over stays in its file, and the person is told where.
"""

from __future__ import annotations

import os
import secrets
import shlex
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from annotations.errors import InputError, PostilError
from annotations.frozen import frozen
from reader.config import state_path
from reader.messages import Said

if TYPE_CHECKING:
    from textual.app import App

__all__ = ["Editor", "edit_file", "edit_text", "editor"]

_PLUS = frozenset((
    "emacs", "emacsclient", "joe", "jmacs", "jstar", "kak", "mg", "micro", "nano", "ne",
    "nvi", "nvim", "pico", "rnano", "rvim", "vi", "view", "vim", "vis", "zile",
))  # fmt: skip
"""Editors that take `+line` before the file."""

_USUAL = ("editor", "nano", "vim", "vi")
"""What is asked for, in this order, where nobody named one."""

_COLON = frozenset(("hx", "helix", "subl", "zed"))
"""Editors that take `file:line`."""

_OWN_WINDOW = {
    "code": "--wait", "codium": "--wait", "gedit": "--wait", "kate": "--block",
    "mate": "--wait", "subl": "--wait", "zed": "--wait",
}  # fmt: skip
"""Editors that end at once unless they are told to wait, and how they are told."""


@frozen
class Editor:
    """A command that edits a file, and the variable that named it, or `PATH` where none did."""

    words: tuple[str, ...]
    source: str

    @property
    def name(self) -> str:
        """The program's own name, without its folder."""
        named = Path(self.words[0])
        if named.name == "editor":  # on Debian a link to the one that was chosen
            named = Path(shutil.which(named) or named).resolve()
        return named.name.split(".")[0]  # vim.basic is vim

    def command(self, path: Path, line: int | None = None) -> list[str]:
        """The call that edits that file, at a line (counted from 1) where the editor is known to take one."""
        file = str(path.absolute())  # from the root on: never mistaken for an option
        if line and self.name in _PLUS:
            return [*self.words, f"+{line}", file]
        if line and self.name in _COLON:
            return [*self.words, f"{file}:{line}"]
        if line and self.name in ("code", "codium"):
            return [*self.words, "--goto", f"{file}:{line}"]
        return [*self.words, file]

    @property
    def warning(self) -> str:
        """What to add to the variable, for an editor that would end before anything is typed."""
        option = _OWN_WINDOW.get(self.name, "")
        waits = not option or any(word in (option, "-w", "-b") for word in self.words[1:])
        return "" if waits else f"; {self.source} should be {self.name} {option}, so that postil can wait for it"


def editor() -> Editor:
    """The person's editor: $VISUAL, else $EDITOR, else the first of a few that is there.

    Raises:
        InputError: what is set makes no command, or nothing is set and there is none.
    """
    for source in ("VISUAL", "EDITOR"):
        said = os.environ.get(source, "").strip()
        if said:
            try:
                words = shlex.split(said)
            except ValueError as error:
                raise InputError(f"{source} makes no command: {error}", hint=f"it is {said}") from error
            return Editor(tuple(words), source)
    for name in _USUAL:
        if found := shutil.which(name):
            return Editor((found,), "PATH")
    raise InputError("no editor is set", hint="set VISUAL or EDITOR to one before postil starts: export EDITOR=nano")


async def edit_text(app: App[object], text: str, suffix: str = ".md") -> str | None:
    """Let the person edit a text in their editor; `suffix` tells the editor what it is.

    Gives None, and says why, when there is nothing new: it was left as it was, or the editor could not do it.
    """
    try:
        path = _private_file(text, suffix)
    except OSError as error:
        _say(app, f"the editor has no file to work on: {error}", loud=True)
        return None
    problem = _run(app, path, None)
    try:
        after: str | None = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        after, problem = None, problem or f"what the editor wrote cannot be read: {error}"
    if after is not None and not text.endswith("\n"):
        after = after.removesuffix("\n")  # most editors end a file so, unasked
    if problem and after != text:
        _say(app, f"{problem}; what was written is kept in {path}", loud=True)
        return None
    with suppress(OSError):
        path.unlink()
    if problem or after == text:
        _say(app, problem or f"left as it was{_warning()}", loud=bool(problem))
        return None
    return after


async def edit_file(app: App[object], path: Path, line: int | None = None) -> bool:
    """Open a file in the person's editor, at a line where the editor can do that.

    Gives whether the editor ended well; says why when it did not.
    """
    problem = _run(app, path, line)
    if problem:
        _say(app, problem, loud=True)
    return not problem


def _private_file(text: str, suffix: str) -> Path:
    """A new file that nobody else can read, in the program's own folder, where it outlives a crash."""
    folder = state_path().parent / "editing"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{secrets.token_hex(4)}{suffix}"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
    return path


def _run(app: App[object], path: Path, line: int | None) -> str:
    """Run the editor and wait; gives what went wrong, or nothing.

    It holds up the program's own loop on purpose: nothing may draw while the screen is the editor's.
    """
    try:
        chosen = editor()
    except PostilError as error:
        return str(error)
    try:
        with app.suspend(), _left_to_the_editor():
            problem = _call(chosen, path, line)
    except SuspendNotSupported:
        return "this terminal cannot be handed to an editor"
    return problem


def _call(chosen: Editor, path: Path, line: int | None) -> str:
    try:
        status = subprocess.run(chosen.command(path, line), check=False).returncode
    except OSError as error:
        return f"{chosen.source} names {chosen.words[0]}, which cannot be run: {error.strerror or error}"
    if status:
        how = f"was ended by signal {-status}" if status < 0 else f"ended with status {status}"
        return f"{chosen.name} {how}"
    return ""


@contextmanager
def _left_to_the_editor() -> Iterator[None]:
    """Let the keys that end a program be the editor's alone; it gets them as if it had been started from a shell."""
    before = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGQUIT)}
    for one in before:
        signal.signal(one, lambda *_: None)  # not ignored, as that is what a child would inherit
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _warning() -> str:
    with suppress(PostilError):
        return editor().warning
    return ""


def _say(app: App[object], text: str, *, loud: bool = False) -> None:
    app.screen_stack[0].post_message(Said(text, loud=loud))

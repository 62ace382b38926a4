"""Copying: what is copied, its citation, and the two ways out of the program.

The terminal is asked (OSC 52), which works over ssh but never answers; where the program runs on the person's own
desk, the desk's clipboard is asked too, by a process of its own: it may hang, and it may write to the screen.
"""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

from annotations.frozen import frozen
from reader.entries import STAND_INS

if TYPE_CHECKING:
    from textual.app import App

    from annotations.model import Annotation, Claim
    from index.article import Article

__all__ = ["Quote", "citation", "copy", "quote", "words_of"]

_SECONDS = 2.0
_MUCH = 55_000
"""Bytes from which on some terminals drop what they are asked to copy: 74,994 in base 64."""

_KEPT = "\n\t"
_UNSAFE = {code: None for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in _KEPT}
"""Control characters, which a terminal would obey when they are pasted."""


@frozen
class Quote:
    """Words of an article, and the annotation that they belong to, if they are copied from one; its claim, if any."""

    start: int
    end: int
    annotation: str = ""
    claim: Claim | None = None


def quote(passage: tuple[int, int], mark: tuple[int, int] | None, current: Annotation | None) -> Quote:
    """What is to be copied: the words of the current mark (where it stands, if it does), else the passage."""
    if current is None or mark is None:
        return Quote(*passage)
    return Quote(*mark, current.id, current.claim)


def citation(article: Article, said: Quote) -> str:
    """The words with who said them, and where they come from, as plain text."""
    title = article.title if article.title_from not in STAND_INS else "(no title)"
    known = [title, article.byline, article.agency, article.published or "date unknown", _where(article, said)]
    words = re.sub(r"[ \t\n]+", " ", words_of(article, said))  # a no-break space stays one
    return f"“{words}”\n{_speaker(said.claim)}{'; '.join(filter(None, (*known, said.annotation)))}"


def words_of(article: Article, said: Quote) -> str:
    """The words alone."""
    return article.text[said.start : said.end].translate(_UNSAFE)


def _where(article: Article, said: Quote) -> str:
    """Path and line, counted from 1."""
    return f"{article.path}, line {article.text.count(chr(10), 0, said.start) + 1}"


def _speaker(claim: Claim | None) -> str:
    """Who said it, of what institution, and how; a line of its own, or nothing."""
    if claim is None:
        return ""
    who = ", ".join(filter(None, (claim.speaker or "speaker unknown", claim.affiliation)))
    line = f"— {who}{f' ({claim.form})' if claim.form else ''}".translate(_UNSAFE)
    return re.sub(r"\s+", " ", line) + "\n"


async def copy(app: App[object], text: str) -> str:
    """Copy a text; gives what can truly be said of it."""
    app.copy_to_clipboard(text)
    count = f"{len(text)} character{'s' * (len(text) != 1)}"
    if await asyncio.to_thread(_to_desk, text):
        return f"copied {count} (clipboard)"
    if await asyncio.to_thread(_to_tmux, text):
        return f"copied {count} (tmux; the terminal too, if it allows that)"
    return f"copied {count} (terminal{_doubt(text)})"


def _doubt(text: str) -> str:
    """What may keep the terminal from taking it over; it never says."""
    if os.environ.get("TMUX"):
        return "; tmux may need set-clipboard on"
    if os.environ.get("STY"):
        return "; screen may not pass it on"
    return "; it may not take as much" if len(text.encode()) > _MUCH else "; if it allows that"


def _to_desk(text: str) -> bool:
    """Hand the text to the clipboard of the person's desk, if the program runs there; says whether that was done."""
    far = any(os.environ.get(name) for name in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"))
    desks = ("WAYLAND_DISPLAY", "DISPLAY", "WSL_INTEROP")
    here = sys.platform == "darwin" or any(os.environ.get(name) for name in desks)
    if far or not here:
        return False
    return _takes([sys.executable, "-P", "-X", "utf8", "-m", "pyperclip", "--copy"], text)


def _to_tmux(text: str) -> bool:
    """Hand the text to the tmux around the program, which by itself lets no program in it copy; says if that was done.

    With `-w`, since tmux 3.2, it passes it on to the terminal around it.
    """
    return bool(os.environ.get("TMUX")) and any(
        _takes(["tmux", "load-buffer", *options, "-"], text) for options in (["-w"], [])
    )


def _takes(call: list[str], text: str) -> bool:
    """Whether a program takes the text; nothing is run from the library, by `-P` and by where it is started."""
    try:
        done = subprocess.run(
            call, input=text.encode(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            timeout=_SECONDS, check=False, start_new_session=True, cwd="/",
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0

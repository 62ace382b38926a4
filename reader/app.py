"""The reader: an app that begins with the Read screen, its themes and keys, and what it remembers.

What is where: `commands` has every key, `screens` join panes, `widgets` are the panes, `session` does the work.
"""

from __future__ import annotations

import asyncio
import gc
import signal
import warnings
from contextlib import suppress
from functools import cached_property, partial
from typing import TYPE_CHECKING

from textual.worker import WorkerFailed

from annotations.errors import InputError, PostilError
from reader.commands import rebind
from reader.config import State, config_path
from reader.glyphs import glyphs
from reader.keyboard import Keyboard
from reader.messages import Said, Target
from reader.preferences import amiss, keymap
from reader.screens.read import ReadScreen
from reader.themes import chosen_theme, register_themes

if TYPE_CHECKING:
    from textual.command import Provider
    from textual.driver import Driver

    from reader.session import Session

__all__ = ["Reader", "read"]

_ENDS = (signal.SIGHUP, signal.SIGTERM)
_SIGNALLED = 128
"""What a shell adds to the number of the signal that ended a program."""

_SETTLED = 1.0  # seconds after which the first screen is read, not waited for


def _commands() -> type[Provider]:
    from reader.palette import Commands

    return Commands


class Reader(Keyboard, inherit_css=False):
    """postil on the screen.

    Args:
        session: the library, and who works on it.
        state: what was remembered; brought up to date on the way out.
        target: where to begin instead of where the person was last.
    """

    DEFAULT_CSS = """
    Reader { background: $background; color: $foreground; }
    """

    TITLE = "postil"
    COMMANDS = {_commands}  # noqa: RUF012 - Textual's own way to declare them
    ENABLE_COMMAND_PALETTE = True
    _coloured = False
    COMMAND_PALETTE_BINDING = "ctrl+underscore"  # the table's own binding opens it

    def __init__(self, session: Session, state: State, *, target: Target | None = None) -> None:
        super().__init__()
        self.animation_level = "none"
        self._session = session
        self._state = state
        rebind(keymap(session.settings))
        register_themes(self, session.settings.themes)
        self._begin_with(chosen_theme(self, session.settings.theme, state.theme))
        self._signs = glyphs(session.settings.glyphs)
        self._target = target
        self.failure: Exception | None = None
        self.tour = False
        self.review: tuple[str, ...] | None = None

    def _begin_with(self, theme: str) -> None:
        """Have a theme from the start, where setting one later would parse and apply all styles twice."""
        self._coloured = True
        self.set_reactive(Reader.theme, theme)
        self.stylesheet.set_variables(self.get_css_variables())
        self.set_class(self.current_theme.dark, "-dark-mode", update=False)
        self.set_class(not self.current_theme.dark, "-light-mode", update=False)

    def get_css_variables(self) -> dict[str, str]:
        """The colours; before there is a theme of ours none, since those of Textual's would not be used."""
        return super().get_css_variables() if self._coloured else {}

    def on_ready(self) -> None:
        """Look for garbage from the first paint on.

        Whoever is here for the first time is shown around.
        """
        # What was asked for in the moment of leaving is never begun; Python would say so on the person's terminal.
        warnings.filterwarnings("ignore", "coroutine .* was never awaited", RuntimeWarning)
        if not gc.isenabled():
            self.call_after_refresh(gc.enable)
            self.set_timer(_SETTLED, _look_for_garbage)
        if self.review is not None and isinstance(self.screen, ReadScreen):
            self.call_after_refresh(partial(self.screen.review, self.review, alone=True))
        elif self.tour and isinstance(self.screen, ReadScreen):
            self.call_after_refresh(self.screen.do_tour)

    def get_driver_class(self) -> type[Driver]:
        """Read from and draw on a terminal that may go away."""
        from reader.terminal import Terminal

        return Terminal

    def get_default_screen(self) -> ReadScreen:
        """Begin by reading."""
        return ReadScreen(self._session, self._state, self._signs, target=self._target)

    @cached_property
    def _first_keys(self) -> frozenset[str]:
        from reader.commands import COMMANDS

        return frozenset(key.partition("~")[0] for one in COMMANDS.values() for key in one.keys if "~" in key)

    def may_begin(self, key: str) -> bool:
        """Whether a chord of the table begins with that key."""
        return key in self._first_keys

    def _handle_exception(self, error: Exception) -> None:
        """End in good order; `read` says what happened.  There is no public way to be told of an error.

        By itself Textual prints pages of source and of what variables held, articles among them.
        """
        if self.is_headless:
            super()._handle_exception(error)
            return
        cause = error.error if isinstance(error, WorkerFailed) else error
        self.failure = self.failure or (cause if isinstance(cause, Exception) else error)
        self.exit()

    async def _end(self, sent: int) -> None:
        """Leave as `quit` does, but without asking: nobody may be there to answer."""
        if isinstance(first := self.screen_stack[0], ReadScreen):
            await first.article.settle()
        self.exit(return_code=_SIGNALLED + sent)

    def _told_to_end(self, sent: int) -> None:
        for one in _ENDS:  # often there is more than one, and the next would cut short what is to be saved
            asyncio.get_running_loop().remove_signal_handler(one)
            signal.signal(one, signal.SIG_IGN)
        self.run_worker(self._end(sent))

    def on_mount(self) -> None:
        """Say what of the person's settings cannot be done; the reader goes on without it."""
        for one in () if self.is_headless else _ENDS:
            asyncio.get_running_loop().add_signal_handler(one, self._told_to_end, one)
        if problems := amiss(self._session.settings):
            more = f" (and {len(problems) - 1} more: postil doctor)" if len(problems) > 1 else ""
            said = Said(f"{config_path().name}: {problems[0]}{more}", loud=True)
            self.call_after_refresh(lambda: self.screen.post_message(said))

    def on_unmount(self) -> None:
        """Remember."""
        self._state.theme = self.theme
        with suppress(PostilError):  # the place is lost without harm
            self._state.save()


def _look_for_garbage() -> None:
    """Remove what starting left; what is there then stays, and need not be looked through again."""
    from reader.memory import give_back

    gc.collect()
    gc.freeze()
    give_back()


def read(
    session: Session,
    *,
    article: str | None = None,
    annotation: str | None = None,
    review: tuple[str, ...] | None = None,
) -> int:
    """Open the reader and stay until the person quits.

    Args:
        session: the library, and who works on it.
        article: the path of the article to open, from the library's root.
        annotation: the id of the annotation in it to stand on.
        review: the range to review, as it was named.

    Raises:
        InputError: the reader was ended by a signal, and this could not be saved.
        Exception: the reader has a fault; what was not saved yet has been saved, or is named in it.
    """
    target = Target(article, annotation) if article else None
    state = State.load()
    app = Reader(session, state, target=target)
    app.review = review
    app.tour = session.settings.tour and target is None and not state.toured
    app.run()
    lost = _lost(session) if app.failure or app.return_code else ""
    if app.failure and lost:
        raise RuntimeError(f"{type(app.failure).__name__}: {app.failure}; not saved: {lost}") from app.failure
    if app.failure:
        raise app.failure
    session.close()
    if lost:
        raise InputError(f"not saved: {lost}")
    return app.return_code or 0


def _lost(session: Session) -> str:
    """Try once more to save what is not saved; gives what cannot be, and why."""
    lost = []
    for path in session.unsaved:
        try:
            session.flush(path)
        except Exception as error:  # noqa: BLE001 - something is broken; whatever it is, the rest can still be saved
            lost.append(f"{path}: {error}")
    return ", ".join(lost)

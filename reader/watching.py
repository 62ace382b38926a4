"""Noticing that files of the library change, while they change: told by the system, never by looking again and again.

The folders of the library are watched one by one, those that hold its articles and no others: neither `.git` nor what
git ignores, nor what a link leads to, which may be anything.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from annotations.model import CONFIG_NAME, SIDECAR_SUFFIX
from index.formats import is_article

if TYPE_CHECKING:
    from reader.session import Session

__all__ = ["Watch", "moved"]

_STEP = 200
"""Milliseconds between two looks at whether the system has told anything; that is all that is done when idle."""
_BURST = 1_000
"""Milliseconds for which changes that follow each other closely are told as one."""
_FOREVER = 2**31


class Watch:
    """Watches folders in a thread of its own.

    Args:
        root: the library's folder.
        tell: told the paths of what changed, in that thread; of the root alone when watching has (again) begun.
        trouble: told why nothing more will be noticed.
    """

    def __init__(self, root: Path, tell: Callable[[set[str]], object], trouble: Callable[[str], object]) -> None:
        self._root = root
        self._tell = tell
        self._trouble = trouble
        self._folders: tuple[str, ...] | None = None
        self._stop = threading.Event()

    def follow(self, folders: tuple[str, ...]) -> None:
        """Watch these folders, given from the root on, from now on, and only these."""
        if folders == self._folders:
            return
        self.stop()
        self._folders, self._stop = folders, threading.Event()
        paths = [str(self._root / folder) for folder in folders]
        threading.Thread(target=self._run, args=(paths, self._stop), name="watch", daemon=False).start()

    def stop(self) -> None:
        """Watch no more; the thread ends a moment later."""
        self._stop.set()
        self._folders = None

    def _run(self, paths: list[str], stop: threading.Event) -> None:
        from watchfiles._rust_notify import RustNotify

        try:
            with RustNotify(paths, False, False, 0, False, True) as found:
                self._tell({str(self._root)})
                while not isinstance(changes := found.watch(_BURST, _STEP, _FOREVER, stop), str):
                    self._tell({path for _, path in changes})
        except FileNotFoundError:  # a folder went away while we began; the next look knows which there are
            self._folders = None
            self._tell({str(self._root)})
        except OSError as error:
            self._trouble(_why(error))


def _why(error: OSError) -> str:
    if "limit" in str(error).lower():
        return "the system watches too many files already (inotify’s limit)"
    return f"the library’s folders cannot be watched ({error.strerror or error})"


def moved(session: Session, paths: Iterable[str], folders: Collection[str]) -> bool:
    """Whether something that changed is news: an article, a sidecar or a folder, otherwise than postil left it."""
    news = {_is_news(session, Path(path), folders) for path in paths}
    return True in news


def _is_news(session: Session, path: Path, folders: Collection[str]) -> bool:
    root = session.library.root
    if path == root:
        return True
    if not path.is_relative_to(root) or path.name.startswith("."):
        return False
    inside = path.relative_to(root).as_posix()
    if inside == CONFIG_NAME:
        session.forget_codebook()
        return False
    article = inside.removesuffix(SIDECAR_SUFFIX)
    if is_article(article):
        return not session.catalog.is_current(article)
    folder = os.path.isdir(path) and not os.path.islink(path)  # noqa: PTH112, PTH114 - never raise
    return path.name == CONFIG_NAME or folder != (f"{inside}/" in folders)

"""What was typed and not saved yet, kept on disk while it is typed, so that no end of the program loses it.

Each running reader has a file of its own, in the person's state folder, beside a lock that the system lets go of when
the program ends, however it ends.  The next reader of that library takes over what has no holder any more.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, field, fields
from pathlib import Path
from typing import Any

from annotations.durable import explained, write_atomically
from annotations.errors import InputError
from annotations.frozen import frozen
from annotations.model import Claim, Position, Quote
from annotations.record import node_from, to_record
from reader.config import state_path
from reader.drafts import Draft, Values, Work

__all__ = ["Journal", "Kept"]

_FORMAT = "postil-journal"
_LARGEST = 16 << 20
"""Bytes beyond which a file is no journal."""


@frozen
class Kept:
    """What is not saved.

    Attributes:
        form: what the open form is about, None without one.
        drafts: all that was filled in, that of the open form too; the open form's is to be found by `form`.
        failed: what was entered and may not have been saved.
    """

    form: Work | None = None
    drafts: dict[Work, Draft] = field(default_factory=dict)
    failed: tuple[Work, ...] = ()


class Journal:
    """The journal of one running reader of the library at `root`.

    Methods may be called from any thread.

    Attributes:
        problems: files that could not be understood, and were put aside.
    """

    def __init__(self, root: Path) -> None:
        self._root = os.path.realpath(root)
        self._folder = state_path().parent / "journal" / hashlib.sha256(os.fsencode(self._root)).hexdigest()[:16]
        self._own: Path | None = None
        self._held: dict[Path, int] = {}
        self._written = b""
        self._latest = 0
        self._turn = threading.Lock()
        self.problems: list[Path] = []

    def left(self) -> Kept:
        """What readers that are gone have left; it stays where it is until `keep` has it."""
        drafts: dict[Work, Draft] = {}
        failed: list[Work] = []
        form: Work | None = None
        for path in self._abandoned():
            try:
                kept = _read(path, self._root)
            except (OSError, ValueError, TypeError, AttributeError, RecursionError):
                self._put_aside(path)
                continue
            drafts |= kept.drafts
            failed += kept.failed
            form = kept.form or form
        return Kept(form, drafts, tuple(failed))

    def keep(self, kept: Kept, ticket: int = 0) -> None:
        """Write down what is not saved, in the place of all that was written or taken over before.

        Args:
            kept: all of it.
            ticket: counts up; what comes after something newer, or after the end, is old and not written.

        Raises:
            InputError: it cannot be written.
        """
        data = _written(kept, self._root) if kept.form or kept.drafts else b""
        with self._turn:
            if ticket >= self._latest:
                self._latest = ticket
                self._keep(data)

    def _keep(self, data: bytes) -> None:
        if data == self._written and len(self._held) <= (self._own is not None):
            return
        try:
            if data:
                write_atomically(self._file(), data)
            elif self._own is not None:
                self._own.unlink(missing_ok=True)
            for path in [one for one in self._held if one != self._own]:
                path.unlink(missing_ok=True)
                self._let_go(path)
        except OSError as error:
            raise explained(error, self._folder) from error
        self._written = data

    def close(self) -> None:
        """Let go, and write nothing more; what is written stays for the next reader."""
        with self._turn:
            self._latest = sys.maxsize
            for path in tuple(self._held):
                self._let_go(path, keep_lock=path.exists())

    def _file(self) -> Path:
        """One's own file, made private when it is first needed."""
        if self._own is None:
            for folder in (self._folder.parent.parent, self._folder.parent, self._folder):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self._folder.stat().st_uid != os.getuid():
                raise InputError("this folder belongs to somebody else", path=self._folder, hint="remove it")
            own = self._folder / f"{secrets.token_hex(8)}.json"
            if not self._hold(own):
                raise InputError("the journal cannot be locked", path=own)
            self._own = own
        if not self._own.exists():
            os.close(os.open(self._own, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600))
        return self._own

    def _abandoned(self) -> Iterator[Path]:
        """Journals whose reader is gone, oldest first; they are held from then on."""
        try:
            found = sorted(self._folder.glob("*.json"), key=lambda path: path.stat().st_mtime)
            mine = self._folder.stat().st_uid == os.getuid()
        except OSError:
            return
        for path in found if mine else ():
            if path not in self._held and self._hold(path):
                yield path

    def _hold(self, path: Path) -> bool:
        """Hold a journal against all other readers; false while another does."""
        try:
            flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
            handle = os.open(path.with_suffix(".lock"), flags, 0o600)
        except OSError:
            return False
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(handle)
            return False
        self._held[path] = handle
        return True

    def _let_go(self, path: Path, *, keep_lock: bool = False) -> None:
        handle = self._held.pop(path)
        if not keep_lock:
            path.with_suffix(".lock").unlink(missing_ok=True)
        os.close(handle)

    def _put_aside(self, path: Path) -> None:
        """Leave a file that is no journal to whoever can read it, under a name that is not looked at again."""
        with suppress(OSError):
            if path.lstat().st_size:
                path.rename(path.with_suffix(".unreadable"))
                self.problems.append(path.with_suffix(".unreadable"))
            else:
                path.unlink()
        self._let_go(path)


def _written(kept: Kept, root: str) -> bytes:
    drafts = [
        {
            "work": asdict(work),
            "open": work == kept.form,
            "failed": work in kept.failed,
            "field": draft.field,
            "note": draft.values.note,
            "tags": draft.values.tags,
            "claim": None if draft.values.claim is None else to_record(draft.values.claim),
            "quote": to_record(draft.quote) if draft.quote else None,
            "position": to_record(draft.position) if draft.position else None,
        }
        for work, draft in kept.drafts.items()
    ]
    return json.dumps({_FORMAT: 1, "library": root, "drafts": drafts}).encode()


def _read(path: Path, root: str) -> Kept:
    """What a journal holds.

    Raises:
        ValueError: it is none of this library's (TypeError, AttributeError: nor of any).
    """
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as file:
        data = file.read(_LARGEST + 1)
    found = json.loads(data) if len(data) <= _LARGEST else None
    if not isinstance(found, dict) or found.get(_FORMAT) != 1 or found.get("library") != root:
        raise ValueError("no journal of this library")
    drafts: dict[Work, Draft] = {}
    form, failed = None, []
    for one in found["drafts"]:
        work, draft = _work(one["work"]), _draft(one)
        drafts[work] = draft
        form = work if one.get("open") is True else form
        failed += [work] * (one.get("failed") is True)
    return Kept(form, drafts, tuple(failed))


def _work(found: dict[str, Any]) -> Work:
    kinds = {one.name: int if one.name in ("start", "end") else str for one in fields(Work)}
    known = {key: value for key, value in found.items() if key in kinds}
    if any(type(value) is not kinds[key] for key, value in known.items()):
        raise ValueError("no work")
    return Work(**known)


def _draft(found: dict[str, Any]) -> Draft:
    note, tags, at = found["note"], found["tags"], found.get("field", 0)
    if not isinstance(note, str) or not all(isinstance(tag, str) for tag in tags):
        raise ValueError("no draft")
    claim = None if found["claim"] is None else node_from(Claim, found["claim"])
    return Draft(
        Values(note, tuple(tags), claim),
        quote=node_from(Quote, found["quote"]) if found["quote"] else None,
        position=node_from(Position, found["position"]) if found["position"] else None,
        field=at if type(at) is int else 0,
    )

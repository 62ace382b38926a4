"""Where errors end: one line on stderr and an exit status, never a traceback."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable

from annotations.errors import InputError, PostilError

__all__ = ["complain", "guarded"]

_INTERRUPTED, _PIPE_CLOSED = 130, 141
"""What a shell reports for a program that ended by SIGINT, or by SIGPIPE."""


def guarded(work: Callable[[], int]) -> int:
    """Do `work`, say in one line what went wrong if something did, and return the exit status."""
    _write_whole()
    _tolerate_narrow_encodings()
    try:
        status = _status(work)
        _flush()
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        _discard_stdout()
        return _PIPE_CLOSED
    except Exception as error:  # noqa: BLE001 - the one place where any failure becomes one line
        return _explain(error)
    return status


def _write_whole() -> None:
    """Buffer what PYTHONUNBUFFERED left unbuffered: Python forgets the rest of a raw write that a signal interrupts."""
    for name in ("stdout", "stderr", "__stdout__", "__stderr__"):
        stream = getattr(sys, name)
        raw = getattr(stream, "buffer", None)
        if isinstance(raw, io.FileIO):
            as_before = {"encoding": stream.encoding, "errors": stream.errors}
            setattr(sys, name, open(raw.fileno(), "w", buffering=1, closefd=False, **as_before))  # noqa: SIM115 - the process's own


def _tolerate_narrow_encodings() -> None:
    """Let a terminal that lacks a character show its escape instead of failing."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure:
        reconfigure(errors="backslashreplace")


def _status(work: Callable[[], int]) -> int:
    try:
        return work()
    except SystemExit as stop:  # argparse, after printing help or the version
        return stop.code if isinstance(stop.code, int) else 0


def _flush() -> None:
    """Write out what was printed now, while a failure can still be told."""
    if sys.stdout is not None:  # it was closed before we began
        sys.stdout.flush()


def _discard_stdout() -> None:
    """Point stdout at nothing, so that the interpreter's last flush does not complain again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _explain(error: Exception) -> int:
    told = _as_postil_error(error)
    complain(told)
    return told.exit_code


def complain(error: PostilError) -> None:
    """Say in one line on stderr what went wrong."""
    from reader.display import display

    print(f"postil: {display(str(error))}", file=sys.stderr)


def _as_postil_error(error: Exception) -> PostilError:
    if isinstance(error, PostilError):
        return error
    if isinstance(error, OSError):
        if error.filename is None:
            _discard_stdout()  # the only file without a name that we write to
        what = (error.strerror or str(error) or type(error).__name__).lower()
        path = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else None
        return InputError(what, path=path, hint="`postil doctor` shows where things are kept")
    return InputError(f"this is a bug in postil ({type(error).__name__}: {error})", hint=_logged(error))


def _logged(error: Exception) -> str:
    """Write the traceback into the person's state folder; says where it is."""
    import traceback
    from datetime import UTC, datetime

    import platformdirs

    from reader import __version__

    log = platformdirs.user_state_path("postil") / "errors.log"
    try:
        log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as out:
            print(f"{datetime.now(UTC):%FT%TZ} postil {__version__} {sys.argv}", file=out)
            traceback.print_exception(error, file=out)
    except OSError as unwritable:
        return f"its log cannot be written ({unwritable})"
    return f"please report it with the end of {log}"

"""A home of the benchmarks' own, so that none reads or writes a person's settings, state, cache or git config."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from reader.config import State

__all__ = ["private_home"]

_FOREIGN = ("POSTIL_", "GIT_", "XDG_", "NO_COLOR", "TEXTUAL", "PYTHONDONTWRITEBYTECODE")


@contextmanager
def private_home() -> Iterator[Path]:
    """Makes a fresh folder the home of this process, and of those it starts, for as long as the block runs.

    Compiled modules are kept there too: what is measured starts as it does where it is installed, in a checkout whose
    modules were never compiled as well.  It is the home of someone who has been shown around and has no settings, as
    most people have none.
    """
    with tempfile.TemporaryDirectory(prefix="postil-bench-") as name:
        home = Path(name)
        (home / ".gitconfig").write_text("[user]\n\tname = Ada\n\temail = ada@sample.invalid\n")
        kept = {key: value for key, value in os.environ.items() if not key.startswith(_FOREIGN)}
        ours = {"LC_ALL": "C.UTF-8"} | {
            f"XDG_{part}_HOME": str(home / part.lower()) for part in ("CONFIG", "CACHE", "STATE", "DATA")
        }
        with patch.dict(
            os.environ, {**kept, **ours, "HOME": str(home), "PYTHONPYCACHEPREFIX": str(home / "bytecode")}, clear=True
        ):
            State(theme="dark", toured=True).save()
            yield home

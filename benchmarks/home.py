"""A home of the benchmarks' own, so that none reads or writes a person's settings, state, cache or git config."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

__all__ = ["private_home"]

_FOREIGN = ("POSTIL_", "GIT_", "XDG_", "NO_COLOR", "TEXTUAL", "PYTHONDONTWRITEBYTECODE")


@contextmanager
def private_home() -> Iterator[Path]:
    """Makes a fresh folder the home of this process, and of those it starts, for as long as the block runs.

    Compiled modules are kept there too: what is measured starts as it does where it is installed, in a checkout whose
    modules were never compiled as well.
    """
    with tempfile.TemporaryDirectory(prefix="postil-bench-") as name:
        home = Path(name)
        (home / ".gitconfig").write_text("[user]\n\tname = Ada\n\temail = ada@sample.invalid\n")
        (home / "config" / "postil").mkdir(parents=True)
        (home / "config" / "postil" / "config.toml").write_text('glyphs = "unicode"\ntheme = "dark"\ntour = false\n')
        kept = {key: value for key, value in os.environ.items() if not key.startswith(_FOREIGN)}
        ours = {f"XDG_{part}_HOME": str(home / part.lower()) for part in ("CONFIG", "CACHE", "STATE", "DATA")}
        with patch.dict(
            os.environ, {**kept, **ours, "HOME": str(home), "PYTHONPYCACHEPREFIX": str(home / "bytecode")}, clear=True
        ):
            yield home

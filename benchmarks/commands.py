"""The command lines that are measured."""

from __future__ import annotations

import sys
from pathlib import Path

__all__ = ["HELLO", "PANE", "POSTIL"]

_SCRIPT = Path(sys.executable).with_name("postil")
_APPS = [sys.executable, "-m", "benchmarks.apps"]

POSTIL = [str(_SCRIPT)] if _SCRIPT.exists() else [sys.executable, "-c", "from reader.cli import main; main()"]
"""The program as people start it."""

HELLO = [*_APPS, "hello"]
"""The least that Textual can show."""

PANE = [*_APPS, "pane"]
"""The reading pane alone; wants a file and a number of marks."""

"""Other programs to measure, each from the package registry in an environment of its own in the person's cache."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import platformdirs

__all__ = ["CACHE", "installed"]

CACHE = platformdirs.user_cache_path("postil-benchmarks")
"""The person's own, so it is asked for before there is another home."""


def installed(package: str) -> Path:
    """The folder of the programs of an environment that has the package, made if need be.

    Raises:
        subprocess.SubprocessError: it cannot be installed.
        OSError: likewise.
    """
    folder = CACHE / package
    done = folder / "installed"
    if not done.exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True, capture_output=True)
        install = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", package]
        subprocess.run(install, check=True, capture_output=True, timeout=600)
        done.touch()
    return folder / "bin"

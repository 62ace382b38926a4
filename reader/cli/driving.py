"""How git is told to merge and show sidecars with postil: settings of the clone, attributes of the library.

The wrapper around the driver keeps both sides whatever becomes of postil: a driver that is missing, crashes or is
killed leaves our side alone in the file, and a commit of that would drop theirs.  So for every exit status but 0
and 10 the lines are merged by git itself; and where that refuses, as it does for a NUL, both files stand in full.
"""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from annotations.durable import write_atomically

if TYPE_CHECKING:
    from annotations.git import Git

__all__ = ["ATTRIBUTES", "attribute", "is_attributed", "program", "settings", "unattribute"]

ATTRIBUTES = "*.postil.yaml text eol=lf merge=postil diff=postil"
"""The line of `.gitattributes` that gives sidecars to postil."""

_WRAPPER = (
    "{program} merge-driver %O %A %B --marker-size %L --path %P; rc=$?; case $rc in 0) exit 0;; 10) exit 1;; esac; "
    "git merge-file -q --marker-size=%L -L ours -L base -L theirs %A %O %B; [ $? -lt 128 ] || "
    '{{ {{ echo "<<<<<<< ours"; cat %A; echo; echo "======="; cat %B; echo; echo ">>>>>>> theirs"; }} >%A.both '
    "&& mv %A.both %A; }}; exit 1"
)


def program() -> str:
    """How a shell calls this postil: by its name where that finds it, else by its whole path."""
    here = os.path.realpath(sys.argv[0])
    found = shutil.which("postil")
    return "postil" if found and os.path.realpath(found) == here else shlex.quote(here)


def settings() -> dict[str, str]:
    """The settings of git that make it call postil."""
    call = program()
    return {
        "merge.postil.name": "annotations, merged one by one",
        "merge.postil.driver": _WRAPPER.format(program=call),
        "diff.postil.textconv": f"{call} textconv",
    }


def is_attributed(git: Git, root: Path) -> bool:
    """Whether git's attributes give sidecars of the library at `root` to postil."""
    said = git.attributes(root / "any.txt.postil.yaml", "merge", "diff")
    return said == {"merge": "postil", "diff": "postil"}


def attribute(root: Path) -> bool:
    """Add the line to the library's `.gitattributes`; says whether it was missing."""
    lines = _lines(root)
    if ATTRIBUTES in lines:
        return False
    write_atomically(root / ".gitattributes", "".join(f"{line}\n" for line in (*lines, ATTRIBUTES)).encode())
    return True


def unattribute(root: Path) -> bool:
    """Take the line out again, and the file with it if nothing else is in it; says whether it was there."""
    lines = _lines(root)
    if ATTRIBUTES not in lines:
        return False
    rest = [line for line in lines if line != ATTRIBUTES]
    if rest:
        write_atomically(root / ".gitattributes", "".join(f"{line}\n" for line in rest).encode())
    else:
        (root / ".gitattributes").unlink()
    return True


def _lines(root: Path) -> list[str]:
    try:
        return (root / ".gitattributes").read_bytes().decode(errors="surrogateescape").splitlines()
    except FileNotFoundError:
        return []

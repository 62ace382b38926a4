"""Leaving out what is the same in two versions changes nothing of what is found to differ."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given

from annotations.diff import diff
from annotations.emit import emit
from annotations.load import load_sidecar
from annotations.model import Sidecar
from annotations.pruned import pruned
from tests.annotations.test_merge_laws import histories

PATH = Path("a.txt.postil.yaml")


@given(histories())
def test_the_difference_is_the_same(history: tuple[Sidecar, Sidecar, Sidecar]) -> None:
    one, other = (emit(side).encode() for side in history[:2])
    short = pruned(one, other)
    whole = diff(*(load_sidecar(data, PATH) for data in (one, other)))
    assert diff(*(load_sidecar(data, PATH) for data in short)) == whole


def test_what_is_the_same_is_left_out() -> None:
    head = b"postil: 1\nannotations:\n  ada:\n\n"
    same, changed, now = (
        b"  - id: a\n    note: |-\n      x\n\n      - id: q\n\n",
        b"  - id: b\n    n: 1\n",
        b"  - id: b\n    n: 2\n",
    )
    assert pruned(head + same + changed, head + same + now) == (head + changed, head + now)


def test_under_another_author_it_is_not_the_same() -> None:
    one, other = (b"annotations:\n  " + name + b":\n  - id: a\n    n: 1\n" for name in (b"ada", b"ben"))
    assert pruned(one, other) == (one, other)

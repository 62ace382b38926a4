"""A sidecar saved over its file, and the result checked, for the tests of splicing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import yaml

from annotations.load import load_sidecar
from annotations.model import Annotation, Position, Quote, Sidecar, Value
from annotations.splice import splice_sidecar
from annotations.strict import parse

HERE = Path("a.txt.postil.yaml")


def note(name: str, start: int, author: str = "ada", text: str = "") -> Annotation:
    return Annotation(
        id=name,
        author=author,
        kind="note",
        note=text,
        quote=Quote(exact="x"),
        position=Position(start=start, end=start + 1, text="0123456789abcdef"),
    )


def one(sidecar: Sidecar, name: str) -> Annotation:
    found = sidecar.get(name)
    assert found is not None
    return found


def resaved(new: Sidecar, text: str) -> str:
    """The file after the change, checked against our loader and a stock one."""
    old = load_sidecar(text.encode(), HERE)
    result = splice_sidecar(text.encode(), old, new, HERE)
    again = load_sidecar(result, HERE)
    assert replace(again, damaged=()) == replace(new, damaged=())
    assert [one.record for one in again.damaged] == [one.record for one in new.damaged]
    assert yaml.load(result, yaml.BaseLoader) == as_base(parse(result, HERE))  # noqa: S506 - it only makes strings
    return result.decode()


def as_base(value: Value) -> object:
    if isinstance(value, dict):
        return {key: as_base(one) for key, one in value.items()}
    return [as_base(one) for one in value] if isinstance(value, list) else str(value)

"""What a library asks of reviews: the `review:` part of `postil.yaml`."""

from __future__ import annotations

from pathlib import Path

from annotations.errors import InputError
from annotations.frozen import frozen
from annotations.strict import parse

__all__ = ["Policy", "load_policy"]


@frozen
class Policy:
    """How many accepted verdicts an annotation needs, and whether its own author's counts."""

    required: int = 0
    not_self: bool = False


def load_policy(path: Path) -> Policy:
    """The policy in a library's `postil.yaml`; a file without one asks for nothing.

    Raises:
        InputError: the file cannot be read, or the policy makes no sense.
    """
    try:
        record = parse(path.read_bytes(), path)
    except FileNotFoundError:
        return Policy()
    except OSError as error:
        raise InputError(f"it cannot be read: {error.strerror}", path=path) from error
    asked = record.get("review", {}) if isinstance(record, dict) else {}
    if not isinstance(asked, dict):
        return Policy()
    required, not_self = str(asked.get("required", "0")), str(asked.get("not_self", "false"))
    if not (required.isascii() and required.isdigit()):
        raise InputError(f"`review: required` cannot be {required!r}", path=path, hint="write a number")
    if not_self not in ("true", "false"):
        raise InputError(f"`review: not_self` cannot be {not_self!r}", path=path, hint="write true or false")
    return Policy(int(required), not_self == "true")

"""Bytes to canonical text, by the rule set `postil-text/1`: the text that offsets are measured in.

Decoded; CRLF and CR become LF; NUL and lone surrogates become U+FFFD; NFC; nothing else.  No-break spaces, curly
quotes, soft hyphens and double spaces stay, so that a quote pastes back.
"""

from __future__ import annotations

import codecs
import unicodedata

from annotations.errors import InputError, UsageError
from annotations.patterns import pattern

__all__ = ["RULES", "canonical", "decode", "fingerprint"]

RULES = "postil-text/1"

_BOM = "\ufeff"
_SURROGATE = pattern("[\ud800-\udfff]")


def decode(data: bytes, *, encoding: str | None = None) -> str:
    """The canonical text of a file's bytes.

    Args:
        data: the whole file; a byte order mark is dropped.
        encoding: what the bytes are in; by default UTF-16 when its mark is there, else UTF-8, strictly.

    Raises:
        InputError: the bytes are not in that encoding; `line` is set, `path` is the caller's to add.
        UsageError: there is no such encoding.
    """
    name = encoding or _by_mark(data)
    try:
        text = data.decode(name, _errors(name)).removeprefix(_BOM)
        return _composed(text) if name == "UTF-8" else canonical(text)  # what is UTF-8 holds no lone surrogates
    except UnicodeDecodeError as error:
        raise _refusal(data, name, error) from None
    except UnicodeError as error:  # a few codecs do not say where
        raise InputError(f"not {name}: {error}", hint="try another --encoding") from None
    except (LookupError, ValueError):
        raise UsageError(f"no text encoding is called {name!r}", hint="try --encoding windows-1252") from None


def canonical(text: str) -> str:
    """`text` by the rules, for what never was bytes; changing it again changes nothing."""
    return _composed(_without_surrogates(text))


def _composed(text: str) -> str:
    """`text`, which holds no lone surrogates, by the rest of the rules."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    return unicodedata.normalize("NFC", lines.replace("\0", "\ufffd"))


def fingerprint(text: str | bytes) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of a canonical text in UTF-8, or of one that is in it already."""
    import hashlib  # loads OpenSSL, and an article that was seen before is shown without it

    return hashlib.sha256(text if isinstance(text, bytes) else text.encode(errors="surrogatepass")).hexdigest()[:16]


def _without_surrogates(text: str) -> str:
    """Lone surrogates replaced; encoding tells much sooner than any search that there are none."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


def _by_mark(data: bytes) -> str:
    if data.startswith(codecs.BOM_UTF16_LE):
        return "UTF-16-LE"
    return "UTF-16-BE" if data.startswith(codecs.BOM_UTF16_BE) else "UTF-8"


def _errors(encoding: str) -> str:
    """UTF-16 and UTF-32 in the wild hold lone surrogates, which the rules replace; UTF-8 with them is no UTF-8."""
    return "surrogatepass" if codecs.lookup(encoding).name.startswith(("utf-16", "utf-32")) else "strict"


def _refusal(data: bytes, encoding: str, error: UnicodeDecodeError) -> InputError:
    found = (
        f"byte 0x{data[error.start]:02X} at offset {error.start}" if error.start < len(data) else "it ends too early"
    )
    return InputError(
        f"not {encoding}: {found} ({error.reason})",
        line=data.count(b"\n", 0, error.start) + 1,
        hint="save it as UTF-8, or read it with `postil show --encoding latin-1`",
    )

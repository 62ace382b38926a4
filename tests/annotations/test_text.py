"""Bytes to canonical text."""

from __future__ import annotations

import codecs
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.errors import InputError, PostilError, UsageError
from annotations.text import canonical, decode, fingerprint

scalars = st.text(st.characters(exclude_categories=["Cs"]))
anything = st.text(st.characters() | st.sampled_from("\r\n\0\ufeff\u0301\ud800é가"))


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"plain", "plain"),
        (b"\xef\xbb\xbfmarked", "marked"),
        (b"\xef\xbb\xbf\xef\xbb\xbftwice", "\ufefftwice"),
        (codecs.BOM_UTF16_LE + "né".encode("utf-16-le"), "né"),
        (codecs.BOM_UTF16_BE + "né\r\n".encode("utf-16-be"), "né\n"),
        (b"a\r\nb\rc\n\r\n\rd", "a\nb\nc\n\n\nd"),
        (b"a\0b", "a\ufffdb"),
        ("e\u0301".encode(), "é"),
        ("\u212b".encode(), "Å"),  # the Ångström sign is canonically a letter
        ("ﬁ ½ x²".encode(), "ﬁ ½ x²"),  # compatibility forms stay
        ("a\u00a0b\u00adc\u200bd\u2028e  f\u2019s\t".encode(), "a\u00a0b\u00adc\u200bd\u2028e  f\u2019s\t"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8a\0\x00\xdc", "\ufffda\ufffd"),
    ],
)
def test_rules(data: bytes, text: str) -> None:
    assert decode(data) == text


@given(anything)
def test_canonical_text_stays_as_it_is(text: str) -> None:
    once = canonical(text)
    assert canonical(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not set(once) & {"\r", "\0", *map(chr, range(0xD800, 0xE000))}
    assert decode(codecs.BOM_UTF8 + once.encode()) == once


@given(scalars, st.sampled_from(["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "gb18030"]))
def test_a_named_encoding_gives_the_same_text(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), encoding=encoding) == canonical(text.removeprefix("\ufeff"))


def outcome(data: bytes, encoding: str | None = None) -> str | PostilError:
    try:
        return decode(data, encoding=encoding)
    except PostilError as error:
        return error


@given(st.binary() | st.builds(bytes.__add__, st.just(codecs.BOM_UTF16_LE), st.binary()))
def test_any_bytes_give_text_or_one_refusal(data: bytes) -> None:
    found = outcome(data)
    if isinstance(found, str):
        assert canonical(found) == found
    else:
        assert isinstance(found, InputError)
        assert "--encoding" in str(found)
        assert "\n" not in str(found)


@given(
    st.binary(max_size=20), st.sampled_from(["utf-7", "utf-16", "utf-32", "idna", "punycode", "cp1252", "shift_jis"])
)
def test_any_bytes_in_any_encoding_give_text_or_one_refusal(data: bytes, encoding: str) -> None:
    found = outcome(data, encoding)
    if isinstance(found, str):
        found.encode()  # no lone surrogate is left
    else:
        assert isinstance(found, InputError)


@pytest.mark.parametrize(
    ("data", "encoding", "what", "line"),
    [
        (b"line\ncaf\xe9 au lait", None, "not UTF-8: byte 0xE9 at offset 8", 2),
        (b"\xef\xbb\xbfab\xff", None, "not UTF-8: byte 0xFF at offset 5", 1),
        (b"cut \xe2\x80", None, "not UTF-8: byte 0xE2 at offset 4", 1),
        (b"\xed\xa0\x80", None, "not UTF-8: byte 0xED at offset 0", 1),
        (b"\xed\xa0\x80", "utf-8", "not utf-8: byte 0xED at offset 0", 1),
        (b"\xff\xfea", None, "not UTF-16-LE: byte 0x61 at offset 2", 1),
        (b"\x81", "cp1252", "not cp1252: byte 0x81 at offset 0", 1),
    ],
)
def test_a_refusal_says_where(data: bytes, encoding: str | None, what: str, line: int) -> None:
    with pytest.raises(InputError) as caught:
        decode(data, encoding=encoding)
    assert caught.value.what.startswith(what)
    assert caught.value.line == line
    assert "--encoding latin-1" in caught.value.hint


@pytest.mark.parametrize("encoding", ["nope", "hex", "a\0b", "../etc"])
def test_an_unknown_encoding_is_a_usage_error(encoding: str) -> None:
    with pytest.raises(UsageError, match="no text encoding is called"):
        decode(b"x", encoding=encoding)


def test_surrogates_of_an_encoding_that_lets_them_through_are_replaced() -> None:
    assert decode(b"a+2AA-b", encoding="utf-7") == "a\ufffdb"


def test_a_refused_file_opens_with_its_encoding() -> None:
    assert decode(b"caf\xe9", encoding="latin-1") == "café"


def test_fingerprint() -> None:
    assert fingerprint("") == "e3b0c44298fc1c14"
    assert fingerprint("é") != fingerprint("e")


def test_the_seeds_text_is_theirs(seeds: Path) -> None:
    text = decode((seeds / "000_d01169830d053d92.txt").read_bytes())
    assert fingerprint(text) == "bb43ca9ffecd61b1"
    assert text.count("\u00a0") == 166
    assert text[4299:4363].replace("\u00a0", " ") == "North Korea is not a card China could use during the trade talks"

"""A library in git for the tests of odd and hostile repositories, made once and copied for each."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

from annotations.anchor import describe
from annotations.emit import emit
from annotations.model import SIDECAR_SUFFIX, Annotation, Claim, Sidecar
from index.library import Library

GIT = shutil.which("git") or ""
ARTICLE = "news/summit.txt"
SIDECAR = f"{ARTICLE}{SIDECAR_SUFFIX}"
TEXT = "Summit Ends Without a Deal\n\nSanctions work, Rita Sol said. Nobody else said so, and the two sides parted.\n"
CLAIM, OTHER, NEW = "claim00001", "other00002", "added00003"
"""The ids of what both branches hold, and of what `ben` added."""


def git(folder: Path, *words: str, status: int | None = 0, data: bytes | None = None) -> str:
    """Git as a person types it; `status` is what it has to end with, None whatever it does."""
    options = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "protocol.file.allow=always"]
    done = subprocess.run(
        [GIT, *options, *words], cwd=folder, input=data or b"", capture_output=True, check=False, timeout=60
    )
    assert status in (None, done.returncode), done.stderr.decode(errors="replace")
    return os.fsdecode(done.stdout).strip()


def commit(folder: Path, message: str) -> str:
    """Commit everything; gives the commit."""
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", message)
    return git(folder, "rev-parse", "HEAD")


def annotation(name: str, quote: str, author: str = "ada", **more: object) -> Annotation:
    """A claim on these words of the article."""
    start = TEXT.index(quote)
    exact, position = describe(TEXT, start, start + len(quote))
    fields = {"kind": "claim", "created": "2026-11-22T10:11:12Z", "claim": Claim(speaker="Rita Sol"), **more}
    return Annotation(id=name, author=author, quote=exact, position=position, **fields)  # type: ignore[arg-type]


def file_of(*annotations: Annotation) -> bytes:
    """Their sidecar, with a section for each of the two authors."""
    sidecar = Sidecar(sections={"ada": (), "ben": ()})
    for one in annotations:
        sidecar = sidecar.put(one)
    return emit(sidecar).encode()


A = annotation(CLAIM, "Sanctions work", note="begin")
B = annotation(OTHER, "Nobody else said so", kind="note", claim=None)
BASE = file_of(A, B)
OURS = file_of(replace(A, note="what we say"), B)
THEIRS = file_of(replace(A, note="what they say"), B, annotation(NEW, "two sides parted", "ben"))


@dataclass(frozen=True)
class Shelf:
    """The library: `main` is checked out, and says other things of a claim than `ben`, who added one."""

    root: Path

    @property
    def sidecar(self) -> Path:
        return self.root / SIDECAR

    @property
    def config(self) -> Path:
        return self.root / ".git" / "config"

    def git(self, *words: str, status: int | None = 0, data: bytes | None = None) -> str:
        return git(self.root, *words, status=status, data=data)

    def sign_last_commit(self) -> None:
        """Let the last commit carry a signature, which a git that is asked to would have a program verify."""
        head, _, message = self.git("cat-file", "commit", "HEAD").partition("\n\n")
        signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n wsBc\n -----END PGP SIGNATURE-----"
        signed = f"{head}\n{signature}\n\n{message}\n".encode()
        self.git("reset", "-q", "--soft", self.git("hash-object", "-t", "commit", "-w", "--stdin", data=signed))

    def commit_on_ben(self, data: bytes | None, name: str = SIDECAR) -> None:
        """Let ben's branch hold that file; None takes it away."""
        self.git("checkout", "-q", "ben")
        path = self.root / name
        path.unlink(missing_ok=True)
        if data is not None:
            path.write_bytes(data)
        commit(self.root, "as ben has it")
        self.git("checkout", "-q", "main")


def make(root: Path, object_format: str = "sha1") -> Shelf:
    """Write the library and its history."""
    (root / "news").mkdir(parents=True)
    (root / ARTICLE).write_text(TEXT)
    (root / "harvest.txt").write_text("Harvest Fails\n\nFarmers lost half of their wheat.\n")
    Library.create(root, ["ada", "ben"])
    git(root, "init", "-q", "-b", "main", f"--object-format={object_format}")
    shelf = Shelf(root)
    for branch, data in (("main", BASE), ("ben", THEIRS), ("main", OURS)):
        if data is not BASE:
            git(root, "checkout", "-q", *["-b"] * (branch == "ben"), branch)
        shelf.sidecar.write_bytes(data)
        commit(root, f"on {branch}")
    return shelf

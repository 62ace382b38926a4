"""Git, asked the way one asks a stranger: the only caller of git in postil.

A repository may come from anyone, and its configuration can name programs.  So every question runs plumbing with a
closed environment, hooks, pagers, monitors, signers and the network off, by argv, without a terminal, in bytes, and
never for longer than `_PATIENCE` seconds.  Only `Git.commit`, a person's deliberate act, lets their hooks and
settings have a say.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from annotations.errors import InputError, UsageError
from annotations.frozen import frozen
from annotations.patterns import pattern

__all__ = ["Git", "Identity", "NotHereError", "not_here", "user_name"]

_PATIENCE = 10.0
_NOTHING_TO_UNSET = 5
_PATIENCE_WITH_HOOKS = 600.0

_CLOSED = (
    *("--no-pager", "--no-optional-locks", "--literal-pathspecs", "--no-replace-objects"),
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "core.attributesFile=/dev/null"),
    *("-c", "core.quotePath=false"),
    *("-c", "color.ui=false"),
    *("-c", "log.showSignature=false"),
    *("-c", "diff.external="),
    *("-c", "credential.helper="),
    *("-c", "protocol.allow=never"),
    *("-c", "core.alternateRefsCommand="),
)
_PASSED_ON = ("HOME", "XDG_CONFIG_HOME", "TMPDIR")
_FIXED = {
    "LANG": "C.UTF-8",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_PAGER": "cat",
    "GIT_EDITOR": "false",
    "GIT_SSH_COMMAND": "false",
    "GIT_ASKPASS": "",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "",  # no settings of a repository undo this one, as they undo protocol.allow
    "GIT_LITERAL_PATHSPECS": "1",
}
# Set by a git that runs us (a hook, an alias), they would point ours at another repository or write traces.
_MISLEADING = pattern(
    "GIT_(DIR|WORK_TREE|INDEX_FILE|COMMON_DIR|OBJECT_DIRECTORY|NAMESPACE|PREFIX|EXTERNAL_DIFF|CONFIG.*|TRACE.*)"
)
_VERSION = pattern(r"(\d+)\.(\d+)[.\d]*")
_NO_REPOSITORY = (b"not a git repository", b"must be run in a work tree")
_NOT_OURS = (b"dubious ownership", b"unsafe repository")
_NOT_HERE = (b"promisor remote", b"lazy fetching disabled", b"' not allowed", b"unable to read ")
_OLDEST = (2, 31)
_UNDER_WAY = {
    "rebase-merge": "rebase",
    "rebase-apply": "rebase",
    "MERGE_HEAD": "merge",
    "CHERRY_PICK_HEAD": "cherry-pick",
    "REVERT_HEAD": "revert",
}
"""What git is in the middle of, by the file or folder it keeps of it."""


@frozen
class Identity:
    """In whose name, and when, a commit of postil's own making is (see `Git.commit_as`)."""

    name: str
    email: str
    date: str


@frozen
class Git:
    """A repository's work tree.

    Attributes:
        program: the git that is asked, by its absolute path.
        top: the folder at the top of the work tree.
    """

    program: str
    top: Path

    @classmethod
    def at(cls, folder: Path) -> Git | None:
        """The repository that holds `folder`; None when there is none, or no git on this machine.

        Raises:
            InputError: git refuses the repository (it belongs to somebody else, its settings are broken) or hangs.
        """
        program = _program()
        if program is None:
            return None
        found = _ask(program, folder, "rev-parse", "--show-toplevel")
        if found.returncode and any(words in found.stderr for words in _NO_REPOSITORY):
            return None
        top = Path(os.fsdecode(_checked(found, folder).removesuffix(b"\n")))
        # A repository's own settings can put its work tree elsewhere: then it says nothing about this folder.
        return cls(program, top) if Path(os.path.realpath(folder)).is_relative_to(top) else None

    @classmethod
    def holding(cls, folder: Path) -> Git:
        """The repository that holds `folder`, for what cannot be done without one.

        Raises:
            InputError: there is none, or git is missing or too old, or refuses it, or hangs.
        """
        git = cls.at(folder)
        if git is None:
            if _program() is None:
                raise _no_git()
            raise InputError("this library is in no git repository", path=folder, hint="`git init` makes it one")
        found = _VERSION.search(os.fsdecode(git.query("version") or b""))
        if found and tuple(map(int, found.groups())) < _OLDEST:
            raise InputError(f"git {found[0]} is too old", hint="this needs git 2.31 or newer")
        return git

    @classmethod
    def init(cls, folder: Path) -> Git:
        """Make `folder` a repository; one that is there already stays as it is."""
        program = _program()
        if program is None:
            raise _no_git()
        _checked(_ask(program, folder, "init", "--quiet"), folder)
        return cls(program, Path(os.path.realpath(folder)))

    def ignored(self, folder: Path) -> set[str]:
        """What git ignores below `folder`: paths from there with forward slashes, a folder's with one at its end.

        Nothing below an ignored folder is listed by itself.  Where `folder` lies in an ignored one, nothing is.
        """
        inside = Path(os.path.realpath(folder)).relative_to(self.top).as_posix()
        under = "" if inside == "." else f"{inside}/"
        question = ("ls-files", "--others", "--ignored", "--exclude-standard", "--directory", "-z", "--", inside)
        paths = map(os.fsdecode, self._run(*question).split(b"\0"))
        return {path.removeprefix(under) for path in paths if path.startswith(under) and path != under}

    def user_name(self) -> str:
        """What git calls the person (`user.name`), or an empty string."""
        return _user_name(self.program, self.top)

    def under_way(self) -> str:
        """What git is in the middle of: a merge, rebase, cherry-pick or revert; empty when nothing is."""
        folder = self.top / os.fsdecode(self._run("rev-parse", "--git-dir").removesuffix(b"\n"))
        return next((what for name, what in _UNDER_WAY.items() if (folder / name).exists()), "")

    def branch(self) -> str | None:
        """The branch that is checked out, also before its first commit; None when there is none."""
        found = _ask(self.program, self.top, "symbolic-ref", "--quiet", "--short", "HEAD")
        return None if found.returncode == 1 else os.fsdecode(_checked(found, self.top).removesuffix(b"\n"))

    def switch(self, branch: str, *, create: bool = False) -> None:
        """Check out a branch, made from where we are if `create`; in repositories of postil's own making."""
        if not branch or branch.startswith("-") or not branch.isprintable():
            raise UsageError(f"no branch can be called {branch!r}")
        self._run("switch", "--quiet", "--no-guess", *["--create"] * create, branch)

    def setting(self, name: str) -> str:
        """What the repository's own configuration says under `name`, or an empty string."""
        found = _ask(self.program, self.top, "config", "--local", "--null", "--get", name)
        return "" if found.returncode == 1 else _checked(found, self.top).removesuffix(b"\0").decode(errors="replace")

    def set(self, name: str, value: str, *, everywhere: bool = False) -> None:
        """Write a setting into the repository's configuration or, `everywhere`, into the person's; "" removes it."""
        where = "--global" if everywhere else "--local"
        words = (name, value) if value else ("--unset-all", name)
        done = _ask(self.program, self.top, "config", where, *words)
        if value or done.returncode != _NOTHING_TO_UNSET:
            _checked(done, self.top)

    def attributes(self, path: Path, *names: str) -> dict[str, str]:
        """What git's attributes say about a file: by name, `set`, `unset`, `unspecified` or a value."""
        found = self._run("check-attr", "-z", *names, "--", os.fspath(path)).split(b"\0")
        return {os.fsdecode(name): os.fsdecode(value) for name, value in zip(found[1::3], found[2::3], strict=False)}

    def branches(self) -> list[str]:
        """The local branches, the one committed to last first."""
        told = self._run("for-each-ref", "--sort=-committerdate", "--format=%(refname)", "refs/heads/")
        return [os.fsdecode(line).removeprefix("refs/heads/") for line in told.splitlines()]

    def local_branch(self, name: str) -> str | None:
        """The local branch that goes by that name; None when none does."""
        if not name or name.startswith("-") or not name.isprintable():
            return None
        short = name.removeprefix("refs/heads/")
        found = _ask(self.program, self.top, "show-ref", "--verify", "--quiet", f"refs/heads/{short}")
        return None if found.returncode else short

    def add_worktree(self, folder: Path, branch: str) -> Git:
        """Check a branch out into a folder of its own; a deliberate act, with what the person's settings do to it.

        Raises:
            InputError: git refused, as when the branch is checked out elsewhere.
        """
        self._deliberately("worktree", "add", "--quiet", os.fspath(folder), branch)
        return Git(self.program, Path(os.path.realpath(folder)))

    def remove_worktree(self, folder: Path) -> None:
        """Take such a folder away again, whatever is in it."""
        self._deliberately("worktree", "remove", "--force", os.fspath(folder))

    def _deliberately(self, *words: str) -> None:
        call = [self.program, "--literal-pathspecs", "-C", os.fspath(self.top), *words]
        _checked(_run(call, _ordinary(), _PATIENCE_WITH_HOOKS), self.top)

    def commit(self, paths: Sequence[Path], message: str) -> None:
        """Commit these files as the person would: with their name, hooks and signing.

        Raises:
            InputError: git, or a hook, refused; nothing was committed.
        """
        self._commit(_ordinary(), (), paths, message)

    def commit_as(self, identity: Identity, paths: Sequence[Path], message: str) -> None:
        """Commit these files in a made-up name, without hooks or signing; in repositories of postil's own making."""
        name = {
            f"GIT_{role}_{part}": value
            for role in ("AUTHOR", "COMMITTER")
            for part, value in (("NAME", identity.name), ("EMAIL", identity.email), ("DATE", identity.date))
        }
        self._commit(_environment() | name, (*_CLOSED, "-c", "commit.gpgSign=false"), paths, message)

    def _commit(self, environment: Mapping[str, str], options: Iterable[str], paths: Sequence[Path], text: str) -> None:
        call = [self.program, "--literal-pathspecs", *options, "-C", os.fspath(self.top)]
        names = b"\0".join(map(os.fsencode, paths))
        for words in (["add"], ["commit", "--quiet", f"--message={text}"]):
            listed = [*call, *words, "--pathspec-from-file=-", "--pathspec-file-nul"]
            _checked(_run(listed, environment, _PATIENCE_WITH_HOOKS, names), self.top)

    def query(
        self, *words: str, data: bytes = b"", misses: Collection[int] = (), patience: float | None = None
    ) -> bytes | None:
        """What plumbing answers that reads objects and runs nothing; `data` goes to its stdin.

        Returns:
            Its output; None when it ended with one of the statuses in `misses`.

        Raises:
            NotHereError: it lacks an object.
            InputError: it complained, or took longer than `patience` seconds (`_PATIENCE` by default).
        """
        call = [self.program, *_CLOSED, "-C", os.fspath(self.top), *words]
        done = _run(call, _environment(), _PATIENCE if patience is None else patience, data)
        return None if done.returncode in misses else _checked(done, self.top)

    def _run(self, *words: str) -> bytes:
        return _checked(_ask(self.program, self.top, *words), self.top)


class NotHereError(InputError):
    """Git lacks an object that it knows of."""


def not_here(folder: Path) -> NotHereError:
    """What to say then."""
    return NotHereError(
        "part of the history is not here, as in a partial clone, and postil asks no network for it",
        path=folder,
        hint="`git fetch --refetch --no-filter` brings it",
    )


def user_name() -> str:
    """What git calls the person (`user.name`) outside of any repository, or an empty string."""
    program = _program()
    return _user_name(program, Path("/")) if program else ""


def _user_name(program: str, folder: Path) -> str:
    found = _ask(program, folder, "config", "--null", "--get", "user.name")
    return "" if found.returncode == 1 else _checked(found, folder).removesuffix(b"\0").decode(errors="replace")


def _no_git() -> InputError:
    return InputError("there is no git on this machine", hint="install git")


def _program() -> str | None:
    """The absolute path of git; relative folders on PATH are passed over, they could be the library's own."""
    folders = [one for one in os.get_exec_path() if Path(one).is_absolute()]
    return shutil.which("git", path=os.pathsep.join(folders)) if folders else None


def _environment() -> dict[str, str]:
    passed_on = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return {**passed_on, **_FIXED, "PATH": os.defpath}


def _ordinary() -> dict[str, str]:
    """The person's own environment, but for what would lead git astray."""
    return {name: value for name, value in os.environ.items() if not _MISLEADING.fullmatch(name)}


def _ask(program: str, folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    return _run([program, *_CLOSED, "-C", os.fspath(folder), *words], _environment(), _PATIENCE)


def _run(
    call: Sequence[str], environment: Mapping[str, str], patience: float, written: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    """Run git in a session of its own: it reaches no terminal, and whatever it started ends with it."""
    pipe = subprocess.PIPE
    try:
        git = subprocess.Popen(call, stdin=pipe, stdout=pipe, stderr=pipe, env=environment, start_new_session=True)
    except OSError as error:
        raise InputError(f"git cannot be run: {error.strerror}", path=call[0]) from None
    with git:
        try:
            out, complaint = git.communicate(written, patience)
        except subprocess.TimeoutExpired:
            raise InputError(
                f"git gave no answer within {patience:.0f} seconds", hint="see what git itself says"
            ) from None
        finally:
            if git.returncode is None:
                os.killpg(git.pid, signal.SIGKILL)
    return subprocess.CompletedProcess(call, git.returncode, out, complaint)


def _checked(done: subprocess.CompletedProcess[bytes], folder: Path) -> bytes:
    """What git answered, or its complaint as one line."""
    if not done.returncode:
        return bytes(done.stdout)
    if any(words in done.stderr for words in _NOT_OURS):
        raise InputError(
            "the repository belongs to another user, so git does not read it",
            path=folder,
            hint=f"if you trust it: git config --global --add safe.directory '{folder}'",
        )
    if any(words in done.stderr for words in _NOT_HERE):
        raise not_here(folder)
    lines = done.stderr.decode(errors="replace").splitlines()
    told = next((line for line in lines if line.startswith(("fatal:", "error:"))), lines[0] if lines else "")
    what = told.removeprefix("fatal: ").removeprefix("error: ") or f"it ended with status {done.returncode}"
    raise InputError(f"git: {what}", path=folder)

"""Fixtures for all tests: a private home, the seed articles, how heavy to be."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from index.article import Article
from index.library import Library, Opened

NIGHTLY = bool(os.environ.get("POSTIL_NIGHTLY"))
settings.register_profile(
    "suite",
    deadline=None,
    max_examples=2000 if NIGHTLY else 20,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("suite")

# What a shell, or the process that runs the tests, may say of the person and of a terminal that is not the test's.
_NOT_OURS = (
    *("POSTIL_AUTHOR", "NO_COLOR", "EDITOR", "VISUAL", "XDG_RUNTIME_DIR"),
    *("COLUMNS", "LINES", "PYTHONDONTWRITEBYTECODE"),
)


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own, so that no test reads or writes the person's settings, state, cache or git config.

    The person of the tests has seen the tour.
    """
    folder = tmp_path_factory.mktemp("home")
    for name in _NOT_OURS:
        monkeypatch.delenv(name, raising=False)
    for name in [one for one in os.environ if one.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(folder))
    for name in ("CONFIG", "CACHE", "STATE", "DATA"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(folder / name.lower()))
    (folder / "state").mkdir()
    (folder / "state" / "postil").mkdir(mode=0o700)
    (folder / "state" / "postil" / "state.json").write_text('{"toured": true}')
    (folder / ".gitconfig").write_text(
        "[user]\n\tname = Ada\n\temail = ada@example.org\n[init]\n\tdefaultBranch = main\n"
    )
    return folder


@pytest.fixture
def articles_opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of all articles that a library opens from now on, one for each time."""
    opened: list[str] = []
    real = Library.open

    def noticed(library: Library, path: str, known: Article | None = None) -> Opened:
        opened.append(path)
        return real(library, path, known)

    monkeypatch.setattr(Library, "open", noticed)
    return opened


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder with the two scraped articles; a test that needs it skips where it is absent."""
    folder = Path(os.environ.get("POSTIL_SEEDS", Path(__file__).parents[2] / "shared" / "seeds"))
    if not folder.is_dir():
        pytest.skip(f"no seed articles in {folder} (POSTIL_SEEDS names another folder)")
    return folder


@pytest.fixture(scope="session")
def scale() -> int:
    """How many times more to do than in the everyday suite."""
    return 10 if NIGHTLY else 1

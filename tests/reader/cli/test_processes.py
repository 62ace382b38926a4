"""Several processes at one article, and processes that are killed: no annotation that was promised is ever lost."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import yaml

from annotations.store import load

from .conftest import COMMAND, Process

SIDECAR = "harvest.txt.postil.yaml"
ANNOTATE = ("annotate", "harvest.txt", "--quote", "wheat", "--note")


def _ids(library: Path) -> set[str]:
    """The ids in the sidecar, by our loader and by a stock one."""
    stock = yaml.safe_load((library / SIDECAR).read_text())["annotations"]
    ours = load(library / SIDECAR).sidecar
    assert ours.damaged == ()
    found = {one.id for one in ours.annotations}
    assert found == {one["id"] for section in stock.values() for one in section or ()}
    assert len(ours.annotations) == len(found)
    return found


@pytest.mark.parametrize("authors", [("ada", "ada"), pytest.param(("ada", "ben"), marks=pytest.mark.nightly)])
def test_two_processes_annotating_at_once_lose_nothing(
    library: Path, process: Process, scale: int, authors: tuple[str, str]
) -> None:
    def annotate(author: str) -> list[str]:
        done = [process("--author", author, *ANNOTATE, str(number), cwd=library) for number in range(10 * scale)]
        assert {(one.returncode, one.stderr) for one in done} == {(0, "")}
        return [one.stdout.strip() for one in done]

    with ThreadPoolExecutor(2) as pool:
        made = [one for ids in pool.map(annotate, authors) for one in ids]
    assert len(set(made)) == 20 * scale
    assert _ids(library) == set(made)


def test_killed_at_any_moment_the_sidecar_is_whole_and_holds_what_was_promised(
    library: Path, process: Process, scale: int
) -> None:
    began = time.monotonic()
    first = process(*ANNOTATE, "first", cwd=library)
    assert first.returncode == 0
    promised = {first.stdout.strip()}
    whole = time.monotonic() - began
    dice = random.Random(20181)  # noqa: S311 - moments, not secrets
    killed = 0
    for number in range(200 if scale > 1 else 10):
        running = subprocess.Popen([*COMMAND, *ANNOTATE, str(number)], stdout=subprocess.PIPE, cwd=library)
        time.sleep(dice.uniform(0.2, 1.1) * whole)
        running.send_signal(signal.SIGKILL)
        out, _ = running.communicate()
        killed += running.returncode == -signal.SIGKILL
        if running.returncode == 0:
            promised.add(out.decode().strip())
        assert promised <= _ids(library)
    assert killed
    last = process(*ANNOTATE, "last", cwd=library)
    assert last.returncode == 0
    assert promised | {last.stdout.strip()} <= _ids(library)
    assert _shown(library, process) == _ids(library)


def _shown(library: Path, process: Process) -> set[str]:
    shown = json.loads(process("show", "harvest.txt", "--json", cwd=library).stdout)
    return {one["id"] for one in shown["annotations"]}


_SLEEP = """
import signal, time
from reader.cli.edge import guarded
signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background is started without
raise SystemExit(guarded(lambda: print("asleep", flush=True) or time.sleep(60)))
"""


def test_interrupted_it_says_nothing_and_ends_with_130() -> None:
    running = subprocess.Popen([COMMAND[0], "-c", _SLEEP], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert running.stdout
    running.stdout.readline()
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=10)
    assert (running.returncode, err) == (130, b"")

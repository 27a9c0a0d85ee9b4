"""Mutated inputs: whatever comes from outside is accepted as valid or refused with a sentence, soon, in little memory.

An input that ends otherwise is kept in ``build/torture``; ``python -m tests.torture.inputs KIND SEED`` tries it again.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.torture import input_seeds
from tests.torture.figure import Figure
from tests.torture.input_kinds import KINDS

_ROOT = Path(__file__).parents[2]
KEPT = _ROOT / "build" / "torture"
#: Inputs of the full run, and how many of them Hypothesis makes up.
INPUTS, BY_HYPOTHESIS = 20_000, 0.2
#: Promised of each input: seconds, and memory (MB) of the process that reads it.
SECONDS, MEMORY = 5.0, 500.0
#: Inputs that a process is given at once.
_BATCH = 50


@dataclass
class Result:
    """What became of all inputs: how many ended how, by kind; the slowest and the largest; what failed."""

    ends: Counter[tuple[str, str]] = field(default_factory=Counter)
    slowest: tuple[float, str] = (0.0, "")
    largest: tuple[float, str] = (0.0, "")
    failures: list[str] = field(default_factory=list)
    hangs: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        return self.ends.total()

    def take(self, name: str, where: str, found: dict[str, Any]) -> None:
        self.ends[name, found["end"]] += 1
        self.slowest = max(self.slowest, (found["seconds"], where))
        self.largest = max(self.largest, (found["memory"], where))
        if found["end"] == "failed":
            self.failures.append(f"{where}: {found['said']}")


def jobs(count: int, first: int = 0) -> list[str]:
    """The jobs for that many inputs, the kinds in turn; ``first`` is the first seed."""
    by_kind: list[list[str]] = []
    for kind in KINDS.values():
        own = round(count * kind.share)
        made_up = round(own * BY_HYPOTHESIS)
        mine = [f"{kind.name} hypothesis {first + at} {min(_BATCH, made_up - at)}" for at in range(0, made_up, _BATCH)]
        mutated = own - made_up
        mine += [f"{kind.name} {first + at} {min(_BATCH, mutated - at)}" for at in range(0, mutated, _BATCH)]
        by_kind.append(mine)
    longest = max(map(len, by_kind))
    return [mine[at] for at in range(longest) for mine in by_kind if at < len(mine)]


def run(todo: list[str], folder: Path, processes: int = 2, show: bool = False) -> Result:
    """Try all inputs of the jobs in processes of their own; none of them ends this one."""
    seeds = folder / "seeds"
    seeds.mkdir()
    input_seeds.write(seeds)
    waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
    for job in todo:
        waiting.put(job)
    result, lock = Result(), threading.Lock()
    threads = [
        threading.Thread(target=_serve, args=(waiting, seeds, folder / str(at), result, lock, show))
        for at in range(processes)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return result


def _serve(
    waiting: queue.SimpleQueue[str], seeds: Path, place: Path, result: Result, lock: threading.Lock, show: bool
) -> None:
    """Give jobs to one process after another: one that ended over an input is replaced, and goes on behind it."""
    place.mkdir()
    while not waiting.empty():
        with open(place / "said", "w+", encoding="utf-8") as said:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.torture.input_worker", str(seeds), str(place)],
                cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said, text=True, encoding="utf-8",
                env=os.environ | {"PYTHONHASHSEED": "0"},
            )  # fmt: skip
            assert process.stdin is not None and process.stdout is not None
            process.stdout.readline()
            while not waiting.empty():
                try:
                    job = waiting.get_nowait()
                except queue.Empty:
                    break
                left = _work(process, job, place, result, lock, show)
                if left is not None:
                    said.seek(0)
                    with lock:
                        result.hangs.append(f"{left[0]}: {said.read()[-3000:]}")
                    if left[1]:
                        waiting.put(left[1])
                    break
            process.stdin.close()
            process.wait()
            process.stdout.close()


def _work(
    process: subprocess.Popen[str], job: str, place: Path, result: Result, lock: threading.Lock, show: bool
) -> tuple[str, str] | None:
    """One job; gives what the process ended over and the rest of the job, ``None`` where it did not end."""
    assert process.stdin is not None and process.stdout is not None
    name, *rest = job.split()
    try:
        process.stdin.write(job + "\n")
        process.stdin.flush()
    except OSError:
        return job, ""
    seed = -1 if rest[0] == "hypothesis" else int(rest[0]) - 1
    for line in process.stdout:
        found = json.loads(line)
        if "done" in found:
            return None
        if "seed" in found:
            seed = found["seed"]
            continue
        where = f"{job} #{seed}" if rest[0] == "hypothesis" else f"{name} {seed}"
        with lock:
            result.take(name, where, found)
            if found["end"] == "failed" or found["seconds"] > SECONDS or found["memory"] > MEMORY:
                _keep(place / "bad", name, where)
                if show:
                    print(f"{where}: {found['seconds']:.1f} s, {found['memory']:.0f} MB {found['said']}", flush=True)
    with lock:
        where = f"{job} #{seed}"
        _keep(place / "at", name, where)
        result.ends[name, "failed"] += 1
        if show:
            print(f"ended over {where}", flush=True)
    if rest[0] == "hypothesis":
        return where, ""
    # Where it ended before it began with the first one, that one is passed over too.
    following = max(seed, int(rest[0])) + 1
    left = int(rest[0]) + int(rest[1]) - following
    return where, f"{name} {following} {left}" if left > 0 else ""


def _keep(path: Path, name: str, where: str) -> None:
    if not path.exists():
        return
    KEPT.mkdir(parents=True, exist_ok=True)
    (KEPT / (where.replace(" ", "-").replace("#", "n") + KINDS[name].ending)).write_bytes(path.read_bytes())


def figures(result: Result) -> Iterator[Figure]:
    yield Figure("inputs: mutated, and made up by Hypothesis", result.count)
    for name in KINDS:
        for end, word in (("accepted", "accepted"), ("refused", "refused with a sentence")):
            yield Figure(f"inputs: {name}, {word}", result.ends[name, end])
    yield Figure("inputs: tracebacks, and what is accepted and does not stay the same", len(result.failures), 0)
    yield Figure("inputs: processes that hung or ended", len(result.hangs), 0)
    yield Figure(f"inputs: longest ({result.slowest[1]}), s of the processor", round(result.slowest[0], 2), SECONDS)
    yield Figure(f"inputs: most memory ({result.largest[1]}), MB", round(result.largest[0]), MEMORY)


def torture(folder: Path) -> Iterator[Figure]:
    result = run(jobs(INPUTS), folder)
    for failure in (*result.failures, *result.hangs):
        print(failure, file=sys.stderr)
    yield from figures(result)


def _again(name: str, seed: int) -> None:
    """Try one mutated input in this process, its traceback shown."""
    with tempfile.TemporaryDirectory() as folder:
        input_seeds.write(Path(folder))
        input_seeds.load(Path(folder))
        path = Path(folder) / f"x{KINDS[name].ending}"
        path.write_bytes(KINDS[name].make(seed))
        begun = time.perf_counter()
        try:
            KINDS[name].hold(KINDS[name].take(path), seed, Path(folder))
            print("accepted")
        finally:
            print(f"{time.perf_counter() - begun:.2f} s")


if __name__ == "__main__":
    if sys.argv[1] in KINDS:
        _again(sys.argv[1], int(sys.argv[2]))
    else:
        with tempfile.TemporaryDirectory() as some:
            found = run(jobs(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0), Path(some), show=True)
            print(*found.hangs, sep="\n")
            for figure in figures(found):
                print(figure.value, figure.what)

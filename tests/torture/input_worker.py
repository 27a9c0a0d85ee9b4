"""One process in which inputs are tried: reads jobs on standard input, says on standard output how each ended.

A job is a line ``KIND SEED`` or ``KIND hypothesis SEED COUNT``; an answer is one line of JSON an input. What takes too
long ends the process with the place where it was on standard error; what takes too much memory fails in it.
"""

from __future__ import annotations

import contextlib
import faulthandler
import json
import resource
import sys
import time
import traceback
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from models.errors import UserError
from tests.torture.input_kinds import KINDS, Kind
from tests.torture.input_seeds import load

#: Seconds by the clock after which an input is given up; promised are five of the processor, which others share.
GIVEN_UP = 40
#: Bytes of data a process may have, beyond which it is told that there are no more; promised are 500 MB.
MOST_DATA = 1_000_000_000


def _reset_memory() -> None:
    """Linux: the highest memory so far counts from here on (proc(5), clear_refs)."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def _most_memory() -> float:
    """The highest memory (MB) since ``_reset_memory``."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1000
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def tried(kind: Kind, data: bytes, seed: int, folder: Path) -> dict[str, Any]:
    """How an input ended: ``accepted``, ``refused`` with a sentence, or ``failed`` with where.

    With it the seconds that the processor took, and the highest memory (MB)."""
    path = folder / f"tệp{kind.ending}"
    path.write_bytes(data)
    _reset_memory()
    begun = time.process_time()
    faulthandler.dump_traceback_later(GIVEN_UP, exit=True)
    try:
        accepted = kind.take(path)
        end, said = "accepted", ""
    except UserError as error:
        accepted, end, said = None, "refused", _fault(str(error))
    except BaseException:
        accepted, end, said = None, "failed", traceback.format_exc()
    seconds, memory = time.process_time() - begun, _most_memory()
    faulthandler.cancel_dump_traceback_later()
    if said:
        end = "failed"
    elif end == "accepted":
        faulthandler.dump_traceback_later(6 * GIVEN_UP, exit=True)
        try:
            kind.hold(accepted, seed, folder)
        except BaseException:
            end, said = "failed", traceback.format_exc()
        faulthandler.cancel_dump_traceback_later()
    return {"end": end, "said": said, "seconds": seconds, "memory": memory}


def _fault(sentence: str) -> str:
    """What is wrong with the sentence of a refusal; empty where it is one that a person can read."""
    if not sentence or "\n" in sentence or not sentence.rstrip().endswith((".", "!", "?")):
        return f"no sentence: {sentence!r}"
    if len(sentence) > 1500 or any(unicodedata.category(letter) in ("Cc", "Cs", "Cn") for letter in sentence):
        return f"not fit to be shown: {sentence[:2000]!r}"
    return ""


def _inputs(kind: Kind, job: list[str]) -> Iterator[tuple[int, bytes]]:
    if job[0] == "hypothesis":
        yield from kind.by_hypothesis(int(job[1]), int(job[2]))
    else:
        for seed in range(int(job[0]), int(job[0]) + int(job[1])):
            yield seed, kind.make(seed)


def main(seeds: Path, folder: Path) -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_DATA, MOST_DATA))
    load(seeds)
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        name, *job = line.split()
        kind = KINDS[name]
        for seed, data in _inputs(kind, job):
            (folder / "at").write_bytes(data)
            print(json.dumps({"seed": seed}), flush=True)
            found = tried(kind, data, seed, folder)
            if found["end"] == "failed" or found["seconds"] > 4:
                # Before it is told: the next one takes its place.
                (folder / "bad").write_bytes(data)
            print(json.dumps(found), flush=True)
        print(json.dumps({"done": True}), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

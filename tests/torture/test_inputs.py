"""Mutated inputs in short: some hundred, other ones than in the full run only by their number."""

from __future__ import annotations

from pathlib import Path

from tests.torture.inputs import MEMORY, SECONDS, figures, jobs, run

_INPUTS = 200


def test_every_input_is_accepted_as_valid_or_refused_with_a_sentence(tmp_path: Path) -> None:
    result = run(jobs(_INPUTS), tmp_path)
    assert result.failures == [] and result.hangs == []
    assert result.count >= 0.95 * _INPUTS
    # By the processor's time and in a process of its own, so that a busy machine is no failure.
    assert result.slowest[0] <= SECONDS, result.slowest
    assert result.largest[0] <= MEMORY, result.largest
    assert all(figure.is_good for figure in figures(result))
    accepted = sum(count for (_name, end), count in result.ends.items() if end == "accepted")
    assert accepted >= _INPUTS / 10, "too little of it is valid to say anything"

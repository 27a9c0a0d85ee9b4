"""The whole check of a large plan against merely parsing its document."""

from __future__ import annotations

import json
from collections.abc import Iterator

from models import document, evaluate
from tests.benchmarks import plans
from tests.benchmarks.figure import Figure, compare


def measure() -> Iterator[Figure]:
    data = json.dumps(plans.document(10_000), ensure_ascii=False).encode("utf-8")
    plan = document.from_bytes(data)
    yield compare(
        "whole check of 10,000 tasks / json.loads of its document",
        lambda: evaluate.evaluate(plan),
        lambda: json.loads(data),
        limit=5,
        runs=9,
    )

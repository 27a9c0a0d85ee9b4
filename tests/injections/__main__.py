"""``python -m tests.injections [number]``: the share of mistakes found, by kind; ``--missed`` tells which were not."""

from __future__ import annotations

import sys
import time

from tests.injections.run import clean, run


def main(arguments: list[str]) -> None:
    numbers = [int(argument) for argument in arguments if argument.isdigit()]
    start = time.process_time()
    report = run(numbers[0] if numbers else 1000, clean(60))
    print("\n".join(report.lines()))
    if "--missed" in arguments:
        print("\n".join(f"{kind} | {plan} | {said}" for kind, plan, said in report.missed))
    print(f"{time.process_time() - start:.1f} s")


if __name__ == "__main__":
    main(sys.argv[1:])

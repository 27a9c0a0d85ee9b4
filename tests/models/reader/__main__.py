"""``python -m tests.models.reader``: precision and recall of the reader over the real plans, by rule."""

from __future__ import annotations

from tests.models.reader import seeds


def main() -> None:
    if plans := seeds.text_plans():
        print("\n".join(seeds.outcome(plans, lambda label: label.texts).lines("texts")))
    print("\n".join(seeds.outcome(seeds.fixture_plans(), lambda label: label.fixtures).lines("fixtures")))


if __name__ == "__main__":
    main()

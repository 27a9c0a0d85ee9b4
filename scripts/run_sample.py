"""Shows the program at work on the shipped sample plan: in a window, or where there is no display without one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "resources" / "samples" / "ke-hoach-mau.json"
DATA = ROOT / "build" / "sample-data"
OUTPUT = ROOT / "build" / "sample-export"


def main() -> int:
    program = [sys.executable, str(ROOT / "main.py"), "--data", str(DATA)]

    def ask(*arguments: str) -> str:
        done = subprocess.run([*program, *arguments], check=True, stdout=subprocess.PIPE, encoding="utf-8")
        return done.stdout.strip()

    plan_id = json.loads(SAMPLE.read_text(encoding="utf-8"))["id"]
    # What was typed into the sample on an earlier day stays.
    if plan_id not in [plan["id"] for plan in json.loads(ask("list", "--json"))]:
        ask("import", str(SAMPLE))
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or sys.platform in ("win32", "darwin"):
        return subprocess.run([*program, "--open", plan_id]).returncode
    print("No display: the same work without a window.\n", flush=True)
    has_errors = subprocess.run([*program, "check", plan_id]).returncode
    print(flush=True)
    as_draft = ["--draft"] if has_errors else []
    exported = subprocess.run([*program, "export", plan_id, *as_draft, "--to", str(OUTPUT)])
    print(f"\nThe package lies in {OUTPUT.relative_to(ROOT)}/")
    return exported.returncode


if __name__ == "__main__":
    sys.exit(main())

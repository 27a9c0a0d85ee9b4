"""Shows the program at work on the shipped sample plan: in a window, or where there is no display without one."""

from __future__ import annotations

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
    imported = subprocess.run([*program, "import", str(SAMPLE)], check=True, capture_output=True, encoding="utf-8")
    plan_id = imported.stdout.strip()
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or sys.platform in ("win32", "darwin"):
        return subprocess.run([*program, "--open", plan_id]).returncode
    print("No display: the same work without a window.\n", flush=True)
    subprocess.run([*program, "check", plan_id])
    print(flush=True)
    exported = subprocess.run([*program, "export", plan_id, "--draft", "--to", str(OUTPUT)])
    print(f"\nThe package lies in {OUTPUT.relative_to(ROOT)}/")
    return exported.returncode


if __name__ == "__main__":
    sys.exit(main())

"""Tries the built program as somebody would who has no Python: from another folder, with a bare environment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "dist" / "KeHoachSo" / ("KeHoachSo.exe" if sys.platform == "win32" else "KeHoachSo")
SAMPLE = ROOT / "resources" / "samples" / "ke-hoach-mau.json"


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="nơi khác ") as folder:
        here = Path(folder)
        bare = {"HOME": folder, "LC_ALL": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen"}
        if "SYSTEMROOT" in os.environ:
            bare["SYSTEMROOT"] = os.environ["SYSTEMROOT"]

        def run(*arguments: str) -> str:
            done = subprocess.run(
                [str(PROGRAM), "--data", str(here / "dữ liệu"), *arguments],
                cwd=here, env=bare, capture_output=True, encoding="utf-8", timeout=120,
            )  # fmt: skip
            if done.returncode:
                raise SystemExit(f"The built program failed at {arguments[0]}: {done.stderr.strip()[-500:]}")
            return done.stdout.strip()

        plan_id = run("import", str(SAMPLE))
        for file in run("export", plan_id, "--to", str(here / "gói nộp"), "--word", "--mail").splitlines():
            print(f"  exported {Path(file).name}, {Path(file).stat().st_size // 1024} kB")
        package = next((here / "gói nộp").glob("*.zip"))
        print(f"  {run('verify', str(package)).replace(str(here), '')}")
        for kind in ("pdf", "xlsx"):
            assert run("import", str(package.with_suffix(f".{kind}"))) == plan_id
        print("  the plan is read back from the PDF and the workbook")
        used = json.loads(SAMPLE.read_text(encoding="utf-8"))["template"]
        assert run("import", str(package.with_suffix(".docx")), "--template", used) != plan_id
        print("  another plan is made from the Word file")
        window = subprocess.Popen(
            [str(PROGRAM), "--data", str(here / "dữ liệu"), "--open", plan_id],
            cwd=here, env=bare, stderr=subprocess.PIPE, encoding="utf-8",
        )  # fmt: skip
        time.sleep(5)
        if window.poll() is not None:
            assert window.stderr is not None
            raise SystemExit(f"The built window did not stay open: {window.stderr.read().strip()[-500:]}")
        window.kill()
        window.communicate()
        print("  the window opens")
    return 0


if __name__ == "__main__":
    sys.exit(main())

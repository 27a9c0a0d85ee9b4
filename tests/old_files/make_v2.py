"""Made ``v2.db`` once, with the program whose store was of version 2; kept to tell what is in it.

It has the real plan 000, edited twice, its third edit undone, a final export of it kept with what came back signed, and a small plan in
the bin. The file never changes: what a later program makes of it is what the tests look at.
"""

from __future__ import annotations

import shutil
import sqlite3
import sys
import tempfile
from pathlib import Path

from models.plan import LegalBasis, insert, remove
from models.store import Store
from models.store.files import FILE_NAME
from models.store.migrations import SCHEMA
from tests.plans import fixture_plan, small_plan


def make(target: Path) -> None:
    folder = Path(tempfile.mkdtemp())
    with Store(folder) as store:
        store.add(fixture_plan(0))
        store.add(small_plan())
        store.delete("ke-hoach-1")
        opened = store.open_plan(fixture_plan(0).id)
        with opened.edit("Sửa") as plan:
            plan.subject = "Đã sửa"
            plan.print_options = {"bases": "bullets"}
            plan.tables[0].rows[0].total = 5_000_000
        with opened.edit("Bỏ bảng") as plan:
            remove(plan.tables[0])
        with opened.edit("Thêm dòng") as plan:
            insert(plan, LegalBasis(text="Căn cứ mới"), 0)
        opened.undo()
        store.keep_export(opened.plan.id, 2, "Kết xuất", "AAAA-BBBB", b"zip")
        store.keep_signed(opened.plan.id, 2, b"pdf")
    with sqlite3.connect(folder / FILE_NAME) as connection:
        # One file, without the two that stand beside it while it is open.
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("UPDATE edit SET who = 'officer'")
        connection.commit()
        connection.execute("VACUUM")
    connection.close()
    shutil.copy(folder / FILE_NAME, target)
    shutil.rmtree(folder)


if __name__ == "__main__":
    if SCHEMA != 2 or Path(sys.argv[1]).exists():
        sys.exit("v2.db was made with version 2, and is there.")
    make(Path(sys.argv[1]))

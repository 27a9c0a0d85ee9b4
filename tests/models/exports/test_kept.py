"""A final export given out again: the very bytes, or one sentence."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from models import document, template
from models.errors import ExportError, PackageError
from models.exports import archive, kept, package
from tests.plans import small_plan
from tests.ui.program import contents


@pytest.fixture(scope="module")
def exported() -> package.Exported:
    plan = small_plan()
    return package.build(plan, template.get(plan.template))


def test_the_three_files_as_they_were(exported: package.Exported, tmp_path: Path) -> None:
    found = kept.unpack_kept(exported.package.data)
    assert found == {file.name: file.data for file in (exported.pdf, exported.xlsx, exported.package)}
    paths = kept.write_kept(found, tmp_path)
    assert list(paths) == ["pdf", "xlsx", "package"] and contents(tmp_path) == found
    # Once more changes nothing.
    assert kept.write_kept(found, tmp_path) == paths and contents(tmp_path) == found


def test_the_plan_as_it_was(exported: package.Exported) -> None:
    assert document.to_bytes(kept.plan_of(exported.package.data)) == document.to_bytes(small_plan())


@pytest.mark.parametrize("ending", [".pdf", ".xlsx", ".zip"])
def test_another_file_of_that_name_is_left_alone(exported: package.Exported, tmp_path: Path, ending: str) -> None:
    found = kept.unpack_kept(exported.package.data)
    name = next(name for name in found if name.endswith(ending))
    (tmp_path / name).write_bytes(found[name] + b"signed")
    with pytest.raises(ExportError, match="không ghi đè"):
        kept.write_kept(found, tmp_path)
    assert contents(tmp_path) == {name: found[name] + b"signed"}


def _entries(data: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(BytesIO(data)) as zipped:
        return [(name, zipped.read(name)) for name in zipped.namelist()]


def test_a_damaged_package_gives_nothing_out(exported: package.Exported) -> None:
    data = exported.package.data
    entries = _entries(data)
    broken = [
        b"",
        b"zip",
        data[: len(data) // 2],
        data[:4000] + bytes([data[4000] ^ 1]) + data[4001:],
        archive.pack(entries[:-1]),
        archive.pack(entries[1:]),
        archive.pack([(name, b"{}" if name == "plan.json" else held) for name, held in entries]),
        archive.pack([(name, b"[]" if name == "manifest.json" else held) for name, held in entries]),
    ]
    for one in broken:
        for read in (kept.unpack_kept, kept.plan_of):
            with pytest.raises(PackageError) as told:
                read(one)
            assert str(told.value).startswith("Gói giữ trong kho dữ liệu không còn nguyên vẹn") and "\n" not in str(
                told.value
            )

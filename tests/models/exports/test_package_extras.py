"""What stands beside the package where it is asked for: the Word file, and the draft of a mail."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from models.errors import Cancelled, ExportError
from models.exports import docx, package
from models.exports.mail import Mail
from tests.models.exports.delivered import write
from tests.models.exports.plans import fixture

CREATED = "2021-10-10T08:00:00+07:00"


def build(**options: object) -> package.Exported:
    made, template = fixture(0)
    return package.build(made, template, created=CREATED, **options)  # type: ignore[arg-type]


def test_what_is_asked_for_changes_nothing_else() -> None:
    plain, whole = build(), build(word=True, mail=Mail("a@b.vn", loose=True))
    assert list(plain.files) == ["pdf", "xlsx", "package"]
    assert list(whole.files) == ["pdf", "xlsx", "package", "docx", "mail"]
    assert replace(whole, word=None, mail=None) == plain
    assert whole == build(word=True, mail=Mail("a@b.vn", loose=True))
    with zipfile.ZipFile(BytesIO(whole.package.data)) as packed:
        assert len(packed.namelist()) == 4


@pytest.mark.parametrize("draft", [False, True])
def test_the_word_file_is_that_of_the_plan(draft: bool) -> None:
    made, template = fixture(0)
    built = build(word=True, draft=draft)
    assert built.word is not None
    assert built.word.name == built.pdf.name.replace(".pdf", ".docx")
    assert built.word.data == docx.render(made, template, draft=draft, code=built.code)


def test_they_are_written_with_the_others_or_not_at_all(tmp_path: Path) -> None:
    built = build(word=True, mail=Mail())
    paths = write(built, tmp_path)
    assert {kind: path.read_bytes() for kind, path in paths.items()} == {
        kind: file.data for kind, file in built.files.items()
    }
    assert package.verify(paths["package"]).ok


def test_an_address_that_is_none_is_told_before_anything_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.exports.xlsx.render", lambda *_args, **_options: pytest.fail("made"))
    with pytest.raises(ExportError):
        build(mail=Mail("văn thư"))


def test_progress_grows_to_the_end_and_can_stop_the_work() -> None:
    told: list[float] = []

    def tell(done: float) -> bool:
        told.append(done)
        return True

    build(word=True, mail=Mail(), progress=tell)
    assert told == sorted(told) and told[0] == 0 and told[-1] == 1
    for stop in range(4):
        calls = iter(range(1000))
        with pytest.raises(Cancelled):
            build(word=True, progress=lambda _done, calls=calls, stop=stop: next(calls) < stop)

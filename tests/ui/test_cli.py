"""The command line as the contract has it: exit codes, JSON, names of files, what is in a package."""

from __future__ import annotations

import copy
import json
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from models import document
from models.store import Store
from tests.plans import NUMBERS, fixture_document, fixture_path, fixture_plan, resolve, small_plan
from tests.ui.program import (
    MAIN,
    ROOT,
    Program,
    Ran,
    environment,
    plans_in,
    run,
    write,
)

#: The table of findings of the design: its rules, and the severities they may have.
RULES = {
    **dict.fromkeys(("total.stated", "total.funding", "total.years", "total.parts", "total.text"), ("error",)),
    **dict.fromkeys(("words.text", "amount.negative", "header.missing", "section.missing"), ("error",)),
    **dict.fromkeys(("table.missing", "period.order", "basis.year", "basis.date", "basis.future"), ("error",)),
    **dict.fromkeys(("indicator.parts", "text.placeholder"), ("error",)),
    **dict.fromkeys(("amount.scale", "amount.missing", "share.security", "task.duplicate"), ("warning",)),
    **dict.fromkeys(("period.outside", "basis.expired", "basis.duplicate", "indicator.share"), ("warning",)),
    "task.incomplete": ("error", "warning"),
    "text.repeat": ("info",),
}
SAMPLE = ROOT / "resources" / "samples" / "ke-hoach-mau.json"


# ---- check


def test_plan_000_and_its_wrong_total(program: Program) -> None:
    found = program("check", fixture_path(0), "--json")
    assert found.code == 1 and found.err == ""
    tasks = found.json["totals"]["tasks"]
    assert tasks["total"] == 5_039_772_000
    assert tasks["security"] == 310_000_000
    assert tasks["security_share"] == pytest.approx(0.0615, abs=5e-5)
    findings = {finding["rule"]: finding for finding in found.json["findings"]}
    stated = findings["total.stated"]
    assert (stated["expected"], stated["actual"]) == (5_039_772_000, 5_039_722_000)
    assert stated["path"] == "/tables/0/stated_total"
    assert "5.039,722" in stated["message"] and "5.039,772" in stated["message"]
    share = findings["share.security"]
    assert share["severity"] == "warning" and share["expected"] == pytest.approx(0.1)
    assert share["actual"] == tasks["security_share"]


TOTALS = {
    0: {"tasks": 5_039_772_000},
    1: {"tasks": 0},
    2: {"tasks": 405_000_000},
    3: {"spending": 162_570_000, "tasks": 0},
    4: {"spending": 189_270_500_000, "spending_security": 87_751_000_000, "tasks": 279_985_500_000},
}


@pytest.mark.parametrize("number", NUMBERS)
def test_totals_of_the_real_plans(here: Program, number: int) -> None:
    found = here("check", fixture_path(number), "--json")
    assert {key: sums["total"] for key, sums in found.json["totals"].items()} == TOTALS[number]
    wrong = [finding for finding in found.json["findings"] if finding["rule"].startswith("total.")]
    assert bool(wrong) == (number == 0)
    assert found.code == int(any(finding["severity"] == "error" for finding in found.json["findings"]))


def test_subtotals_of_plan_004(here: Program, tmp_path: Path) -> None:
    """Stated wrong, each group of Phụ lục II is told with what it really comes to."""
    data = fixture_document(4)
    at = next(n for n, table in enumerate(data["tables"]) if table["key"] == "spending")
    for group in data["tables"][at]["rows"]:
        group["stated_total"] = 1
    found = here("check", write(tmp_path / "a.json", data), "--json").json["findings"]
    told = {finding["path"]: finding["expected"] for finding in found if finding["rule"] == "total.stated"}
    assert told == {
        f"/tables/{at}/rows/{n}/stated_total": amount
        for n, amount in enumerate((168_686_500_000, 10_838_000_000, 2_031_100_000, 7_714_900_000))
    }


def test_plan_004_without_the_damaged_amount(here: Program, tmp_path: Path) -> None:
    data = fixture_document(4)
    at = next(n for n, table in enumerate(data["tables"]) if table["key"] == "tasks")
    [damaged] = [row for row in _rows(data["tables"][at]["rows"]) if row.get("total") == 1_100_000_000]
    del damaged["total"]
    found = here("check", write(tmp_path / "a.json", data), "--json")
    assert found.code == 1
    assert found.json["totals"]["tasks"]["total"] == 278_885_500_000
    stated = [finding for finding in found.json["findings"] if finding["rule"] == "total.stated"]
    assert stated and all(finding["actual"] - finding["expected"] == 1_100_000_000 for finding in stated)


def _rows(rows: list[Any]) -> list[Any]:
    return [found for row in rows for found in (row, *_rows(row.get("rows", [])))]


def _is_amount(value: Any) -> bool:
    return type(value) is int


@pytest.mark.parametrize("path", [*map(fixture_path, NUMBERS), SAMPLE], ids=lambda path: path.stem)
def test_the_shape_of_check(here: Program, path: Path) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    found = here("check", path, "--json").json
    assert list(found) == ["plan", "totals", "findings"]
    assert list(found["plan"].items()) == [
        ("id", data["id"]),
        ("subject", data["document"]["subject"]),
        ("template", data["template"]),
    ]
    assert set(found["totals"]) == {table["key"] for table in data["tables"] if "columns" not in table}
    for sums in found["totals"].values():
        _check_sums(sums)
    for finding in found["findings"]:
        _check_finding(finding, data)


def _check_sums(sums: dict[str, Any]) -> None:
    assert list(sums) == ["total", "by_source", "by_year", "security", "security_share"]
    assert _is_amount(sums["total"]) and _is_amount(sums["security"])
    assert all(map(_is_amount, (*sums["by_source"].values(), *sums["by_year"].values())))
    assert all(re.fullmatch(r"\d{4}", year) for year in sums["by_year"])
    if sums["total"]:
        assert type(sums["security_share"]) is float
        assert sums["security_share"] == pytest.approx(sums["security"] / sums["total"])
    else:
        assert sums["security_share"] is None


def _check_finding(finding: dict[str, Any], data: Any) -> None:
    assert list(finding) == ["rule", "severity", "path", "message", "expected", "actual"]
    rule = finding["rule"]
    assert finding["severity"] in RULES[rule]
    assert finding["message"].endswith(".") and len(finding["message"].splitlines()) == 1
    path = finding["path"]
    assert path == "" or path.startswith("/")
    try:
        resolve(data, path)
    except (KeyError, IndexError):
        # A field that is absent is there to be filled.
        resolve(data, path.rpartition("/")[0])
    for value in (finding["expected"], finding["actual"]):
        if rule.startswith(("total.", "amount.")) and value is not None:
            assert _is_amount(value)
        if rule.startswith("share.") and value is not None:
            assert type(value) is float and 0 <= value <= 1


def test_every_rule_that_can_be_broken_keeps_the_shape(here: Program, tmp_path: Path) -> None:
    """A plan with as many mistakes as fit into one."""
    data = document.dump(small_plan())
    data["organisation"]["name"] = ""
    data["document"]["day"] = 1
    data["legal_bases"] += [
        {"kind": "Quyết định", "number": "749/QĐ-TTg", "date": "2020-06-03", "subject": "phê duyệt"},
        {"kind": "Quyết định", "number": "45/2018/QĐ-TTg", "date": "2019-11-09", "subject": "quy định"},
        {"kind": "Nghị định", "number": "1/NĐ-CP", "date": "2031-01-01", "subject": "quy định"},
    ]
    data["sections"][1]["sections"][2]["text"] = "Tổng kinh phí: 1.000.000 đồng (Bằng chữ: Hai triệu đồng) {lạ}"
    data["sections"][0]["sections"][0]["text"] = ""
    data["indicators"] = {"procedures_total": 5, "procedures_level2": 9}
    data["tables"][0]["rows"] += [
        {"task": "", "total": 5_000_000},
        {"task": "Âm", "total": -1, "lead": "A", "time": "2022"},
        {"task": "Nguồn", "total": 9, "funding": {"local_recurrent": 8}, "lead": "A", "from": 2022, "to": 2021},
        {"task": "Năm", "total": 9, "years": {"2022": 8}, "lead": "A", "time": "2035"},
        {"task": "Phần", "total": 9, "lead": "A", "time": "2022", "rows": [{"task": "a", "total": 1}]},
        {"task": "Đôi", "lead": "A", "time": "2022"},
        {"task": "Đôi", "lead": "A", "time": "2022"},
    ]
    found = here("check", write(tmp_path / "a.json", data), "--json")
    assert found.code == 1
    for finding in found.json["findings"]:
        _check_finding(finding, data)
    assert {finding["rule"] for finding in found.json["findings"]} >= {
        *("header.missing", "basis.duplicate", "basis.year", "basis.future", "total.text", "words.text"),
        *("text.placeholder", "section.missing", "indicator.parts", "task.incomplete", "amount.negative"),
        *("total.funding", "total.years", "total.parts", "task.duplicate", "period.order", "period.outside"),
    }


def test_check_by_id_says_the_same_as_check_of_the_file(program: Program, clean_file: Path) -> None:
    for path in (clean_file, fixture_path(0)):
        [plan_id] = program("import", path).lines
        assert program("check", plan_id, "--json") == program("check", path, "--json")


def test_a_plan_without_findings_is_exit_0(here: Program, clean_file: Path) -> None:
    found = here("check", clean_file, "--json")
    assert (found.code, found.json["findings"], found.err) == (0, [], "")


def test_check_for_a_reader(program: Program) -> None:
    found = program("check", fixture_path(0))
    assert found.code == 1
    assert found.lines[0] == fixture_plan(0).subject
    assert "5.039.772.000 đồng" in found.out and "an toàn thông tin 6,15%" in found.out
    assert "✗ Lỗi [total.stated]" in found.out and "! Cảnh báo [share.security]" in found.out


def test_check_of_a_file_makes_no_store(here: Program, folder: Path, clean_file: Path) -> None:
    here("check", clean_file)
    assert not folder.exists()


# ---- import and list


def test_import_prints_the_ids_and_list_shows_the_plans(program: Program, tmp_path: Path) -> None:
    assert program("list", "--json") == Ran(0, "[]\n", "")
    paths = [fixture_path(number) for number in NUMBERS]
    taken = program("import", *paths)
    assert taken == Ran(0, "".join(f"{fixture_plan(number).id}\n" for number in NUMBERS), "")
    listed = program("list", "--json").json
    assert {entry["id"]: entry["total"] for entry in listed} == {
        fixture_plan(number).id: TOTALS[number]["tasks"] for number in NUMBERS
    }
    for entry in listed:
        assert list(entry) == [
            *("id", "subject", "organisation", "template", "period", "revision", "total", "errors", "warnings"),
            "changed",
        ]
        plan = next(plan for number in NUMBERS if (plan := fixture_plan(number)).id == entry["id"])
        assert entry["subject"] == plan.subject and entry["organisation"] == plan.unit_name
        assert entry["template"] == plan.template and entry["revision"] == plan.revision
        assert entry["period"] == {"from": plan.period_from, "to": plan.period_to}
        assert type(entry["errors"]) is int and type(entry["warnings"]) is int
        assert datetime.fromisoformat(entry["changed"])
    shown = program("list")
    assert shown.code == 0 and len(shown.lines) == 5
    assert any("SỞ NỘI VỤ" in line and "5.039.772.000 đồng" in line for line in shown.lines)


def test_an_empty_store_is_said(here: Program) -> None:
    assert here("list") == Ran(0, "Kho dữ liệu chưa có kế hoạch nào.\n", "")


def test_a_package_is_taken_in_as_its_plan_was(here: Program, folder: Path, clean_file: Path, tmp_path: Path) -> None:
    files = here("export", clean_file, "--to", tmp_path / "ra", "--json").json["files"]
    assert here("import", files["package"], fixture_path(2)).lines == ["ke-hoach-1", fixture_plan(2).id]
    with Store(folder) as store:
        assert document.dump(store.read("ke-hoach-1")) == json.loads(clean_file.read_text(encoding="utf-8"))
        assert document.dump(store.read(fixture_plan(2).id)) == fixture_document(2)


def test_a_plan_that_is_there_takes_the_new_content_in_one_step(here: Program, folder: Path, tmp_path: Path) -> None:
    first = fixture_document(0)
    second = copy.deepcopy(first) | {"recipients": ["Lưu: VT"]}
    second["tables"][0]["rows"] = second["tables"][0]["rows"][:3]
    second["sections"] = second["sections"][1:]
    second["legal_bases"] = second["legal_bases"][:1]
    assert here("import", write(tmp_path / "1.json", first)).code == 0
    assert here("import", write(tmp_path / "2.json", second)) == Ran(0, first["id"] + "\n", "")
    with Store(folder) as store:
        held = store.open_plan(first["id"])
        assert document.dump(held.plan) == second
        assert held.undo_label() == "Nhập từ tệp"
        held.undo()
        assert document.dump(held.plan) == first == document.dump(store.read(first["id"]))
        assert held.undo_label() is None
        held.redo()
        assert document.dump(store.read(first["id"])) == second
    assert len(plans_in(folder)) == 1


def test_an_id_may_have_dots(here: Program, tmp_path: Path) -> None:
    """It is no file then, as long as it does not end like one."""
    path = write(tmp_path / "a.json", document.dump(small_plan(id="SNV.2022")))
    here("import", path)
    assert here("check", "SNV.2022", "--json") == here("check", path, "--json")


# ---- the whole way, help, languages, folders


def test_the_main_job_end_to_end(program: Program, tmp_path: Path) -> None:
    """The shipped sample, as ``make run`` does it without a screen; then on another computer."""
    [plan_id] = program("import", SAMPLE).lines
    assert program("check", plan_id).code in (0, 1)
    files = program("export", plan_id, "--draft", "--to", tmp_path / "ra", "--json").json["files"]
    assert program("verify", files["package"]).code == 0
    other = tmp_path / "máy khác"
    assert run("--data", other, "import", files["package"], cwd=tmp_path).lines == [plan_id]
    assert run("--data", other, "check", plan_id, "--json", cwd=tmp_path) == program("check", plan_id, "--json")


def test_relative_names_are_from_where_one_stands(elsewhere: Path, clean_file: Path) -> None:
    (elsewhere / "kế hoạch.json").write_bytes(clean_file.read_bytes())
    found = run("--data", "kho", "import", "kế hoạch.json", cwd=elsewhere)
    assert found == Ran(0, "ke-hoach-1\n", "")
    assert (elsewhere / "kho" / "kehoachso.db").is_file()
    assert run("--data", "kho", "export", "ke-hoach-1", "--to", "ra", "--json", cwd=elsewhere).json["files"]["pdf"] == (
        str(Path("ra", "KH-2022_SB_2.pdf"))
    )
    assert (elsewhere / "ra" / "KH-2022_SB_2.pdf").is_file()


def test_without_data_the_store_is_the_users_own(tmp_path: Path, clean_file: Path) -> None:
    env = environment(HOME=str(tmp_path), XDG_DATA_HOME=str(tmp_path / "của tôi"))
    assert run("import", clean_file, env=env, cwd=tmp_path).code == 0
    assert [path.name for path in tmp_path.rglob("kehoachso.db")] == ["kehoachso.db"]
    assert [entry["id"] for entry in run("list", "--json", env=env, cwd=tmp_path).json] == ["ke-hoach-1"]


def test_help_names_every_command(program: Program, folder: Path) -> None:
    found = program("--help")
    assert found.code == 0 and found.err == ""
    for command in ("import", "list", "check", "export", "verify", "--data", "--lang"):
        assert command in found.out
    assert "--draft" in program("export", "--help").out
    assert found.out.startswith("cách dùng: main.py") and "\ntùy chọn:\n" in found.out
    assert not folder.exists()


def test_the_language_asked_for_is_used(here: Program, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from models import i18n

    def language(*arguments: str) -> str:
        assert here(*arguments).code == 0
        return i18n.language()

    assert language("list") == "vi"
    assert language("--lang", "en", "list") == "en"
    monkeypatch.setenv("KE_HOACH_SO_LANG", "en")
    assert language("list") == "en"
    assert language("--lang=vi", "list") == "vi"
    monkeypatch.setenv("KE_HOACH_SO_LANG", "xx")
    assert language("list") == "vi"
    monkeypatch.delenv("KE_HOACH_SO_LANG")
    # Chosen in the window, it holds here too.
    (folder / "settings.json").write_text('{"language": "en"}', encoding="utf-8")
    assert language("list") == "en"
    # What is wrong with the arguments is said in it, though the rest was never understood.
    assert here("--lang", "en", "nothing").code == 2
    assert i18n.language() == "en"


_WATCH = """
import sys
touched = []
sys.addaudithook(lambda event, _details: touched.append(event) if event.startswith("socket.") else None)
sys.path.insert(0, {root!r})
from ui import cli
store, plan, to, package = sys.argv[1:]
for arguments in (
    ["import", plan], ["list"], ["check", plan, "--json"], ["check", "ke-hoach-1"],
    ["export", "ke-hoach-1", "--to", to], ["export", plan, "--to", to, "--draft", "--json"],
    ["verify", package], ["import", package], ["nothing"], ["check", "missing.json"], ["--help"],
):
    try:
        code = cli.main(["--data", store, *arguments])
    except SystemExit as done:
        code = done.code
    assert code == (2 if arguments[0] == "nothing" or "missing.json" in arguments else 0), (arguments, code)
assert not touched, touched
found = [name for name in sys.modules if name.partition(".")[0] in ("PySide6", "shiboken6", "qtawesome", "qtpy")]
assert not found, found
assert not [name for name in sys.modules if name in ("ui.app", "ui.main_window", "ui.theme")]
"""


def test_no_command_touches_qt_or_the_network(folder: Path, clean_file: Path, tmp_path: Path) -> None:
    to = tmp_path / "ra"
    found = run(folder, clean_file, to, to / "KH-2022_SB_2.zip", python=_WATCH.format(root=str(ROOT)), cwd=tmp_path)
    assert found.code == 0, found.err


def test_a_closed_pipe_stops_nothing(folder: Path, clean_file: Path, tmp_path: Path) -> None:
    """Whoever reads the output may have seen enough: the work is done all the same, and nothing is complained of."""
    process = [sys.executable, str(MAIN), "--data", str(folder)]
    for arguments, code in (
        (["import", *(str(fixture_path(n)) for n in NUMBERS)], 0),
        (["list"], 0),
        (["check", str(fixture_path(0)), "--json"], 1),
        (["--help"], 0),
    ):
        for more in ({}, {"PYTHONUNBUFFERED": "1"}):
            with subprocess.Popen(
                [*process, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(**more)
            ) as run_on:
                assert run_on.stdout is not None and run_on.stderr is not None
                run_on.stdout.close()
                assert run_on.stderr.read() == b""
            assert run_on.returncode == code
    assert len(plans_in(folder)) == 5


def test_a_closed_output_is_no_failure(folder: Path) -> None:
    """As where the program is started without a console."""
    command = 'exec "$0" "$@" >&- 2>&-'
    done = subprocess.run(["sh", "-c", command, sys.executable, str(MAIN), "--data", str(folder), "list"], timeout=60)
    assert done.returncode == 0

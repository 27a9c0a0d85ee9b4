"""The dialogs that ask: a new plan from a template, and the unit's particulars at the first start."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from models import template
from models.errors import TemplateError
from models.settings import Settings
from ui.dialogs import new_plan
from ui.dialogs.new_plan import NewPlanDialog, first_year
from ui.dialogs.particulars import ParticularsDialog, is_first_start, particulars


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path)


@pytest.fixture
def dialog(app: QApplication, settings: Settings) -> Iterator[NewPlanDialog]:
    settings.set("unit", {"unit_name": "SỞ NỘI VỤ", "unit_code": "SNV", "ghi_chu": "lạ", "place": 5})
    made = NewPlanDialog(None, settings)
    made.show()
    yield made
    made.close()
    made.deleteLater()
    app.processEvents()


def choose(dialog: NewPlanDialog, template_id: str) -> None:
    for row in range(dialog.choice.count()):
        dialog.choice.setCurrentRow(row)
        found = dialog.template()
        if found is not None and found.id == template_id:
            return
    raise AssertionError(template_id)


def test_a_plan_is_made_of_what_is_chosen(dialog: NewPlanDialog, settings: Settings) -> None:
    choose(dialog, "chinh-quyen-so-2021-2025")
    assert dialog.year.value() == 2021
    dialog.form.fields["place"].setText(" Hà Tĩnh ")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    plan = dialog.plan
    assert plan is not None
    assert (plan.template, plan.period_from, plan.period_to) == ("chinh-quyen-so-2021-2025", 2021, 2025)
    assert (plan.unit_name, plan.place, plan.symbol) == ("SỞ NỘI VỤ", "Hà Tĩnh", "KH-SNV")
    assert particulars(settings)["place"] == "Hà Tĩnh"


def test_a_year_that_was_typed_stays(dialog: NewPlanDialog) -> None:
    choose(dialog, "chinh-quyen-so-2022")
    dialog.year.setFocus()
    dialog.year.selectAll()
    QTest.keyClicks(dialog.year, "2024")
    choose(dialog, "chuyen-doi-so-2027")
    assert dialog.year.value() == 2024
    assert any("2024" in label.text() for label in dialog.findChildren(QLabel))


def test_escape_makes_and_remembers_nothing(dialog: NewPlanDialog, settings: Settings) -> None:
    dialog.form.fields["place"].setText("Huế")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.plan is None
    assert "place" not in particulars(settings)


def test_a_faulty_template_is_told_and_the_others_work(
    app: QApplication, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = template.get

    def get(template_id: str) -> template.Template:
        if template_id == "hong":
            raise TemplateError("Tệp mẫu “hong.toml” có lỗi.")
        return whole(template_id)

    monkeypatch.setattr(template, "known", lambda: ["hong", "chinh-quyen-so-2022"])
    monkeypatch.setattr(template, "get", get)
    made = NewPlanDialog(None, settings)
    made.show()
    assert any("hong.toml" in label.text() and label.isVisible() for label in made.findChildren(QLabel))
    assert made.choice.count() == 1
    made.accept()
    assert made.plan is not None
    made.deleteLater()
    app.processEvents()


def test_the_year_offered(app: QApplication) -> None:
    templates, faults = new_plan.load_templates()
    by_id = {one.id: one for one in templates}
    assert faults == []
    assert first_year(by_id["chuyen-doi-so-2027"], templates, date(2026, 11, 1)) == 2027
    assert first_year(by_id["chuyen-doi-so-2027"], templates, date(2028, 10, 1)) == 2029
    assert first_year(by_id["chuyen-doi-so-2027"], templates, date(2028, 2, 1)) == 2028
    assert first_year(by_id["chinh-quyen-so-2022"], templates, date(2028, 10, 1)) == 2022


def test_later_is_remembered_too(app: QApplication, settings: Settings) -> None:
    assert is_first_start(settings)
    made = ParticularsDialog(None, settings)
    made.form.fields["unit_name"].setText("SỞ A")
    made.reject()
    assert not is_first_start(settings)
    assert particulars(settings) == {}
    again = ParticularsDialog(None, settings)
    again.form.fields["unit_name"].setText("SỞ A")
    again.accept()
    assert particulars(settings)["unit_name"] == "SỞ A"
    for dialog in (made, again):
        dialog.deleteLater()
    app.processEvents()

"""What a failure says is one line, whatever it quotes."""

from __future__ import annotations

import pytest

from models import template
from models.errors import BackupError, StoreDamaged, TemplateError, UserError


@pytest.mark.parametrize("kind", [UserError, BackupError, TemplateError])
def test_a_sentence_is_one_line(kind: type[UserError]) -> None:
    said = "Tệp “a\nb\tc\x00\x1b[31md\u2028e.json” không đọc được."
    assert str(kind(said)) == "Tệp “a b c [31md e.json” không đọc được."


def test_a_damaged_store_keeps_its_reason() -> None:
    error = StoreDamaged("Kho\nhỏng.", "bị cắt cụt")
    assert (str(error), error.why) == ("Kho hỏng.", "bị cắt cụt")


def test_a_key_with_a_line_end_in_a_template_is_told_in_one_line() -> None:
    with pytest.raises(TemplateError) as caught:
        template.read(b'"a\\nb" = 1\n', "mẫu")
    assert "\n" not in str(caught.value) and str(caught.value).endswith(".")

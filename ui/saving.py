"""Asking for the file that something is to be written to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from models.errors import ExportError
from models.i18n import _


def ask(parent: QWidget, title: str, proposed: Path, kind: str) -> Path | None:
    """The file that the user names, with the ending of the ``proposed`` one; ``None`` where none is named.

    ``kind`` is what the dialog calls such files: ``Bảng tính Excel (*.xlsx)``. ``ExportError`` where the ending was
    added and there is such a file: the dialog has asked about the name as it was typed, not about this one.
    """
    name, _kind = QFileDialog.getSaveFileName(parent, title, str(proposed), kind)
    if not name:
        return None
    path = Path(name)
    if path.suffix.lower() == proposed.suffix:
        return path
    path = path.with_name(path.name + proposed.suffix)
    if path.exists():
        raise ExportError(_("Đã có tệp “{path}”; hãy chọn tên khác.").format(path=path))
    return path

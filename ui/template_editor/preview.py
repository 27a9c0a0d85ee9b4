"""What a template gives: the outline of a new plan, and the plan as it is printed while nothing is in it yet."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from models import numbering
from models.create import new_plan
from models.i18n import _
from models.plan import Plan, Row, Section, insert
from models.template_parts import Template
from ui import worker
from ui.pdf_pages import open_pdf
from ui.widgets.pdf_view import PdfView

#: Stands where the unit will write.
_BLANK = "…"


def sample(template: Template) -> Plan:
    """A new plan of the template, with a blank row in each table, so that its columns are seen."""
    particulars = {"unit_name": "TÊN ĐƠN VỊ", "unit_code": "DV", "place": _BLANK}
    plan = new_plan(template, template.default_from, particulars)
    for table in plan.tables:
        cells = [_BLANK] * len(table.columns) if table.columns is not None else None
        insert(table, Row(cells=cells) if cells is not None else Row(task=_BLANK))
    return plan


def render(template: Template) -> bytes:
    """The PDF of the sample. For a thread."""
    from models.exports import pdf

    return pdf.render(sample(template), template)


class TemplatePreview(QDialog):
    """The outline at the left, the pages at the right."""

    def __init__(self, parent: QWidget, template: Template) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Xem thử mẫu"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(8)
        title = QLabel(_("Kế hoạch mới lập theo mẫu này"))
        title.setObjectName("title")
        layout.addWidget(title)
        splitter = QSplitter()
        splitter.addWidget(self._build_outline(template))
        self._pdf = QPdfDocument(self)
        self.view = PdfView(self._pdf)
        self.view.setAccessibleName(_("Bản in"))
        splitter.addWidget(self.view)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([380, 760])
        layout.addWidget(splitter, 1)
        row = QHBoxLayout()
        self._said = QLabel(_("Đang dựng bản xem trước…"))
        self._said.setObjectName("muted")
        self._said.setWordWrap(True)
        row.addWidget(self._said, 1)
        close = QPushButton(_("Đóng"))
        close.setObjectName("main")
        close.setDefault(True)
        close.clicked.connect(self.close)
        row.addWidget(close)
        layout.addLayout(row)
        self.resize(parent.window().size() * 0.95)
        self.outline.setFocus()
        worker.run(self, lambda _progress: render(template), self._show_pdf, self._said.setText)

    def _build_outline(self, template: Template) -> QTreeWidget:
        self.outline = QTreeWidget()
        self.outline.setObjectName("card")
        self.outline.setAccessibleName(_("Đề cương của kế hoạch mới"))
        self.outline.setHeaderHidden(True)
        self.outline.setIndentation(16)
        self.outline.ensurePolished()
        plan = sample(template)
        numbers = numbering.section_numbers(plan.sections, template.outline)

        def add(above: QTreeWidgetItem | QTreeWidget, sections: list[Section], depth: int) -> None:
            for section in sections:
                spec = template.section(section.key)
                style = template.outline[depth] if depth < len(template.outline) else "-"
                text = numbering.heading(numbers[id(section)], style, section.heading)
                if spec is not None and spec.required:
                    text = _("{name} (bắt buộc)").format(name=text)
                item = QTreeWidgetItem(above, [text])
                item.setToolTip(0, "\n".join(filter(None, (text, spec.hint if spec is not None else ""))))
                for table in plan.tables:
                    if table.section == section.key:
                        QTreeWidgetItem(item, [_("Bảng: {name}").format(name=table.title)])
                add(item, section.sections, depth + 1)

        add(self.outline, plan.sections, 0)
        for table in plan.tables:
            if not table.section:
                name = _("Phụ lục: {name}").format(name=table.title)
                QTreeWidgetItem(self.outline, [name]).setToolTip(0, name)
        self.outline.expandAll()
        return self.outline

    def _show_pdf(self, data: bytes) -> None:
        self._pdf = open_pdf(data, self)
        sizes = [self._pdf.pagePointSize(page) for page in range(self._pdf.pageCount())]
        self.view.show_document(self._pdf, sizes)
        self._said.setText(_("{count} trang khi chưa ghi gì.").format(count=len(sizes)))

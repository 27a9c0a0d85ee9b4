"""How a plan is signed, by pen or digitally, and how the signed PDF comes back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from models.i18n import N_, _

#: Heading, then its steps in order.
GUIDE: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        N_("Ký số"),
        (
            N_(
                "Kết xuất bản chính thức. Tệp cần ký là tệp .pdf trong thư mục kết xuất, không phải tệp trong gói .zip."
            ),
            N_(
                "Mở tệp đó bằng chương trình ký số của cơ quan và ký thẳng lên tệp: lãnh đạo ký trước, hình chữ "
                "ký đặt giữa chức vụ và họ tên."
            ),
            N_(
                "Văn thư đóng số vào sau chữ “Số:” và ngày vào sau chữ “ngày”, rồi ký số của cơ quan: hình dấu "
                "đỏ trùm khoảng một phần ba chữ ký về bên trái."
            ),
            N_(
                "Không in lại ra PDF, không mở rồi lưu lại bằng chương trình khác, không ghép hay nén tệp: làm "
                "vậy thì chữ ký mất giá trị."
            ),
            N_(
                "Đưa tệp đã ký trở lại bằng “Nhận bản PDF đã ký…”: chương trình kiểm tra từng chữ ký rồi đưa bản "
                "ký vào gói nộp."
            ),
        ),
    ),
    (
        N_("Ký bút và đóng dấu"),
        (
            N_("Kết xuất bản chính thức rồi in tệp PDF trên giấy A4, tỷ lệ 100%, một mặt hoặc hai mặt."),
            N_("Lãnh đạo ký vào khoảng trống giữa chức vụ và họ tên; văn thư ghi số và ngày vào chỗ trống, đóng dấu."),
            N_(
                "Không sửa bằng tay trên bản in. Cần sửa thì sửa trong chương trình và kết xuất lần mới: mã ở "
                "chân trang sẽ khác."
            ),
            N_("Nộp bản giấy kèm gói .zip của đúng lần kết xuất đó: mã in ở chân mỗi trang phải trùng với mã của gói."),
        ),
    ),
    (
        N_("Chứng thư được tin cậy"),
        (
            N_(
                "Chương trình không dùng mạng. Nó tin các chứng thư gốc của máy và các tệp .cer, .crt, .pem "
                "trong thư mục “chung-thu-goc” cạnh kho dữ liệu hoặc cạnh chương trình."
            ),
            N_(
                "“Chưa rõ nơi cấp” không có nghĩa là chữ ký sai: hãy chép chứng thư gốc của nơi cấp (như Ban Cơ "
                "yếu Chính phủ) vào thư mục đó rồi kiểm tra lại."
            ),
        ),
    ),
)


class SigningGuide(QDialog):
    """Steps under headings, and the way to take the signed PDF in."""

    def __init__(self, parent: QWidget | None, receive: Callable[[], object] | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Hướng dẫn ký"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        title = QLabel(_("Hướng dẫn ký"))
        title.setObjectName("title")
        layout.addWidget(title)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # The arrow keys scroll.
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        area.setAccessibleName(_("Hướng dẫn ký"))
        area.setWidget(self._build())
        layout.addWidget(area, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        self.take: QPushButton | None = None
        if receive is not None:
            self.take = QPushButton(_("Nhận bản PDF đã ký…"))
            self.take.setAccessibleName(self.take.text())
            self.take.clicked.connect(self.close)
            self.take.clicked.connect(receive)
            row.addWidget(self.take)
        close = QPushButton(_("Đóng"))
        close.setObjectName("main")
        close.setDefault(True)
        close.setAccessibleName(_("Đóng"))
        close.clicked.connect(self.close)
        row.addWidget(close)
        layout.addLayout(row)
        self.resize(
            min(1000, 96 * self.fontMetrics().averageCharWidth()), min(660, 36 * self.fontMetrics().lineSpacing())
        )
        area.setFocus()

    def _build(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        for number, (heading, steps) in enumerate(GUIDE):
            head = QLabel(_(heading))
            head.setObjectName("heading")
            if number:
                column.addSpacing(16)
            column.addWidget(head)
            grid = QGridLayout()
            grid.setHorizontalSpacing(8)
            grid.setVerticalSpacing(8)
            grid.setColumnStretch(1, 1)
            for step, text in enumerate(steps, 1):
                mark, label = QLabel(f"{step}."), QLabel(_(text))
                mark.setObjectName("muted")
                mark.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
                label.setWordWrap(True)
                label.setTextFormat(Qt.TextFormat.PlainText)
                grid.addWidget(mark, step, 0)
                grid.addWidget(label, step, 1)
            column.addLayout(grid)
        column.addStretch(1)
        return inside

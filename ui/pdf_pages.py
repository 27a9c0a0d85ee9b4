"""Pages of a PDF as pictures, for the screen and for the printer."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QRect, QSize
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions

POINTS_PER_INCH = 72
#: Bytes of pictures kept.
_KEPT = 64 << 20


def open_pdf(data: bytes, parent: QObject | None = None) -> QPdfDocument:
    """The PDF in ``data``, which it keeps; without pages where it cannot be read."""
    pdf, buffer = QPdfDocument(parent), QBuffer()  # type: ignore[arg-type]
    buffer.setParent(pdf)
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    pdf.load(buffer)
    return pdf


def clip(whole: QSize, part: QRect) -> QPdfDocumentRenderOptions:
    """What makes a picture of ``part`` of a page that as a whole would be of the size ``whole``, both in pixels."""
    options = QPdfDocumentRenderOptions()
    options.setScaledSize(whole)
    # Qt takes the last row and column of it for its edge, and would make the picture smaller by one of each.
    options.setScaledClipRect(part.adjusted(0, 0, 1, 1))
    return options


class Pictures:
    """Pictures of whole pages, the last ones kept."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, QImage] = OrderedDict()

    def clear(self) -> None:
        self._kept.clear()

    def of(self, pdf: QPdfDocument, page: int, size: QSize, ratio: float) -> QImage:
        """The picture of a page, ``size`` in pixels of the screen, of which ``ratio`` are one of Qt's."""
        found = self._kept.get(page)
        if found is None or found.size() != size:
            found = pdf.render(page, size)
            found.setDevicePixelRatio(ratio)
            self._kept[page] = found
            while len(self._kept) > 1 and sum(one.sizeInBytes() for one in self._kept.values()) > _KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(page)
        return found

"""Taking the chart along: a picture at twice the size, to a file or the clipboard, and the candles that are seen."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QRect, Qt
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter, QPainter
from PySide6.QtWidgets import QFileDialog, QWidget

from hoga.base.clock import KST
from hoga.domain.market_data import Candle
from hoga.ui import format as show
from hoga.ui.context import Context, Event

if TYPE_CHECKING:
    from hoga.ui.chart.canvas import Canvas

_TIMES = 2


def picture_of(canvas: Canvas, title: str) -> QImage:
    """What is seen, without the crosshair, under a line that says what it is."""
    head = canvas.fontMetrics().height() * 3 // 2
    wide, tall = canvas.width(), canvas.height() + head
    image = QImage(wide * _TIMES, tall * _TIMES, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(_TIMES)
    image.fill(canvas.picture.looks.ground)
    painter = QPainter(image)
    painter.setPen(canvas.picture.looks.text)
    painter.setFont(canvas.font())
    painter.drawText(QRect(head // 3, 0, wide, head), Qt.AlignmentFlag.AlignVCenter, title)
    painter.translate(0, head)
    cross, canvas.sight.cross = canvas.sight.cross, None
    try:
        canvas.picture.draw(painter)
    finally:
        canvas.sight.cross = cross
        painter.end()
    return image


def table_of(candles: list[Candle], heads: tuple[str, ...]) -> bytes:
    """As CSV that a spreadsheet opens: plain numbers, Korean time. A stretch that is not known has no row."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heads)
    for one in candles:
        prices = (one.open_units, one.high_units, one.low_units, one.close_units)
        told = (show.plain(show.units(units, one.currency)) for units in prices)
        writer.writerow((f"{one.start.astimezone(KST):%Y-%m-%d %H:%M:%S}", *told, one.volume))
    return out.getvalue().encode("utf-8-sig")


class Taking(QObject):
    """Asks where to without stopping the window, and says what was written."""

    def __init__(self, context: Context, pane: QWidget) -> None:
        super().__init__(pane)
        self._context, self._pane = context, pane

    def copy_picture(self, canvas: Canvas, title: str) -> None:
        QGuiApplication.clipboard().setImage(picture_of(canvas, title))

    def save_picture(self, canvas: Canvas, title: str, name: str) -> QFileDialog:
        image = picture_of(canvas, title)
        return self._ask(f"{name}.png", "PNG (*.png)", lambda path: self._write_picture(image, path))

    def save_table(self, candles: list[Candle], name: str) -> QFileDialog:
        heads = (
            self.tr("Time"), self.tr("Open"), self.tr("High"), self.tr("Low"), self.tr("Close"), self.tr("Volume")
        )  # fmt: skip
        table = table_of(candles, heads)
        return self._ask(f"{name}.csv", "CSV (*.csv)", lambda path: self._write(table, path))

    def _ask(self, name: str, kind: str, then: Callable[[str], None]) -> QFileDialog:
        dialog = QFileDialog(self._pane, self.tr("Save the chart"), name, kind)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(name.rpartition(".")[2])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(then)
        dialog.open()
        return dialog

    def _write_picture(self, image: QImage, path: str) -> None:
        if QImageWriter(path, QByteArray(b"PNG")).write(image):
            self._say_written(path)
        else:
            self._say_failed(path)

    def _write(self, content: bytes, path: str) -> None:
        try:
            Path(path).write_bytes(content)
        except OSError as error:
            self._say_failed(error.strerror or path)
        else:
            self._say_written(path)

    def _say_written(self, path: str) -> None:
        self._context.say(Event.NOTE, self.tr("Written: {file}").format(file=Path(path).name))

    def _say_failed(self, why: str) -> None:
        text = self.tr("The file could not be written: {why}. Choose another folder.").format(why=why)
        self._context.say(Event.NOTE, text, sticky=True)

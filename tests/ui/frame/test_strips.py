"""Rows kept as pictures: they look as if they were drawn anew, follow what they say, and do not pile up."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from hoga.domain.tickets import Side
from hoga.ui import strips
from hoga.ui.app_look import application_font, choose_font
from hoga.ui.order.page import OrderPage
from hoga.ui.quote.book_rows import BookInput
from hoga.ui.quote.book_view import BookView
from hoga.ui.strips import Strips
from tests.support import made_up
from tests.support.fake_desk import beat, make_context


def _picture(widget: QWidget) -> QImage:
    return cast(QImage, widget.grab().toImage())


def test_a_book_from_kept_rows_looks_as_one_drawn_anew(qapp: QApplication) -> None:
    context, font = make_context(), application_font(choose_font(), 100)
    instrument = made_up.SAMSUNG
    fresh, kept = BookView(context), BookView(context)
    inputs = [
        BookInput(instrument.id, made_up.book(instrument, last=last), last=last, base=70_000, stale=stale)
        for last in (70_000, 70_300, 70_000)
        for stale in (False, True, False)
    ]
    for view in (fresh, kept):
        view.setFont(font)
        view.resize(420, 480)
    for given in inputs:
        kept.show_book(given)
        _picture(kept)
    fresh.show_book(inputs[-1])
    assert _picture(kept) == _picture(fresh)


def test_a_ladder_from_kept_rows_looks_as_one_drawn_anew(qapp: QApplication) -> None:
    context = make_context()
    context.select(made_up.SAMSUNG.id)
    page = OrderPage(context)
    page.setFont(application_font(choose_font(), 100))
    page.resize(1_000, 700)
    page.show()
    view = page.ladder.view
    for last in (70_000, 70_200, 70_000):
        context.desk.board.update(made_up.book(made_up.SAMSUNG, context.desk.clock.now(), last), "stream")
        beat(context)
        seen = _picture(view)
    view.look_again()
    assert _picture(view) == seen
    page.close()


def _strip(shade: int) -> tuple[list[int], object]:
    painted: list[int] = []

    def paint(painter: QPainter, area: QRect) -> None:
        painted.append(shade)
        painter.fillRect(area, QColor(shade, shade, shade))

    return painted, paint


@pytest.fixture
def sheet(qapp: QApplication) -> QImage:
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    return image


def test_the_same_row_is_painted_once_and_copied_to_any_place(sheet: QImage) -> None:
    kept, (painted, paint) = Strips(), _strip(40)
    with QPainter(sheet) as painter:
        for top in (0, 20, 40):
            kept.draw(painter, QRect(10, top, 50, 10), (Side.BUY, 1), paint)  # type: ignore[arg-type]
    assert painted == [40]
    assert [sheet.pixelColor(59, top + 9).red() for top in (0, 20, 40)] == [40] * 3
    assert sheet.pixelColor(60, 0).red() == sheet.pixelColor(9, 0).red() == 255


def test_rows_of_another_size_are_painted_anew(sheet: QImage) -> None:
    kept, (painted, paint) = Strips(), _strip(40)
    with QPainter(sheet) as painter:
        for width in (50, 60, 50):
            kept.draw(painter, QRect(0, 0, width, 10), 1, paint)  # type: ignore[arg-type]
    assert len(painted) == 3


def test_the_oldest_pictures_go_when_there_are_too_many(sheet: QImage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strips, "_MOST_BYTES", 3 * 50 * 10 * 4)
    kept, (painted, paint) = Strips(), _strip(40)
    with QPainter(sheet) as painter:
        for key in (1, 2, 3, 4, 4, 3, 2, 1):
            kept.draw(painter, QRect(0, 0, 50, 10), key, paint)  # type: ignore[arg-type]
    assert len(painted) == 5


def test_where_pixels_are_parts_of_points_rows_are_drawn_themselves(qapp: QApplication) -> None:
    image = QImage(150, 150, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(1.5)
    kept, (painted, paint) = Strips(), _strip(40)
    with QPainter(image) as painter:
        for _ in range(2):
            kept.draw(painter, QRect(0, 3, 50, 10), 1, paint)  # type: ignore[arg-type]
    assert len(painted) == 2
    assert image.pixelColor(10, 10).red() == 40

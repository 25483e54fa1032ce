"""Laid-out texts are kept while they are in use, and never more than a window has use for."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication

from hoga.ui.quote import text_cache
from hoga.ui.quote.text_cache import TextCache

_AREA, _SIDE = QRect(0, 0, 100, 20), Qt.AlignmentFlag.AlignRight


class _Counted(TextCache):
    def __init__(self) -> None:
        super().__init__(QFont())
        self.laid: list[str] = []

    def _laid_out(self, text: str) -> text_cache._Laid:
        self.laid.append(text)
        return super()._laid_out(text)

    @property
    def kept(self) -> int:
        return len(self._texts) + len(self._older)


def test_a_day_of_seconds_is_forgotten_and_a_price_in_use_is_not(qapp: QApplication) -> None:
    """Every second shows its time in two frames and each price in both: as a tape does."""
    cache, image = _Counted(), QImage(100, 20, QImage.Format.Format_RGB32)
    painter, most = QPainter(image), 0
    for second in range(3 * text_cache._MOST):
        for text in ("70,000", f"{second}", "70,000", f"{second}"):
            cache.draw(painter, _AREA, text, _SIDE)
        most = max(most, cache.kept)
    painter.end()
    assert most <= 2 * text_cache._MOST
    assert cache.laid.count("70,000") == 1
    assert len(cache.laid) == 1 + 3 * text_cache._MOST


def test_what_is_forgotten_is_drawn_and_learned_anew(qapp: QApplication) -> None:
    cache, image = _Counted(), QImage(100, 20, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    for text in ("first", "first", *(f"{n}" for n in range(3 * text_cache._MOST) for _ in "ab"), "first", "first"):
        cache.draw(painter, _AREA, text, _SIDE)
    painter.end()
    assert cache.laid.count("first") == 2

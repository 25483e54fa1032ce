"""The chart's words in the chosen language."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from hoga.base.clock import KST
from hoga.base.message import Language
from hoga.domain.tickets import Side
from hoga.ui import format as show
from hoga.ui.chart.timeframe import Timeframe

_CONTEXT = "ChartTexts"


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """Marks a text of a table for the translators; Qt's own function of this name has no usable type."""
    return text


_SHORT = {
    Timeframe.M1: QT_TRANSLATE_NOOP("ChartTexts", "1m"),
    Timeframe.M5: QT_TRANSLATE_NOOP("ChartTexts", "5m"),
    Timeframe.M15: QT_TRANSLATE_NOOP("ChartTexts", "15m"),
    Timeframe.M60: QT_TRANSLATE_NOOP("ChartTexts", "60m"),
    Timeframe.DAY: QT_TRANSLATE_NOOP("ChartTexts", "D"),
    Timeframe.WEEK: QT_TRANSLATE_NOOP("ChartTexts", "W"),
    Timeframe.MONTH: QT_TRANSLATE_NOOP("ChartTexts", "M"),
}
_LONG = {
    Timeframe.M1: QT_TRANSLATE_NOOP("ChartTexts", "1-minute candles"),
    Timeframe.M5: QT_TRANSLATE_NOOP("ChartTexts", "5-minute candles"),
    Timeframe.M15: QT_TRANSLATE_NOOP("ChartTexts", "15-minute candles"),
    Timeframe.M60: QT_TRANSLATE_NOOP("ChartTexts", "60-minute candles"),
    Timeframe.DAY: QT_TRANSLATE_NOOP("ChartTexts", "Daily candles"),
    Timeframe.WEEK: QT_TRANSLATE_NOOP("ChartTexts", "Weekly candles"),
    Timeframe.MONTH: QT_TRANSLATE_NOOP("ChartTexts", "Monthly candles"),
}


def short_name(timeframe: Timeframe) -> str:
    return QCoreApplication.translate(_CONTEXT, _SHORT[timeframe])


def long_name(timeframe: Timeframe) -> str:
    return QCoreApplication.translate(_CONTEXT, _LONG[timeframe])


class Texts:
    """Words that a picture needs; made anew when the language changes."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self.open = QCoreApplication.translate("ChartTexts", "O")
        self.high = QCoreApplication.translate("ChartTexts", "H")
        self.low = QCoreApplication.translate("ChartTexts", "L")
        self.close = QCoreApplication.translate("ChartTexts", "C")
        self.volume_word = QCoreApplication.translate("ChartTexts", "Vol")
        self.average = QCoreApplication.translate("ChartTexts", "Avg")
        self.stale = QCoreApplication.translate("ChartTexts", "not live")
        self.sides = {
            Side.BUY: "▲ " + QCoreApplication.translate("ChartTexts", "bought"),
            Side.SELL: "▼ " + QCoreApplication.translate("ChartTexts", "sold"),
        }

        buy, sell = QCoreApplication.translate("ChartTexts", "Buy"), QCoreApplication.translate("ChartTexts", "Sell")
        self.orders = {Side.BUY: f"▲ {buy}", Side.SELL: f"▼ {sell}"}
        self.outside = QCoreApplication.translate("ChartTexts", "outside today's limits")
        self.hidden = "•••"

    def volume(self, shares: int) -> str:
        return show.big_won(shares, self._language)

    def moment(self, start: datetime, timeframe: Timeframe) -> str:
        """When a bar begins, as exactly as the bar is: 2026-11-23 (월) 10:31, 2026-11-23 (월), 2026-11."""
        local = start.astimezone(KST)
        if timeframe is Timeframe.MONTH:
            return f"{local:%Y-%m}"
        day = show.day(local.date(), self._language)
        return f"{day} {local:%H:%M}" if timeframe.intraday else day

"""The chart's words in the chosen language."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from hoga.base.clock import KST
from hoga.base.message import Language
from hoga.domain.tickets import Side
from hoga.domain.values import Currency
from hoga.ui import format as show
from hoga.ui.chart.timeframe import Timeframe

_CONTEXT = "ChartTexts"


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """Marks a text of a table for the translators; Qt's own function of this name has no usable type."""
    return text


_SHORT = {
    Timeframe.T10: QT_TRANSLATE_NOOP("ChartTexts", "10T"),
    Timeframe.T60: QT_TRANSLATE_NOOP("ChartTexts", "60T"),
    Timeframe.M3: QT_TRANSLATE_NOOP("ChartTexts", "3m"),
    Timeframe.M10: QT_TRANSLATE_NOOP("ChartTexts", "10m"),
    Timeframe.M30: QT_TRANSLATE_NOOP("ChartTexts", "30m"),
    Timeframe.M240: QT_TRANSLATE_NOOP("ChartTexts", "240m"),
    Timeframe.YEAR: QT_TRANSLATE_NOOP("ChartTexts", "Y"),
    Timeframe.M1: QT_TRANSLATE_NOOP("ChartTexts", "1m"),
    Timeframe.M5: QT_TRANSLATE_NOOP("ChartTexts", "5m"),
    Timeframe.M15: QT_TRANSLATE_NOOP("ChartTexts", "15m"),
    Timeframe.M60: QT_TRANSLATE_NOOP("ChartTexts", "60m"),
    Timeframe.DAY: QT_TRANSLATE_NOOP("ChartTexts", "D"),
    Timeframe.WEEK: QT_TRANSLATE_NOOP("ChartTexts", "W"),
    Timeframe.MONTH: QT_TRANSLATE_NOOP("ChartTexts", "M"),
}
_LONG = {
    Timeframe.T10: QT_TRANSLATE_NOOP("ChartTexts", "10-trade candles"),
    Timeframe.T60: QT_TRANSLATE_NOOP("ChartTexts", "60-trade candles"),
    Timeframe.M3: QT_TRANSLATE_NOOP("ChartTexts", "3-minute candles"),
    Timeframe.M10: QT_TRANSLATE_NOOP("ChartTexts", "10-minute candles"),
    Timeframe.M30: QT_TRANSLATE_NOOP("ChartTexts", "30-minute candles"),
    Timeframe.M240: QT_TRANSLATE_NOOP("ChartTexts", "240-minute candles"),
    Timeframe.YEAR: QT_TRANSLATE_NOOP("ChartTexts", "Yearly candles"),
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
        self._round = {
            Side.BUY: QCoreApplication.translate("ChartTexts", "plan buys, round {n}"),
            Side.SELL: QCoreApplication.translate("ChartTexts", "plan sells, round {n}"),
        }
        self.own = QCoreApplication.translate("ChartTexts", "this one")
        self.log = QCoreApplication.translate("ChartTexts", "log")
        self.adjusted = QCoreApplication.translate("ChartTexts", "adjusted")
        self.raw = QCoreApplication.translate("ChartTexts", "raw prices")
        self.heikin = QCoreApplication.translate("ChartTexts", "Heikin-Ashi · values are the real candle's")
        self.outside = QCoreApplication.translate("ChartTexts", "outside today's limits")
        self._bars = QCoreApplication.translate("ChartTexts", "{n} bars")
        self._days = QCoreApplication.translate("ChartTexts", "{n} d")
        self.hidden = "•••"

    def plan_round(self, number: int, side: Side) -> str:
        return f"◆ {self._round[side].format(n=number)}"

    def measure(self, units: tuple[int, int], bars: int, minutes: int, currency: Currency) -> str:
        """What two clicks found: change, per cent, bars, time."""
        change = units[1] - units[0]
        days, rest = divmod(abs(minutes), 24 * 60)
        told = [self._days.format(n=days)] if days else []
        if rest or not days:
            told.append(f"{rest // 60}:{rest % 60:02d}")
        counted = self._bars.format(n=f"{bars:,}".replace("-", show.MINUS))
        return f"{show.change(change, currency)} ({show.rate(change, units[0])}) · {counted} · {' '.join(told)}"

    def volume(self, shares: int) -> str:
        return show.big_won(shares, self._language)

    def moment(self, start: datetime, timeframe: Timeframe) -> str:
        """When a bar begins, as exactly as the bar is: 2026-11-23 (월) 10:31, 2026-11-23 (월), 2026-11, 2026."""
        local = start.astimezone(KST)
        if timeframe in (Timeframe.MONTH, Timeframe.YEAR):
            return f"{local:%Y-%m}" if timeframe is Timeframe.MONTH else f"{local:%Y}"
        day = show.day(local.date(), self._language)
        if timeframe.trades:
            return f"{day} {local:%H:%M:%S}"
        return f"{day} {local:%H:%M}" if timeframe.intraday else day

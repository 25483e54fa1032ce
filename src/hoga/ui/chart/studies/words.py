"""Names of studies, their lines and their settings in the chosen language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from hoga.ui.chart.studies.study import Study
from hoga.ui.chart.texts import QT_TRANSLATE_NOOP

_KINDS = {
    "MA": QT_TRANSLATE_NOOP("Studies", "Moving average"),
    "EMA": QT_TRANSLATE_NOOP("Studies", "Exponential average"),
    "BB": QT_TRANSLATE_NOOP("Studies", "Bollinger bands"),
    "ENV": QT_TRANSLATE_NOOP("Studies", "Envelope"),
    "VWAP": QT_TRANSLATE_NOOP("Studies", "VWAP of the day"),
    "ICHI": QT_TRANSLATE_NOOP("Studies", "Ichimoku"),
    "VMA": QT_TRANSLATE_NOOP("Studies", "Average of volume"),
    "RSI": QT_TRANSLATE_NOOP("Studies", "RSI"),
    "MACD": QT_TRANSLATE_NOOP("Studies", "MACD"),
    "STO": QT_TRANSLATE_NOOP("Studies", "Slow stochastic"),
    "ATR": QT_TRANSLATE_NOOP("Studies", "ATR"),
}
_PARTS = {
    "span": QT_TRANSLATE_NOOP("Studies", "Bars"),
    "width": QT_TRANSLATE_NOOP("Studies", "Deviations"),
    "percent": QT_TRANSLATE_NOOP("Studies", "Per cent"),
    "turn": QT_TRANSLATE_NOOP("Studies", "Turning bars"),
    "lead": QT_TRANSLATE_NOOP("Studies", "Leading bars"),
    "fast": QT_TRANSLATE_NOOP("Studies", "Fast bars"),
    "slow": QT_TRANSLATE_NOOP("Studies", "Slow bars"),
    "signal": QT_TRANSLATE_NOOP("Studies", "Signal"),
    "range": QT_TRANSLATE_NOOP("Studies", "Range"),
    "slow k": QT_TRANSLATE_NOOP("Studies", "Slow %K"),
    "slow d": QT_TRANSLATE_NOOP("Studies", "Slow %D"),
    "upper": QT_TRANSLATE_NOOP("Studies", "Upper"),
    "middle": QT_TRANSLATE_NOOP("Studies", "Middle"),
    "lower": QT_TRANSLATE_NOOP("Studies", "Lower"),
    "turning": QT_TRANSLATE_NOOP("Studies", "Turning"),
    "base": QT_TRANSLATE_NOOP("Studies", "Base"),
    "leading a": QT_TRANSLATE_NOOP("Studies", "Leading A"),
    "leading b": QT_TRANSLATE_NOOP("Studies", "Leading B"),
    "lagging": QT_TRANSLATE_NOOP("Studies", "Lagging"),
    "macd": QT_TRANSLATE_NOOP("Studies", "MACD line"),
    "difference": QT_TRANSLATE_NOOP("Studies", "Difference"),
    "k": QT_TRANSLATE_NOOP("Studies", "%K"),
    "d": QT_TRANSLATE_NOOP("Studies", "%D"),
}
_COLOURS = {
    "warn": QT_TRANSLATE_NOOP("Studies", "amber"),
    "good": QT_TRANSLATE_NOOP("Studies", "green"),
    "accent": QT_TRANSLATE_NOOP("Studies", "accent"),
    "bad": QT_TRANSLATE_NOOP("Studies", "red"),
    "text": QT_TRANSLATE_NOOP("Studies", "as text"),
    "dim": QT_TRANSLATE_NOOP("Studies", "grey"),
    "up": QT_TRANSLATE_NOOP("Studies", "as rising"),
    "down": QT_TRANSLATE_NOOP("Studies", "as falling"),
}


def kind_name(kind: str) -> str:
    return _word(_KINDS[kind])


def part_name(name: str) -> str:
    """Of a setting or a line; a line with no other name than its study's has that."""
    return _word(_PARTS[name]) if name in _PARTS else name.upper()


def colour_name(colour: str) -> str:
    return _word(_COLOURS[colour])


def short_name(study: Study) -> str:
    """As the legend has it: MA 20, MACD 12 26 9."""
    return " ".join((study.kind, *(f"{value:g}" for value in study.values.values())))


def _word(text: str) -> str:
    return QCoreApplication.translate("Studies", text)

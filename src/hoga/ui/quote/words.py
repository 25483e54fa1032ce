"""Words that more than one part of the quote tab says. ``translate`` is the name that the translators' tool knows."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from hoga.domain.instruments import Flags, InvestmentWarning, ProductType
from hoga.domain.market_data import MarketSession
from hoga.ui.quote.book_rows import Mark

translate = QCoreApplication.translate


def flag_words(flags: Flags) -> tuple[tuple[str, str], ...]:
    """(short word for a badge, what it means) of every flag that is set, the gravest first."""
    found = []
    if flags.halted:
        found.append((translate("Quote", "Halted"), translate("Quote", "Trading is halted: orders are refused.")))
    if flags.liquidation:
        meaning = translate("Quote", "Liquidation trading before delisting: no daily price limits.")
        found.append((translate("Quote", "Liquidation"), meaning))
    if flags.managed:
        meaning = translate("Quote", "Under administration: at risk of being delisted.")
        found.append((translate("Quote", "Managed"), meaning))
    warning = _warning_words(flags.warning)
    if warning is not None:
        found.append(warning)
    if flags.overheated:
        meaning = translate("Quote", "Short-term overheating: may trade by single-price auctions.")
        found.append((translate("Quote", "Overheated"), meaning))
    if flags.volatility_interruption:
        meaning = translate("Quote", "Volatility interruption: a two-minute call auction is running.")
        found.append((translate("Quote", "VI"), meaning))
    return tuple(found)


def _warning_words(warning: InvestmentWarning) -> tuple[str, str] | None:
    if warning is InvestmentWarning.CAUTION:
        return translate("Quote", "Caution"), translate("Quote", "The exchange urges caution with this name.")
    if warning is InvestmentWarning.WARNING:
        meaning = translate("Quote", "Investment warning: buying on credit is barred; may be halted if it rises on.")
        return translate("Quote", "Warning"), meaning
    if warning is InvestmentWarning.RISK:
        meaning = translate("Quote", "Investment risk: the gravest warning; trading may be halted for days.")
        return translate("Quote", "Risk"), meaning
    return None


def mark_word(mark: Mark) -> str:
    """Short: it stands in an empty cell beside the price."""
    return {
        Mark.UPPER: translate("Quote", "Limit up"),
        Mark.LOWER: translate("Quote", "Limit down"),
        Mark.HIGH: translate("Quote", "High"),
        Mark.LOW: translate("Quote", "Low"),
        Mark.OPEN: translate("Quote", "Open"),
        Mark.CLOSE: translate("Quote", "Close"),
        Mark.AVERAGE: translate("Quote", "My avg"),
    }[mark]


def session_word(session: MarketSession) -> str:
    return {
        MarketSession.PRE: translate("Quote", "Pre-market"),
        MarketSession.OPENING_AUCTION: translate("Quote", "Opening auction"),
        MarketSession.REGULAR: translate("Quote", "Regular"),
        MarketSession.CLOSING_AUCTION: translate("Quote", "Closing auction"),
        MarketSession.CLOSE_PRICE: translate("Quote", "Closing price"),
        MarketSession.AFTER: translate("Quote", "After-market"),
        MarketSession.INTERRUPTION: translate("Quote", "VI auction"),
        MarketSession.CLOSED: translate("Quote", "Closed"),
    }[session]


def product_word(product: ProductType) -> str:
    return {
        ProductType.STOCK: translate("Quote", "Stock"),
        ProductType.ETF: "ETF",
        ProductType.ETN: "ETN",
        ProductType.ELW: "ELW",
        ProductType.REIT: translate("Quote", "REIT"),
        ProductType.FUND: translate("Quote", "Fund"),
        ProductType.DR: "DR",
    }[product]

"""What a footer says of the selected rows: how many, and what adds up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hoga.base.message import Language
from hoga.domain.values import Currency, Money, Shares
from hoga.ui import format as fmt
from hoga.ui.tables.column import HIDDEN, Column, R


def sums(
    columns: Sequence[Column[R]], rows: Iterable[R], language: Language, *, hidden: bool = False
) -> list[tuple[str, str]]:
    """(title, sum) of every column that adds up. A sum with an unknown part is unknown."""
    rows = tuple(rows)
    found = []
    for column in columns:
        if column.total is not None and rows:
            text = _sum(column, rows, language)
            found.append((column.title(), HIDDEN if hidden and column.amount else text))
    return found


def _sum(column: Column[R], rows: Sequence[R], language: Language) -> str:
    shares, money = 0, dict[Currency, int]()
    for row in rows:
        part = column.total(row) if column.total is not None else None
        if part is None:
            return fmt.DASH
        if isinstance(part, Shares):
            shares += part.count
        else:
            money[part.currency] = money.get(part.currency, 0) + part.units
    if not money:
        return fmt.shares(shares, language)
    return " + ".join(_money(Money(units, currency), column.signed) for currency, units in money.items())


def _money(value: Money, signed: bool) -> str:
    text = fmt.signed(value.units, value.currency) if signed else fmt.money(value)
    return text if value.currency is Currency.KRW else f"{value.currency.code} {text}"

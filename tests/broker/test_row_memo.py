"""Rows of the order list that say what they said before are read once, and any other row is read anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from hoga.base.clock import KST
from hoga.broker.fields import BadField
from hoga.broker.kiwoom.orders import FilledAmounts
from hoga.broker.row_memo import RowMemo
from hoga.domain.broker_orders import BrokerNumber, OrderReport, RequestKind
from hoga.domain.instruments import InstrumentId
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.domain.values import Money, Price, Shares

TODAY, YESTERDAY = date(2026, 11, 23), date(2026, 11, 20)


def report(on: date, number: int, filled: int = 0, amount: int = 0) -> OrderReport:
    return OrderReport(
        number=BrokerNumber(on, "", number), original=None, kind=RequestKind.NEW, instrument=InstrumentId("005930"),
        side=Side.BUY, type=OrderType.LIMIT, tif=TimeInForce.DAY, limit=Price(70_000), quantity=Shares(10),
        filled=Shares(filled), filled_amount=Money(amount), remaining=Shares(10 - filled), cancelled=Shares(0),
        rejected=Shares(0), at=datetime(2026, 11, 23, 10, tzinfo=KST),
    )  # fmt: skip


class Reader:
    """Counts the rows that it reads."""

    def __init__(self) -> None:
        self.read = 0
        self.memo: RowMemo[date] = RowMemo("rows", self._page)

    def _page(self, body: Mapping[str, Any], on: date) -> list[OrderReport]:
        if not isinstance(body.get("rows"), list):
            raise BadField("rows", "missing")
        self.read += len(body["rows"])
        return [report(on, int(row["number"]), int(row["filled"])) for row in body["rows"] if row["number"]]


def row(number: str, filled: str = "0", **more: object) -> dict[str, object]:
    return {"number": number, "filled": filled, **more}


def test_a_row_that_has_not_changed_is_read_once() -> None:
    reader = Reader()
    first = reader.memo.page({"rows": [row("1"), row("2")]}, TODAY)
    second = reader.memo.page({"rows": [row("1"), row("2", "4"), row("")]}, TODAY)
    assert reader.read == 4
    assert second == [first[0], report(TODAY, 2, 4)]
    assert reader.memo.page({"rows": [row("1")]}, YESTERDAY) == [report(YESTERDAY, 1)]


def test_what_cannot_be_compared_is_read_every_time() -> None:
    reader = Reader()
    for _ in range(2):
        assert reader.memo.page({"rows": [row("1", nested=["x"])]}, TODAY) == [report(TODAY, 1)]
    assert reader.read == 2


@pytest.mark.parametrize("body", [{}, {"rows": None}, {"rows": "x"}])
def test_no_list_is_no_empty_list(body: dict[str, object]) -> None:
    with pytest.raises(BadField):
        Reader().memo.page(body, TODAY)


def test_many_rows_do_not_stay_for_ever() -> None:
    reader = Reader()
    reader.memo.page({"rows": [row(str(number)) for number in range(1, 5_001)]}, TODAY)
    reader.memo.page({"rows": [row("5000"), row("1")]}, TODAY)
    assert reader.read == 5_001


def test_an_amount_heard_later_corrects_a_row_that_was_read_before() -> None:
    amounts, rounded = FilledAmounts(), report(TODAY, 7, 3, 210_000)
    assert amounts.corrected(rounded) is rounded
    amounts.heard(rounded.number, 209_999)
    assert amounts.corrected(rounded) == replace(rounded, filled_amount=Money(209_999))
    amounts.heard(rounded.number, 280_000)  # of a fill that the row has not counted yet
    assert amounts.corrected(rounded) is rounded

"""What a person types is understood exactly, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoga.base.message import Language, Message
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.terminal.commands import (
    Cancel,
    CancelAll,
    Command,
    Help,
    Place,
    Quit,
    Reduce,
    Reprice,
    Select,
    Speak,
    parse,
)
from hoga.terminal.numbers import whole_number


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("매수 10 71,500", Place(Side.BUY, 10, 71_500, OrderType.LIMIT, TimeInForce.DAY)),
        ("b 10 71500", Place(Side.BUY, 10, 71_500, OrderType.LIMIT, TimeInForce.DAY)),
        ("매수 １０주 7.15만", Place(Side.BUY, 10, 71_500, OrderType.LIMIT, TimeInForce.DAY)),
        ("s 5 시장가", Place(Side.SELL, 5, None, OrderType.MARKET, TimeInForce.DAY)),
        ("매도 5 최유리 ioc", Place(Side.SELL, 5, None, OrderType.BEST, TimeInForce.IOC)),
        ("buy 3 100 FOK", Place(Side.BUY, 3, 100, OrderType.LIMIT, TimeInForce.FOK)),
        ("정정 #2 71400", Reprice(2, 71_400)),
        ("줄이기 1 4", Reduce(1, 4)),
        ("취소 3", Cancel(3)),
        ("취소 전체", CancelAll()),
        ("c all", CancelAll()),
        ("종목 삼성전자", Select("삼성전자")),
        ("SK하이닉스", Select("SK하이닉스")),
        ("lang en", Speak(Language.EN)),
        ("?", Help()),
        ("종료", Quit()),
    ],
)
def test_understood(line: str, meant: Command) -> None:
    assert parse(line) == meant


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("매수 10", "PRICE_MISSING"),
        ("매수", "QUANTITY_MISSING"),
        ("매수 10 시장가 71500", "PRICE_NOT_MEANT"),
        ("매수 10 지정가", "PRICE_MISSING"),
        ("매수 1 2 3", "TOO_MANY_NUMBERS"),
        ("매수 열 71500", "NOT_UNDERSTOOD"),
        ("매수 -10 71500", "NOT_UNDERSTOOD"),
        ("매수 1.5 71500", "NOT_UNDERSTOOD"),
        ("정정 1", "NUMBERS_EXPECTED"),
        ("취소", "NUMBERS_EXPECTED"),
        ("종목", "NAME_MISSING"),
        ("lang xx", "NOT_UNDERSTOOD"),
    ],
)
def test_said_what_is_wrong(line: str, code: str) -> None:
    problem = parse(line)
    assert isinstance(problem, Message)
    assert problem.code == code


def test_an_empty_line_is_nothing() -> None:
    assert parse("   ") is None


@given(st.integers(min_value=0, max_value=10**15))
def test_grouped_numbers_come_back(value: int) -> None:
    assert whole_number(f"{value:,}") == whole_number(str(value)) == value


@given(st.text(max_size=40))
def test_no_line_raises(line: str) -> None:
    parse(line)

"""Nothing that this room or the desk's files may say is without words in both languages."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import hoga.storage
import hoga.trading
from hoga.base.message import Language, Message, unfolded
from hoga.domain.broker_orders import RequestKind
from hoga.domain.tickets import OrderType
from hoga.domain.values import Price
from hoga.trading.terms import named, price_words
from hoga.trading.wording import WORDING

DYNAMIC = {f"{kind.name}_{what}" for kind in RequestKind for what in ("TAKEN", "ACCEPTED")} - {"NEW_TAKEN"}
HELPERS = {"Message", "_refuse", "_ask", "_deny"}
"""What makes a message from a code given as its first argument."""


def spoken() -> Iterator[tuple[str, str]]:
    """(where, code) of every message that the sources make from a literal code."""
    for package in (hoga.trading, hoga.storage):
        for path in sorted(Path(package.__path__[0]).glob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call) or not node.args:
                    continue
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name in HELPERS:
                    for code in literals(node.args[0]):
                        yield f"{path.name}:{node.lineno}", code


def literals(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    if isinstance(node, ast.IfExp):
        yield from literals(node.body)
        yield from literals(node.orelse)


def test_every_code_has_words() -> None:
    said = list(spoken())
    assert len(said) > 60
    assert [(where, code) for where, code in said if code not in WORDING] == []
    assert set(WORDING) >= DYNAMIC


@pytest.mark.parametrize("code", sorted(WORDING))
def test_both_languages_speak_of_the_same_values(code: str) -> None:
    wording = WORDING[code]
    assert wording.ko
    assert wording.en
    assert bool(wording.do_ko) == bool(wording.do_en)
    ko, en = ({name for _, name, _, _ in Formatter().parse(text) if name} for text in (wording.ko, wording.en))
    assert en <= ko | {"code", "name"}
    assert any("가" <= letter <= "힣" for letter in wording.ko)
    assert not any("가" <= letter <= "힣" for letter in wording.en + wording.do_en)


@pytest.mark.parametrize(
    ("type", "limit", "ko", "en"),
    [
        (OrderType.LIMIT, Price(70_000), "70,000", "70,000"),
        (OrderType.MARKET, None, "시장가", "market"),
        (OrderType.MARKET, Price(70_000), "시장가", "market"),
        (OrderType.BEST, None, "최유리지정가", "best limit"),
        (OrderType.PRIORITY, None, "최우선지정가", "priority limit"),
        (OrderType.BEST, Price(70_100), "70,100", "70,100"),
    ],
)
def test_a_price_that_the_market_makes_is_told_as_such(type: OrderType, limit: Price | None, ko: str, en: str) -> None:
    values = {"code": "005930", "side": "buy", "quantity": 10, "price": price_words(type, limit)}
    message = Message("ORDER_TAKEN", values)
    assert WORDING["ORDER_TAKEN"].sentence(message, Language.KO) == f"주문을 받았습니다: 005930 매수 10주 {ko}."
    assert WORDING["ORDER_TAKEN"].sentence(message, Language.EN) == f"Order taken: 005930 buy 10 at {en}."


def test_a_view_adds_the_name() -> None:
    line = Message("ORDER_TAKEN", {"code": "005930", "side": "sell", "quantity": 1, "price": "70,000"})
    assert "삼성전자(005930)" in WORDING["ORDER_TAKEN"].sentence(named(line, "삼성전자"), Language.KO)
    assert "Samsung Electronics (005930)" in WORDING["ORDER_TAKEN"].sentence(
        named(line, "Samsung Electronics"), Language.EN
    )
    plain = Message("CANCEL_TAKEN")
    assert named(plain, "삼성전자") == plain


def test_a_reason_inside_a_message_is_put_into_words() -> None:
    why = Message("NOT_READ_YET")
    message = Message("READ_FAILED", {"why": why, "said": "[EGW00201] 초당 거래건수를 초과하였습니다."})
    told = unfolded(message, lambda inner: WORDING[inner.code].sentence(inner, Language.EN))
    assert WORDING["READ_FAILED"].sentence(told, Language.EN) == (
        "A read from the broker failed. Not read yet. [EGW00201] 초당 거래건수를 초과하였습니다."
    )
    quiet = Message("READ_FAILED", {"why": "Not read yet.", "said": ""})
    assert WORDING["READ_FAILED"].sentence(quiet, Language.EN) == "A read from the broker failed. Not read yet."

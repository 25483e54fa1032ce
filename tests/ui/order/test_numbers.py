"""Numbers as people type them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoga.ui.order.numbers import Part, Plain, Typed, Won, read, whole


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("71500", Plain(Decimal(71_500))),
        ("71,500", Plain(Decimal(71_500))),
        (" 71 500 ", Plain(Decimal(71_500))),
        ("71500", Plain(Decimal(71_500))),
        ("7.15만", Plain(Decimal(71_500))),
        ("1억2000만", Plain(Decimal(120_000_000))),
        ("3만5천", Plain(Decimal(35_000))),
        ("2k", Plain(Decimal(2_000))),
        ("10주", Plain(Decimal(10))),
        ("500만원", Won(Decimal(5_000_000))),
        ("₩1,000", Won(Decimal(1_000))),
        ("25%", Part(Decimal(25))),
        ("M", Part(Decimal(100))),
        ("m2", Part(Decimal(50))),
        ("M4", Part(Decimal(25))),
        ("ㅡ", Part(Decimal(100))),
        ("ㅡ4", Part(Decimal(25))),
        ("0.5", Plain(Decimal("0.5"))),
    ],
)
def test_what_is_understood(text: str, meant: Typed) -> None:
    assert read(text) == meant


@pytest.mark.parametrize(
    "text", ["", "abc", "1e5", "-5", "1.2.3", "101%", "만", "1만2억", "1만2만", "NaN", "ㅁ", "10 주주", "9" * 19, "½"]
)
def test_what_is_not_understood_is_no_guess(text: str) -> None:
    assert read(text) is None


@given(st.integers(0, 10**15))
def test_commas_and_width_change_nothing(number: int) -> None:
    wide = str(number).translate({ord("0") + d: ord("0") + d for d in range(10)})
    assert read(f"{number:,}") == read(str(number)) == read(wide) == Plain(Decimal(number))


@given(st.integers(1, 10**8))
def test_a_fraction_is_no_whole_number(number: int) -> None:
    assert whole(Decimal(number) + Decimal("0.5")) is None
    assert whole(Decimal(number)) == number


@given(st.text(max_size=12))
def test_nothing_typed_raises(text: str) -> None:
    read(text)

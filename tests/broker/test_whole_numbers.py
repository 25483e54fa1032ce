"""Rows of numbers read at once are what their texts say one by one, and open records are laid out as the frozen."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hoga.broker.kiwoom.fields import signed_row, whole
from hoga.broker.open_records import OpenBook, OpenTrade
from hoga.broker.whole_numbers import whole_numbers
from hoga.domain.market_data import Book, Trade

_WRITTEN = st.one_of(
    st.integers(-(10**15), 10**15).map(str),
    st.builds("{}{}".format, st.sampled_from(["", "+", "-", "--", "+-", " "]), st.integers(0, 10**9)),
    st.integers(0, 10**6).map(lambda number: str(number).zfill(9)),
    st.text("0123456789+-., ][e\"", max_size=5),
)  # fmt: skip


def one_by_one(texts: list[str]) -> list[int] | None:
    try:
        return [int(text) for text in texts]
    except ValueError:
        return None


@given(st.lists(_WRITTEN, min_size=1, max_size=9))
@example(["1,2", ""])
@example(["1,2", "3"])
@example(["1]", "[2"])
def test_a_row_is_what_its_texts_are_one_by_one(texts: list[str]) -> None:
    expected = one_by_one(texts)
    if expected is None:
        with pytest.raises(ValueError, match="invalid literal"):
            whole_numbers(texts)
    else:
        assert whole_numbers(texts) == expected


@given(st.lists(_WRITTEN, min_size=1, max_size=9))
@example(["1", "+-5"])
@example(["1", "1+2"])
@example(["1", "2,3"])
def test_a_row_with_signs_is_what_its_texts_are_or_is_left_to_them(texts: list[str]) -> None:
    numbers = signed_row(f"[{','.join(texts)}]", len(texts))
    assert numbers is None or numbers == [whole(text) for text in texts]


@given(st.lists(st.integers(-(10**12), 10**12), min_size=2, max_size=9))
def test_signs_as_they_mostly_are_take_the_short_way(numbers: list[int]) -> None:
    texts = [str(abs(numbers[0])), *(f"{number:+d}" for number in numbers[1:])]
    assert signed_row(f"[{','.join(texts)}]", len(texts)) == [abs(numbers[0]), *numbers[1:]]


def test_records_that_are_being_filled_have_the_fields_of_the_frozen() -> None:
    for opened, frozen in ((OpenTrade, Trade), (OpenBook, Book)):
        assert opened.__slots__ == tuple(field.name for field in fields(frozen))

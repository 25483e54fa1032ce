"""Rows of numbers read at once, and texts that are read once, are what their texts say one by one."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hoga.broker.kiwoom.fields import signed_row, whole
from hoga.broker.memo import Memo
from hoga.broker.whole_numbers import whole_numbers

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


@given(st.lists(_WRITTEN, max_size=20))
def test_a_memo_says_what_reading_says_the_first_time_and_each_time(texts: list[str]) -> None:
    memo = Memo(whole)
    for text in [*texts, *texts]:
        try:
            expected = whole(text)
        except ValueError:
            with pytest.raises(ValueError, match="invalid literal"):
                memo[text]
            assert text not in memo
        else:
            assert memo[text] == expected


def test_a_memo_never_holds_more_than_its_most() -> None:
    memo, most = Memo(int), 0
    for number in range(20_000):
        assert memo[str(number)] == number
        most = max(most, len(memo))
    assert 1_000 < most < 20_000 and memo["3"] == 3

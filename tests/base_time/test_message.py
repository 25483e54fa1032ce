"""Messages: a code with its numbers, in words of either language."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from hoga.base.message import Counted, Language, Message, Wording

WORDING = Wording(
    ko="주문가능금액이 {short}원 모자랍니다 (필요 {need}원, 가능 {have}원).",
    en="You are {short} won short (needed {need}, available {have}).",
    do_ko="{shares}주 이하로 줄이세요.",
    do_en="Order {shares} shares or fewer.",
)
SHORT = Message("CASH_SHORT", {"need": 1_204_000, "have": 900_000, "short": 304_000, "shares": 12})


def test_a_message_prints_as_its_code_and_values() -> None:
    assert str(SHORT) == "CASH_SHORT need=1204000 have=900000 short=304000 shares=12"
    assert str(Message("NETWORK_GONE")) == "NETWORK_GONE"


@pytest.mark.parametrize(
    ("language", "sentence", "action"),
    [
        (
            Language.KO,
            "주문가능금액이 304,000원 모자랍니다 (필요 1,204,000원, 가능 900,000원).",
            "12주 이하로 줄이세요.",
        ),
        (
            Language.EN,
            "You are 304,000 won short (needed 1,204,000, available 900,000).",
            "Order 12 shares or fewer.",
        ),
    ],
)
def test_whole_numbers_get_commas_in_both_languages(language: Language, sentence: str, action: str) -> None:
    assert WORDING.sentence(SHORT, language) == sentence
    assert WORDING.action(SHORT, language) == action


def test_a_missing_value_shows_as_a_dash_and_never_as_zero_or_an_error() -> None:
    assert WORDING.action(Message("CASH_SHORT"), Language.EN) == "Order – shares or fewer."


@pytest.mark.parametrize(("value", "shown"), [(True, "True"), ("1234567", "1234567"), (-1_234, "-1,234"), (0, "0")])
def test_only_whole_numbers_are_reshaped(value: object, shown: str) -> None:
    assert Wording(ko="", en="{it}").sentence(Message("X", {"it": value}), Language.EN) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1, "1 share was"),
        (0, "0 shares were"),
        (1_200, "1,200 shares were"),
        ("1", "1 share was"),
        (None, "– shares were"),
    ],
)
def test_one_is_singular(value: object, shown: str) -> None:
    wording = Wording(ko="{it}주", en="{it} {it:share was|shares were}")
    message = Message("X", {"it": value} if value is not None else {})
    assert wording.sentence(message, Language.EN) == shown
    assert wording.sentence(message, Language.KO) == shown.split()[0] + "주"


def test_a_number_in_a_text_brings_its_word_along() -> None:
    shown = "{n} {n:row|rows}"
    assert [shown.format(n=Counted(n)) for n in (1, 2, 12_000)] == ["1 row", "2 rows", "12,000 rows"]


def test_no_action_is_an_empty_text() -> None:
    assert Wording(ko="끊김", en="gone").action(SHORT, Language.KO) == ""


def test_messages_are_values() -> None:
    assert Message("X", {"a": 1}) == Message("X", MappingProxyType({"a": 1}))
    with pytest.raises(AttributeError):
        SHORT.code = "OTHER"  # type: ignore[misc]

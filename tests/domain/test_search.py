"""An instrument is found however it was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoga.domain import hangul
from hoga.domain.instruments import Instrument, InstrumentId, Market, ProductType
from hoga.domain.search import SearchIndex, fold


def _named(code: str, korean: str, english: str) -> Instrument:
    return Instrument(InstrumentId(code), Market.KOSPI, ProductType.STOCK, korean, english)


NAMES = (
    _named("005930", "삼성전자", "SamsungElec"),
    _named("000660", "SK하이닉스", "SK hynix"),
    _named("373220", "LG에너지솔루션", "LG Energy Solution"),
    _named("005935", "삼성전자우", "SamsungElec(1P)"),
    _named("207940", "삼성바이오로직스", "SAMSUNG BIOLOGICS"),
    _named("035420", "NAVER", "NAVER"),
    _named("035720", "카카오", "Kakao"),
    _named("006400", "삼성SDI", "SAMSUNG SDI"),
    _named("069500", "KODEX 200", "SAMSUNG KODEX200"),
    _named("00680K", "미래에셋증권2우B", "MiraeAssetSec(2PB)"),
    _named("021240", "코웨이", "COWAY"),
    _named("011070", "LG이노텍", "LG INNOTEK"),
    _named("028050", "삼성E&A", "SAMSUNG E&A"),
    _named("000080", "하이트진로", "HITEJINRO"),
    _named("033780", "KT&G", "KT&G"),
)
INDEX = SearchIndex(NAMES)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("005930", "005930"),
        ("0059", "005930"),
        ("삼성전자", "005930"),
        ("삼성 전자", "005930"),
        ("ㅅㅅㅈㅈ", "005930"),
        ("삼성ㅈㅈ", "005930"),
        ("삼ㅅㅈㅈ", "005930"),
        ("삼성저", "005930"),
        ("삼서", "005930"),
        ("삼ㅅ", "005930"),
        ("samsungelec", "005930"),
        ("삼전", "005930"),
        ("ㅅㅈ", "005930"),
        ("tkatjdwjswk", "005930"),
        ("tkatjd", "005930"),
        ("ttww", "005930"),
        ("하닉", "000660"),
        ("하이닉스", "000660"),
        ("sk하이", "000660"),
        ("skㅎㅇㄴㅅ", "000660"),
        ("엔솔", "373220"),
        ("네이버", "035420"),
        ("naver", "035420"),
        ("ㅜㅁㅍㄷㄱ", "035420"),
        ("ㅋㅋㅇ", "035720"),
        ("삼바", "207940"),
        ("kodex200", "069500"),
        ("코덱스", "069500"),
        ("ＫＯＤＥＸ", "069500"),
        ("00680k", "00680K"),
        ("미래에셋증권2우b", "00680K"),
        ("코웨", "021240"),
        ("zhdnpdl", "021240"),
        ("삼성ea", "028050"),
        ("kt&g", "033780"),
    ],
)
def test_first_hit(typed: str, code: str) -> None:
    assert INDEX.find(typed)[0].code == code


def test_every_step_of_typing_keeps_the_name_in_sight() -> None:
    """While Hangul is composed the text passes through half-made syllables; none of them loses the name."""
    for step in ("ㅅ", "사", "삼", "삼ㅅ", "삼서", "삼성", "삼성ㅈ", "삼성저", "삼성전", "삼성전ㅈ", "삼성전자"):
        assert "005930" in [hit.code for hit in INDEX.find(step)], step


def test_nothing_typed_shows_what_was_used_last() -> None:
    recent = [InstrumentId("035720"), InstrumentId("999999"), InstrumentId("005930")]
    assert [hit.code for hit in INDEX.find("", recent=recent)] == ["035720", "005930"]


def test_recent_leads_among_equals() -> None:
    assert INDEX.find("삼성", recent=[InstrumentId("006400")])[0].code == "005930", "an exact nickname stays first"
    hits = [hit.code for hit in INDEX.find("lg", recent=[InstrumentId("011070")])]
    assert hits.index("011070") < hits.index("373220")


def test_nonsense_finds_nothing() -> None:
    assert INDEX.find("qzxqzx999") == ()
    assert INDEX.find("!!!") == ()


@given(st.text(max_size=30))
def test_no_text_breaks_the_search(text: str) -> None:
    INDEX.find(text)


@given(st.text(alphabet=st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=8))
def test_keys_of_either_keyboard_are_the_same_keys(name: str) -> None:
    keys = hangul.keystrokes(name)
    latin = "".join(hangul._LETTERS[c] for c in keys)
    assert hangul.typed_in_hangul(latin) == keys
    assert hangul.typed_in_latin(name) == latin.lower()


@given(st.text(alphabet=st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=2, max_size=8))
def test_a_name_is_found_by_its_beginning_and_its_initials(name: str) -> None:
    index = SearchIndex([_named("A00001", name, "")], {})
    for wanted in (name, name[:1], hangul.initials(name), hangul.keystrokes(name)[:3]):
        assert [hit.name_ko for hit in index.find(wanted)] == [name]


def test_folding_keeps_letters_and_digits_only() -> None:
    assert fold(" KT&G (우) ") == "ktg우"

"""What a person types, understood: one line in, one command or one problem out. Nothing is guessed at.

A price that is missing is never filled in: without a price one says ``시장가`` (market) in words.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from msgspec import Struct

from hoga.base.message import Language, Message
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.terminal.numbers import whole_number


class Select(Struct, frozen=True):
    """Show another instrument: a code or part of a name."""

    query: str


class Place(Struct, frozen=True):
    """``price`` in won, None exactly for types that carry none."""

    side: Side
    quantity: int
    price: int | None
    type: OrderType
    tif: TimeInForce


class Reprice(Struct, frozen=True):
    line: int
    price: int


class Reduce(Struct, frozen=True):
    line: int
    by: int


class Cancel(Struct, frozen=True):
    line: int


class CancelAll(Struct, frozen=True):
    pass


class Speak(Struct, frozen=True):
    language: Language


class Help(Struct, frozen=True):
    pass


class Quit(Struct, frozen=True):
    pass


Command: TypeAlias = Select | Place | Reprice | Reduce | Cancel | CancelAll | Speak | Help | Quit

_VERBS: dict[str, str] = {
    word: verb
    for verb, words in {
        "buy": "buy b 매수 ㅁㅅ 사",
        "sell": "sell s 매도 ㅁㄷ 팔",
        "reprice": "reprice r modify 정정",
        "reduce": "reduce 줄임 줄이기 일부취소",
        "cancel": "cancel c 취소",
        "all": "cancelall ca 전체취소 모두취소",
        "select": "show i 종목",
        "help": "help h ? 도움 도움말",
        "quit": "quit q exit 종료 끝",
        "lang": "lang language 언어",
    }.items()
    for word in words.split()
}
_TYPES: dict[str, OrderType] = {
    word: kind
    for kind, words in {
        OrderType.MARKET: "market m mkt 시장가 시장",
        OrderType.BEST: "best 최유리",
        OrderType.PRIORITY: "priority 최우선",
        OrderType.CONDITIONAL: "conditional 조건부",
        OrderType.LIMIT: "limit 지정가",
    }.items()
    for word in words.split()
}
_TIFS = {"ioc": TimeInForce.IOC, "fok": TimeInForce.FOK}
_LANGUAGES = {"ko": Language.KO, "한국어": Language.KO, "en": Language.EN, "english": Language.EN, "영어": Language.EN}


def parse(line: str) -> Command | Message | None:
    """The command meant by ``line``; a Message that says what is wrong; None for an empty line."""
    words = line.split()
    if not words:
        return None
    verb = _VERBS.get(words[0].lower())
    if verb is None:
        return Select(line.strip())
    return _PARSERS[verb](words[1:])


def _order(side: Side) -> Callable[[list[str]], Command | Message]:
    def parse_order(words: list[str]) -> Command | Message:
        kind, tif, numbers = None, TimeInForce.DAY, []
        for word in words:
            lowered = word.lower()
            if lowered in _TYPES:
                kind = _TYPES[lowered]
            elif lowered in _TIFS:
                tif = _TIFS[lowered]
            else:
                try:
                    numbers.append(whole_number(word))
                except ValueError:
                    return Message("NOT_UNDERSTOOD", {"text": word})
        return _placed(side, kind, tif, numbers)

    return parse_order


def _placed(side: Side, kind: OrderType | None, tif: TimeInForce, numbers: list[int]) -> Command | Message:
    if not numbers:
        return Message("QUANTITY_MISSING")
    if len(numbers) > 2:
        return Message("TOO_MANY_NUMBERS", {"text": " ".join(map(str, numbers))})
    price = numbers[1] if len(numbers) == 2 else None
    if kind is None:
        if price is None:
            return Message("PRICE_MISSING")
        kind = OrderType.LIMIT
    if kind.carries_price and price is None:
        return Message("PRICE_MISSING")
    if not kind.carries_price and price is not None:
        return Message("PRICE_NOT_MEANT", {"type": kind.value})
    return Place(side, numbers[0], price, kind, tif)


def _numbered(build: Callable[..., Command], count: int) -> Callable[[list[str]], Command | Message]:
    def parse_numbered(words: list[str]) -> Command | Message:
        if len(words) != count:
            return Message("NUMBERS_EXPECTED", {"count": count})
        try:
            return build(*(whole_number(word.removeprefix("#")) for word in words))
        except ValueError:
            return Message("NOT_UNDERSTOOD", {"text": " ".join(words)})

    return parse_numbered


def _cancel(words: list[str]) -> Command | Message:
    if [word.lower() for word in words] in (["all"], ["전체"], ["모두"]):
        return CancelAll()
    return _numbered(Cancel, 1)(words)


def _select(words: list[str]) -> Command | Message:
    return Select(" ".join(words)) if words else Message("NAME_MISSING")


def _speak(words: list[str]) -> Command | Message:
    language = _LANGUAGES.get(words[0].lower()) if words else None
    return Speak(language) if language else Message("NOT_UNDERSTOOD", {"text": " ".join(words)})


_PARSERS: dict[str, Callable[[list[str]], Command | Message]] = {
    "buy": _order(Side.BUY),
    "sell": _order(Side.SELL),
    "reprice": _numbered(Reprice, 2),
    "reduce": _numbered(Reduce, 2),
    "cancel": _cancel,
    "all": lambda _: CancelAll(),
    "select": _select,
    "help": lambda _: Help(),
    "quit": lambda _: Quit(),
    "lang": _speak,
}

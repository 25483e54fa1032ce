"""Words for what messages of this room carry as values: sides, types, venues, phases. In both languages.

A price that the order leaves to the market is told as its type: ``price`` is then ``"market"``, ``"best limit"``, …
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from hoga.base.message import Language, Message, Wording
from hoga.domain.tickets import OrderType
from hoga.domain.values import Price

_TYPES = {
    "limit": ("지정가", "limit"),
    "market": ("시장가", "market"),
    "conditional limit": ("조건부지정가", "conditional limit"),
    "best limit": ("최유리지정가", "best limit"),
    "priority limit": ("최우선지정가", "priority limit"),
    "stop limit": ("스톱지정가", "stop limit"),
    "mid price": ("중간가", "mid price"),
}
_LIMITS = {
    "order_ask": ("1회 주문금액 확인", "order value asked about"),
    "order_typed": ("금액 직접 입력", "order value typed"),
    "order_refuse": ("1회 주문금액 한도", "order value refused"),
    "position_ask_percent": ("종목 비중 확인", "share of one instrument asked about"),
    "position_refuse": ("종목당 금액 한도", "value in one instrument refused"),
    "day_loss": ("하루 손실 한도(원)", "loss of the day in won"),
    "day_loss_percent": ("하루 손실 한도(%)", "loss of the day in percent"),
    "distance_ask_percent": ("시장가격과의 거리 확인", "distance from the market asked about"),
    "distance_refuse_percent": ("시장가격과의 거리 한도", "distance from the market refused"),
    "deep_ask_percent": ("호가를 미는 폭 확인", "depth into the book asked about"),
    "volume_percent": ("평균 거래량 대비 확인", "share of the average volume asked about"),
    "orders_ask": ("1분 주문 수 확인", "orders a minute asked about"),
    "orders_refuse": ("1분 주문 수 한도", "orders a minute refused"),
    "open_ask": ("미체결 주문 수 확인", "open orders asked about"),
    "open_refuse": ("미체결 주문 수 한도", "open orders refused"),
    "cancels_tell": ("1분 취소 수 알림", "cancels a minute told"),
    "blocked": ("매수 금지 종목", "instruments not to buy"),
    "allowed": ("매수 허용 종목", "instruments allowed to be bought"),
    "own_cross": ("내 주문끼리 체결", "trading with one's own order"),
    "slips": ("입력 실수 살피기", "watching for slips"),
}
_SWITCHES = {
    "off": ("사용 안 함", "off"),
    "on": ("사용", "on"),
    "ask": ("확인", "ask"),
    "refuse": ("거절", "refuse"),
}

TERMS: Mapping[str, Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "side": {"buy": ("매수", "buy"), "sell": ("매도", "sell")},
        "type": _TYPES,
        "price": _TYPES,
        "product": {"stock": ("주식", "stock"), "REIT": ("리츠", "REIT"), "fund": ("펀드", "fund")},
        "tif": {"day": ("당일", "day"), "IOC": ("IOC", "IOC"), "FOK": ("FOK", "FOK")},
        "kind": {
            "new": ("주문", "order"),
            "reprice": ("정정", "reprice"),
            "reduce": ("일부 취소", "reduce"),
            "cancel": ("취소", "cancel"),
        },
        "phase": {
            "closed": ("장 마감", "closed"),
            "daytime": ("주간거래", "daytime"),
            "pre": ("프리마켓", "pre-market"),
            "opening auction": ("시가 단일가", "opening auction"),
            "previous close price": ("장전 시간외종가", "previous close price"),
            "regular": ("정규장", "regular"),
            "pause": ("휴지", "pause"),
            "closing auction": ("종가 단일가", "closing auction"),
            "closing price entry": ("장후 시간외 접수", "closing price entry"),
            "closing price": ("장후 시간외종가", "closing price"),
            "after entry": ("애프터마켓 접수", "after-market entry"),
            "after": ("애프터마켓", "after-market"),
            "single price": ("시간외단일가", "single price"),
        },
        "stream": {"quotes": ("시세", "quotes"), "fills": ("체결 통보", "fill notices"), "rest": ("REST", "REST")},
        "health": {
            "down": ("끊김", "down"),
            "connecting": ("연결 중", "connecting"),
            "filling gap": ("빠진 자료 채우는 중", "filling the gap"),
            "live": ("정상", "live"),
        },
        "reason": {
            "throttled": ("호출 한도 초과", "rate limit"),
            "token": ("접속 토큰 문제", "token"),
            "not connected": ("연결 안 됨", "not connected"),
            "unsupported": ("지원하지 않는 주문", "not supported here"),
        },
        "way": {"above": ("높습니다", "above"), "below": ("낮습니다", "below")},
        "limit": _LIMITS,
        "other": _LIMITS,
        "before": _SWITCHES,
        "after": _SWITCHES,
        "until": {"no end": ("기한 없음", "no end")},
        "topic": {"trades": ("체결", "trades"), "book": ("호가", "book")},
    }
)


class Told(Wording, frozen=True):
    """A wording whose values are put into the reader's words first."""

    def sentence(self, message: Message, language: Language) -> str:
        return Wording.sentence(self, in_words(message, language), language).rstrip()

    def action(self, message: Message, language: Language) -> str:
        return Wording.action(self, in_words(message, language), language)


def price_words(type: OrderType, limit: Price | None) -> str:
    """The price as a line tells it: the limit, or the type where the market sets the price."""
    return str(limit) if limit is not None and type is not OrderType.MARKET else type.value


def broker_words(code: str, text: str) -> dict[str, object]:
    """The broker's own words, unchanged, as values; ``said`` is both in one, empty where the broker said nothing."""
    said = " ".join(filter(None, (f"[{code}]" if code else "", text)))
    return {"broker_code": code, "text": text, "said": said}


def named(message: Message, name: str) -> Message:
    """The message with the instrument's name beside its code, for views that know the name."""
    if "code" not in message.values:
        return message
    gap = " " if name[-1:].isascii() else ""
    return Message(message.code, {**message.values, "code": f"{name}{gap}({message.values['code']})"})


def in_words(message: Message, language: Language) -> Message:
    """The message with every value that has a word replaced by it."""
    return Message(message.code, {name: _word(name, value, language) for name, value in message.values.items()})


def _word(name: str, value: object, language: Language) -> object:
    words = TERMS.get(name, {}).get(value) if isinstance(value, str) else None
    if words is None:
        return value
    return words[0] if language is Language.KO else words[1]

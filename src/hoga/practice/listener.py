"""What hears the exchange for one broker's stream, whatever its frames look like.

The trades of one step are kept until a changed book or the end of the step sends them: they travel together, and right
before the book that they changed.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import NamedTuple

from hoga.domain.market_data import Book, Trade
from hoga.practice.api import Exchange, ExchangeEvent, MarketState, OrderNews
from hoga.practice.same_time import SameTimeVolume
from hoga.practice.tape import unwound


class Print(NamedTuple):
    """One trade with the day's state right after it, and the shares of the previous date by the same time of day."""

    trade: Trade
    state: MarketState
    same_time: int


class Listener(ABC):
    """Hears everything from its making until ``close``."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._heard: dict[str, list[tuple[Trade, MarketState]]] = {}
        self._last_states: dict[str, MarketState] = {}
        self._same_time = SameTimeVolume(exchange)
        self._unsubscribe = exchange.subscribe(self._hear)

    def close(self) -> None:
        """Stop listening. Sessions are closed by whoever holds their sockets."""
        self._unsubscribe()

    def flush(self) -> None:
        """A step of the exchange is over: send the trades that no changed book has carried along."""
        for code in list(self._heard):
            self._send_prints(code, self._taken(code))

    def _hear(self, event: ExchangeEvent) -> None:
        if isinstance(event, Trade):
            self._on_trade(event)
        elif isinstance(event, Book):
            code = event.instrument.code
            self._send_prints(code, self._taken(code), event)
            self._on_book(code, event)
        else:
            self._on_news(event)

    def _on_trade(self, trade: Trade) -> None:
        code = trade.instrument.code
        state = self._exchange.state(code) if self._watches_trades(code) else None
        if state is not None:
            self._heard.setdefault(code, []).append((trade, state))

    def _taken(self, code: str) -> list[Print]:
        heard = self._heard.pop(code, None)
        if not heard:
            return []
        states = unwound(heard, self._last_states.get(code))
        self._last_states[code] = states[-1]
        return [
            Print(trade, state, self._same_time.before(code, trade.at))
            for (trade, _), state in zip(heard, states, strict=True)
        ]

    @abstractmethod
    def _watches_trades(self, code: str) -> bool: ...

    @abstractmethod
    def _send_prints(self, code: str, prints: list[Print], book: Book | None = None) -> None:
        """``book``: the one that comes right after them; the exchange's own of now when None. There may be none."""

    @abstractmethod
    def _on_book(self, code: str, book: Book) -> None: ...

    @abstractmethod
    def _on_news(self, news: OrderNews) -> None: ...

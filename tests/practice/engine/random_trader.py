"""Trades at random for ever and prints, one JSON line each, what the exchange told it. Made to be killed.

``python -m tests.practice.engine.random_trader LEDGER SEED``
"""

from __future__ import annotations

import json
import logging
import random
import sys

from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.practice.api import ExchangeEvent, OrderNews, Taken
from tests.practice.engine.small_market import CODE, Trader, open_exchange


def say(**facts: object) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


def hear(event: ExchangeEvent) -> None:
    if isinstance(event, OrderNews):
        entry = event.entry
        say(number=entry.number, filled=entry.filled, quantity=entry.quantity)
        if event.fill is not None:
            fill = event.fill
            say(fill=fill.execution, number=fill.number, terms=[fill.price, fill.quantity, fill.fee, fill.tax])


def main(path: str, seed: int) -> None:
    logging.disable(logging.WARNING)  # it trades with itself now and then, and need not say so
    drawn = random.Random(seed)
    exchange = open_exchange(path)
    exchange.subscribe(hear)
    traders = [Trader(exchange, place) for place in range(4)]
    known: list[tuple[Trader, int]] = []
    while True:
        trader = drawn.choice(traders)
        side, price = drawn.choice(list(Side)), 10_000 + 10 * drawn.randint(-8, 8)
        act = drawn.random()
        if act < 0.3:
            exchange.rest(CODE, side, price, drawn.randint(1, 50))
            continue
        if act < 0.7 or not known:
            answer = trader.try_order(side, drawn.randint(1, 60), price if drawn.random() < 0.9 else None)
        else:
            trader, number = drawn.choice(known)
            part = drawn.choice([None, 1])
            if act < 0.85:
                answer = exchange.modify(trader.account, number, price, OrderType.LIMIT, TimeInForce.DAY, part)
            else:
                answer = exchange.cancel(trader.account, number, part)
        if isinstance(answer, Taken):
            known.append((trader, answer.number))
            say(taken=answer.number)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))

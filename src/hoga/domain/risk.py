"""Limits of size, loss and rate: pure rules over one order and what the account looks like when it is sent.

None of them refuses an order that only reduces a position. These accounts cannot be short, so that is every sell: a
hand is asked where a buy would be refused, a plan is not even asked. Guide rows J1, J2, J5, J6.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from hoga.domain.book_walk import walk
from hoga.domain.known import Maybe, Unknown
from hoga.domain.market_data import Book, Candle
from hoga.domain.orders import Order
from hoga.domain.risk_limits import RiskLimits
from hoga.domain.tickets import OrderType, Side
from hoga.domain.values import Currency, Money, Price, Shares
from hoga.domain.verdict import PASSED, Verdict, all_of, ask, note, percent_text, refuse

_NEAR_PERCENT = 70
"""Of the day's loss limit: from here on each order that takes on more is asked about (J1)."""
SESSIONS = 20
"""Completed sessions that the average daily volume is taken over."""


class Stake(Struct, frozen=True):
    """One order as far as its size goes: ``unit`` is the limit, or the worst price that the market can give it.

    ``hand``: a person sends it, so it can be asked about.
    """

    side: Side
    quantity: Shares
    unit: Price
    hand: bool

    @property
    def amount(self) -> Money:
        return self.unit * self.quantity

    @property
    def reduces(self) -> bool:
        return self.side is Side.SELL


class AverageVolume(Struct, frozen=True):
    """Shares a day on average over the last completed ``sessions``, at most twenty."""

    shares: int
    sessions: int


def average_volume(completed: Iterable[Candle]) -> AverageVolume | None:
    """Of the last twenty daily candles, today's not among them; None without any."""
    last = sorted(completed, key=lambda candle: candle.start)[-SESSIONS:]
    return AverageVolume(sum(candle.volume for candle in last) // len(last), len(last)) if last else None


def worst_unit(
    side: Side, type: OrderType, limit: Price | None, quantity: Shares, book: Book | None, upper: Price | None
) -> Price | None:
    """What one share is reckoned with: a limit; else the last level of the book that the order reaches, and the upper
    limit of the day where it reaches beyond. A sell is worth the best bid at most. None where nothing tells."""
    if type.carries_price and limit is not None:
        return limit
    if book is None:
        return upper
    if side is Side.SELL:
        return book.best_bid or upper
    if type is OrderType.PRIORITY:
        return book.best_bid or upper
    outcome = walk(book, side, type, limit, quantity.count)
    if outcome.worst is None or outcome.beyond:
        return upper or outcome.worst
    return outcome.worst


def fit(stake: Stake, verdict: Verdict) -> Verdict:
    """A limit of size, loss or rate as it applies to this order: see the module."""
    if not stake.reduces:
        return verdict
    return verdict.as_questions() if stake.hand else PASSED


def order_size(stake: Stake, limits: RiskLimits) -> Verdict:
    """The value of one order."""
    if stake.amount.currency is not Currency.KRW:
        return note("LIMITS_IN_WON", currency=stake.amount.currency.code)
    amount = stake.amount.units
    if limits.order_refuse is not None and amount > limits.order_refuse:
        return refuse("ORDER_TOO_LARGE", amount=amount, most=limits.order_refuse)
    if limits.order_ask is not None and amount > limits.order_ask:
        return ask("ORDER_LARGE", amount=amount, most=limits.order_ask)
    return PASSED


def in_one_instrument(held: Shares, last: Price | None, working: Iterable[Order], stake: Stake) -> int:
    """Won in one instrument if everything that works and this order fills: what is held at the last price, what is
    ordered at its own."""
    at = (last or stake.unit).units
    ordered = sum(order.leaves.count * _unit_of(order, at) for order in working if order.side is Side.BUY)
    return held.count * at + ordered + stake.amount.units


def _unit_of(order: Order, otherwise: int) -> int:
    limit = order.dearest_limit
    return limit.units if limit is not None else otherwise


def position_size(
    stake: Stake, held: Shares, last: Price | None, working: Iterable[Order], total: Maybe[Money], limits: RiskLimits
) -> Verdict:
    """How much of the account one instrument would hold. A sell adds nothing."""
    if stake.reduces or stake.amount.currency is not Currency.KRW:
        return PASSED
    if limits.position_refuse is None and limits.position_ask_percent is None:
        return PASSED
    after = in_one_instrument(held, last, working, stake)
    if limits.position_refuse is not None and after > limits.position_refuse:
        return refuse("POSITION_TOO_LARGE", after=after, most=limits.position_refuse)
    if limits.position_ask_percent is None:
        return PASSED
    if isinstance(total, Unknown) or total.value.units <= 0:
        return ask("POSITION_UNKNOWN")
    worth = total.value.units
    if after * 100 > limits.position_ask_percent * worth:
        share = percent_text(after, worth)
        return ask("POSITION_LARGE", after=after, share=share, most=limits.position_ask_percent)
    return PASSED


def day_loss(stake: Stake, result: Maybe[Money], total: Maybe[Money], limits: RiskLimits) -> Verdict:
    """The day's result against its limit: past it, only orders that reduce pass; near it, each other one is asked
    about. The limit in percent is of what the account was worth when the day began."""
    if stake.reduces or not limits.day_loss_judged:
        return PASSED
    if isinstance(result, Unknown):
        return ask("DAY_RESULT_UNKNOWN", why=result.why)
    most = _loss_limit(result.value.units, total, limits)
    if most is None:
        return ask("DAY_RESULT_UNKNOWN", why=total.why) if isinstance(total, Unknown) else PASSED
    lost = -result.value.units
    if lost >= most:
        return refuse("DAY_LOSS_REACHED", lost=lost, most=most)
    if lost * 100 >= most * _NEAR_PERCENT and lost > 0:
        return ask("DAY_LOSS_NEAR", lost=lost, most=most, percent=lost * 100 // most)
    return PASSED


def _loss_limit(result: int, total: Maybe[Money], limits: RiskLimits) -> int | None:
    """In won; None where the only limit is a percentage and the account's worth is not known, or is nothing."""
    found = [] if limits.day_loss is None else [limits.day_loss]
    if limits.day_loss_percent is not None and not isinstance(total, Unknown):
        began_with = total.value.units - result
        if began_with > 0:
            found.append(max(began_with * limits.day_loss_percent // 100, 1))
    return min(found, default=None)


def order_rate(recent: int, limits: RiskLimits) -> Verdict:
    """``recent``: new orders and reprices of the last minute, this one not counted."""
    count = recent + 1
    if limits.orders_refuse is not None and count > limits.orders_refuse:
        return refuse("ORDERS_TOO_FAST", count=count, most=limits.orders_refuse)
    if limits.orders_ask is not None and count > limits.orders_ask:
        return ask("ORDERS_FAST", count=count, most=limits.orders_ask)
    return PASSED


def open_count(now_open: int, limits: RiskLimits) -> Verdict:
    """``now_open``: orders of the account of which something may still fill, this one not counted."""
    count = now_open + 1
    if limits.open_refuse is not None and count > limits.open_refuse:
        return refuse("ORDERS_OPEN_TOO_MANY", count=count, most=limits.open_refuse)
    if limits.open_ask is not None and count > limits.open_ask:
        return ask("ORDERS_OPEN_MANY", count=count, most=limits.open_ask)
    return PASSED


def share_of_volume(quantity: Shares, volume: Maybe[AverageVolume], limits: RiskLimits) -> Verdict:
    """The order against what trades on a day on average. What is not known is said, not judged."""
    if limits.volume_percent is None:
        return PASSED
    if isinstance(volume, Unknown):
        return note("VOLUME_UNKNOWN")
    average = volume.value
    if quantity.count * 100 <= limits.volume_percent * average.shares:
        return PASSED
    share = percent_text(quantity.count, average.shares) if average.shares else "100.0"
    return ask(
        "VOLUME_LARGE", share=share, average=average.shares, sessions=average.sessions, most=limits.volume_percent
    )


class Around(Struct, frozen=True):
    """What the limits of size, loss and rate look at. ``working``: this account's open orders in the instrument, the
    judged one not among them."""

    limits: RiskLimits
    held: Maybe[Shares]
    last: Price | None
    working: tuple[Order, ...]
    total: Maybe[Money]
    day_result: Maybe[Money]
    recent: int
    volume: Maybe[AverageVolume]


def judge_stake(stake: Stake, around: Around) -> Verdict:
    """Every limit of size, loss and rate at once."""
    limits = around.limits
    verdicts = (
        order_size(stake, limits),
        _judge_account(stake, around),
        order_rate(around.recent, limits),
        share_of_volume(stake.quantity, around.volume, limits),
    )
    return fit(stake, all_of(verdicts))


def _judge_account(stake: Stake, around: Around) -> Verdict:
    """The limits that need the account's balance. While it is unknown the cash rule asks, and this says why."""
    limits = around.limits
    if isinstance(around.held, Unknown):
        judged = limits.position_refuse or limits.position_ask_percent or limits.day_loss_judged
        return note("ACCOUNT_NOT_JUDGED") if judged else PASSED
    size = position_size(stake, around.held.value, around.last, around.working, around.total, limits)
    return size.plus(day_loss(stake, around.day_result, around.total, limits))

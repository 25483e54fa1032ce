"""What a typed reprice or reduce amounts to: the exact price or share count, or why it cannot be. Pure."""

from __future__ import annotations

from msgspec import Struct

from hoga.domain.orders import Order
from hoga.domain.ticks import NoValidPrice
from hoga.domain.values import Price, Shares
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.order.market import look
from hoga.ui.order.prices import Steps
from hoga.ui.pending.fields import number_of
from hoga.ui.pending.rows import can_change
from hoga.ui.tables.words import code_name, state_word, translate


class Wish(Struct, frozen=True):
    """``limit`` or ``by`` when it can be asked for; ``says`` is the sentence of what will be sent, else why not."""

    says: str
    limit: Price | None = None
    by: Shares | None = None

    @property
    def possible(self) -> bool:
        return self.limit is not None or self.by is not None


def steps_of(context: Context, order: Order) -> Steps | None:
    """The prices that can be ordered today; None while they are not known."""
    market = look(context.desk, order.instrument)
    return market.steps if market is not None else None


def reprice_wish(context: Context, order: Order, text: str) -> Wish:
    """The whole remainder moved to the typed price."""
    gone = _ended(order)
    if gone:
        return Wish(gone)
    if not order.type.carries_price and order.current_limit is None:
        return Wish(translate("Pending", "An order of this type has no price to change. Cancel it and place another."))
    units = number_of(text)
    if not units:
        return Wish(translate("Pending", "Type the new price."))
    old = order.current_limit
    limit = Price(units, old.currency if old is not None else order.filled_amount.currency)
    if limit == old:
        return Wish(translate("Pending", "It stands at this price already."))
    off = _off_grid(steps_of(context, order), limit)
    if off:
        return Wish(off)
    said = translate("Pending", "Move the {left} left of {name} from {old} to {new}.").format(
        left=fmt.shares(order.leaves, context.language), name=code_name(context, order.instrument),
        old=fmt.price(old), new=fmt.price(limit),
    )  # fmt: skip
    return Wish(said, limit=limit)


def reduce_wish(context: Context, order: Order, text: str) -> Wish:
    """The typed shares taken off; price and place in the queue stay."""
    gone = _ended(order)
    if gone:
        return Wish(gone)
    by = number_of(text)
    left = order.leaves.count
    if not by:
        return Wish(translate("Pending", "Type how many shares to take off."))
    if by >= left:
        return Wish(
            translate("Pending", "Only {left} are left. To take all of them off, cancel the order.").format(
                left=fmt.shares(left, context.language)
            )
        )
    said = translate("Pending", "Take {by} off {name}: {rest} stay at {price}.").format(
        by=fmt.shares(by, context.language), name=code_name(context, order.instrument),
        rest=fmt.shares(left - by, context.language), price=fmt.price(order.current_limit),
    )  # fmt: skip
    return Wish(said, by=Shares(by))


def _ended(order: Order) -> str:
    if can_change(order):
        return ""
    if order.state.over:
        return translate("Pending", "{state}: nothing is left to change.").format(state=state_word(order.state))
    return translate("Pending", "{state}: it can be changed once the broker has given it a number.").format(
        state=state_word(order.state)
    )


def _off_grid(steps: Steps | None, limit: Price) -> str:
    if steps is None:
        return ""
    if not steps.grid.is_valid(limit):
        try:
            below, above = steps.grid.neighbours(limit)
        except NoValidPrice:
            below, above = None, steps.lowest
        return translate("Pending", "{price} is between two ticks: {below} or {above}.").format(
            price=fmt.price(limit), below=fmt.price(below), above=fmt.price(above)
        )
    if not steps.limits.allows(limit):
        return translate("Pending", "{price} is outside today's limits, {lower} to {upper}.").format(
            price=fmt.price(limit), lower=fmt.price(steps.limits.lower), upper=fmt.price(steps.limits.upper)
        )
    return ""

"""The figures of a ticket in words: amount, costs, the account afterwards, break-even, and where each comes from."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeVar

from msgspec import Struct

from hoga.domain.book_walk import walk
from hoga.domain.calendar import KRX
from hoga.domain.costs import BILLION, FeeModel, break_even
from hoga.domain.instruments import Venue
from hoga.domain.known import Known, Maybe, Unknown
from hoga.domain.tables import RuleUnknown
from hoga.domain.tickets import OrderType, Side, Ticket
from hoga.domain.values import Money, Price
from hoga.trading.views import Preview
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.order.market import Market
from hoga.ui.order.reasons import in_words
from hoga.ui.order.sizing import Most, fees_of
from hoga.ui.order.text import translate

T = TypeVar("T")
_SETTLING = KRX.guessing()


class Figure(Struct, frozen=True):
    """One line: a label, its exact value, and in ``tip`` how it was reckoned or why it is unknown."""

    label: str
    value: str
    tip: str = ""
    strong: bool = False


def figures_of(context: Context, ticket: Ticket, preview: Preview, market: Market) -> tuple[Figure, ...]:
    """What the ticket costs or brings, and the account if all of it trades."""
    buying = ticket.side is Side.BUY
    costs = preview.costs.value if isinstance(preview.costs, Known) else None
    total = _total(preview, buying)
    lines = [
        Figure(translate("Order", "Amount"), _money(preview.amount), _amount_tip(context, ticket, preview)),
        Figure(
            translate("Order", "Commission"),
            fmt.money(costs.commission if costs else None),
            _why(context, preview.costs),
        ),
    ]
    if not buying:
        lines.append(
            Figure(translate("Order", "Tax"), fmt.money(costs.tax if costs else None), _why(context, preview.costs))
        )
    lines.append(
        Figure(
            translate("Order", "You pay") if buying else translate("Order", "You receive"),
            fmt.money(total),
            strong=True,
        )
    )
    lines += _after(context, preview)
    even = break_even_of(context, ticket, preview, market) if buying else None
    if even is not None:
        tip = translate("Order", "Selling all of it here brings back what it cost, with commissions and tax.")
        lines.append(Figure(translate("Order", "Break-even"), fmt.price(even), tip))
    return tuple(lines)


def blank_figures(side: Side) -> tuple[Figure, ...]:
    """The same lines while there is nothing to reckon with, so that the ticket keeps its shape."""
    buying = side is Side.BUY
    labels = [translate("Order", "Amount"), translate("Order", "Commission")]
    labels += [] if buying else [translate("Order", "Tax")]
    labels += [translate("Order", "You pay") if buying else translate("Order", "You receive")]
    labels += [translate("Order", "Cash afterwards"), translate("Order", "Held afterwards")]
    return tuple(Figure(label, fmt.DASH) for label in labels)


def now_line(ticket: Ticket, market: Market) -> str:
    """What the order would do to the book as it is shown at this moment."""
    if market.book is None or market.crossed:
        return ""
    outcome = walk(market.book, ticket.side, ticket.type, ticket.limit, ticket.quantity.count)
    if not outcome.taken:
        return translate("Order", "Now: nothing trades at once; it waits.")
    said = {
        "taken": f"{outcome.taken:,}",
        "average": fmt.price(outcome.average),
        "worst": fmt.price(outcome.worst),
        "rest": f"{outcome.rest:,}",
    }
    if not outcome.rest:
        if outcome.worst == outcome.average:
            return translate("Order", "Now: all {taken} would trade at {worst}.").format(**said)
        return translate("Order", "Now: all {taken} would trade, about {average} on average, {worst} at worst.").format(
            **said
        )
    if outcome.beyond:
        return translate(
            "Order", "Now: {taken} would trade, to {worst}; {rest} more than the levels shown hold."
        ).format(**said)
    return translate("Order", "Now: {taken} would trade, {worst} at worst; {rest} would not trade at once.").format(
        **said
    )


def most_line(context: Context, most: Most) -> Figure:
    """The most that can be ordered, and why it is that many."""
    label = translate("Order", "Most")
    if isinstance(most, Unknown):
        return Figure(label, fmt.DASH, in_words(context, most.why))
    shown = fmt.shares(most.most, context.language)
    if most.held is not None:
        tip = translate("Order", "{held} held, less what open sells may still take.").format(
            held=fmt.shares(most.held, context.language)
        )
        return Figure(label, shown, tip)
    tip = translate("Order", "{cash} orderable ÷ {unit} a share with {rate} % commission.").format(
        cash=fmt.money(most.cash), unit=fmt.price(most.unit), rate=rate_percent(most.fees)
    )
    if most.at_limit:
        tip += " " + translate("Order", "Without a price each share is held at the upper limit until it trades.")
    return Figure(label, shown, tip)


def rate_percent(fees: FeeModel | None) -> str:
    """The commission rate as a percentage, exact."""
    return fmt.DASH if fees is None else f"{(Decimal(fees.rate) * 100 / BILLION).normalize():f}"


def break_even_of(context: Context, ticket: Ticket, preview: Preview, market: Market) -> Price | None:
    """The price at which a buy is even again after all costs; None while its costs are unknown."""
    if not isinstance(preview.amount, Known) or not isinstance(preview.costs, Known) or not ticket.quantity:
        return None
    desk = context.desk
    try:
        today = desk.schedule.status(Venue.KRX, desk.clock.now()).trading_date
        fees = fees_of(desk.account, market.instrument)
        if fees is None:
            return None
        paid = preview.amount.value + preview.costs.value.total
        return break_even(
            fees, market.instrument, ticket.quantity, paid, desk.schedule.rules_day(today),
            _SETTLING.settlement_date(today),
        )  # fmt: skip
    except RuleUnknown:
        return None


def _after(context: Context, preview: Preview) -> list[Figure]:
    cash = fmt.DASH if context.hidden else _money(preview.cash_after)
    shares = preview.shares_after
    held = fmt.shares(shares.value, context.language) if isinstance(shares, Known) else fmt.DASH
    return [
        Figure(translate("Order", "Cash afterwards"), cash, _why(context, preview.cash_after)),
        Figure(translate("Order", "Held afterwards"), held, _why(context, shares)),
    ]


def _amount_tip(context: Context, ticket: Ticket, preview: Preview) -> str:
    if isinstance(preview.amount, Unknown):
        return in_words(context, preview.amount.why)
    if ticket.limit is not None:
        return f"{fmt.price(ticket.limit)} × {ticket.quantity}"
    if ticket.type is OrderType.PRIORITY:
        return translate("Order", "Reckoned at the best price of the other side; it will wait at its own.")
    return translate("Order", "Reckoned at the best price now; the real one may differ.")


def _total(preview: Preview, buying: bool) -> Money | None:
    if not isinstance(preview.amount, Known) or not isinstance(preview.costs, Known):
        return None
    costs = preview.costs.value.total
    return preview.amount.value + costs if buying else preview.amount.value - costs


def _money(value: Maybe[Money]) -> str:
    return fmt.money(value.value if isinstance(value, Known) else None)


def _why(context: Context, value: Known[T] | Unknown) -> str:
    return in_words(context, value.why) if isinstance(value, Unknown) else ""

"""What the pending tab says of an order: its state, its life, the sentence over a cancel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from hoga.base.clock import KST
from hoga.base.message import Counted
from hoga.domain.instruments import Venue
from hoga.domain.orders import Order
from hoga.domain.tickets import Side
from hoga.domain.values import Currency, Money
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.order.reasons import in_words
from hoga.ui.order.text import side_word
from hoga.ui.pending.life import End, Life
from hoga.ui.pending.rows import PendingRow
from hoga.ui.tables.column import Cell, Tone
from hoga.ui.tables.words import (
    code_name,
    pending_request,
    price_text,
    refused_request,
    state_tone,
    state_word,
    translate,
)


def state_cell(context: Context, row: PendingRow) -> Cell:
    """What is most worth knowing of it: a question, what it waits for, what is being asked, else its state."""
    order = row.order
    if row.asked:
        return Cell(translate("Pending", "Which one is ours? Answer above"), tone=Tone.WARN)
    if row.offered is not None:
        return Cell(translate("Pending", "Never sent: send or discard it above"), tone=Tone.WARN)
    if row.waits is not None:
        place, why = row.waits
        text = translate("Pending", "Waiting, number {place}: {why}").format(place=place, why=in_words(context, why))
        since = translate("Pending", "Waits since {time}. “Take back” or Del withdraws it.").format(
            time=fmt.clock(order.requests[-1].made_at if order.requests else order.made_at)
        )
        return Cell(text, tone=Tone.WARN, tip=f"{text}\n{since}")
    asked = pending_request(order)
    if asked:
        return Cell(asked, tone=Tone.WARN if order.unknown else Tone.DIM)
    refused = refused_request(order)
    if refused is not None and not row.over:
        words, said = refused
        return Cell(f"{state_word(order.state)} · {words}", tone=Tone.BAD, tip=said)
    return Cell(state_word(order.state), tone=state_tone(order.state))


def life_cell(context: Context, row: PendingRow, now: datetime) -> Cell:
    return Cell(life_short(row.life, now), tip=life_card(context, row.order, row.life, now))


def life_short(life: Life, now: datetime) -> str:
    venue = venue_word(life.venue)
    if life.end is End.SESSION and life.until is not None:
        return translate("Pending", "{venue} until {time}").format(venue=venue, time=_when(life.until, now))
    if life.end is End.AT_ONCE:
        return translate("Pending", "{venue}, now or never").format(venue=venue)
    if life.end is End.NOT_THERE:
        return translate("Pending", "Not at the market")
    return translate("Pending", "{venue}, end unknown").format(venue=venue)


def life_card(context: Context, order: Order, life: Life, now: datetime) -> str:
    """The card: where it lives, when it dies, and what happens to it before."""
    lines = [_home(order, life)]
    if life.end is End.SESSION and life.until is not None:
        left = fmt.age(max((life.until - now).total_seconds(), 1), context.language)
        lines.append(
            translate("Pending", "It dies at {time} with the session, in {left}, if it has not filled by then.").format(
                time=_when(life.until, now), left=left
            )
        )
    if life.at_krx is not None:
        lines.append(
            translate("Pending", "If the broker routed it to KRX, it dies there at {time} already.").format(
                time=_when(life.at_krx, now)
            )
        )
    if life.becomes_market is not None:
        lines.append(
            translate("Pending", "At {time} what is left becomes a market order for the closing auction.").format(
                time=_when(life.becomes_market, now)
            )
        )
    if life.end is End.AT_ONCE:
        lines.append(translate("Pending", "What does not trade on arrival is cancelled."))
    if life.end is End.UNKNOWN:
        lines.append(translate("Pending", "No hours are on file for this day: look at the broker when it ends."))
    return "\n".join(lines)


def _home(order: Order, life: Life) -> str:
    if life.end is End.NOT_THERE:
        return translate("Pending", "It has not left this computer: nobody at the market knows of it.")
    if order.unknown:
        return translate("Pending", "It may be live at {venue}: the broker is being asked.").format(
            venue=venue_word(life.venue)
        )
    return translate("Pending", "It lives at {venue}, with the broker: closing this program does not end it.").format(
        venue=venue_word(life.venue)
    )


def venue_word(venue: Venue) -> str:
    return translate("Pending", "SOR (KRX or NXT)") if venue is Venue.SOR else venue.value


def order_line(context: Context, order: Order) -> str:
    """Buy 7 of 10 sh Samsung Electronics (005930) at 71,500."""
    said = {
        "left": fmt.shares(order.leaves),
        "ordered": fmt.shares(order.quantity, context.language),
        "name": code_name(context, order.instrument),
        "price": price_text(order),
    }
    if order.side is Side.BUY:
        return translate("Pending", "Buy {name}: {left} of {ordered} left at {price}").format(**said)
    return translate("Pending", "Sell {name}: {left} of {ordered} left at {price}").format(**said)


def cancel_sentence(context: Context, rows: Sequence[PendingRow]) -> str:
    """Cancel 12 orders, 8,400,000 won: 7 buys, 5 sells."""
    buys = [row for row in rows if row.order.side is Side.BUY]
    parts = [
        f"{side_word(side)} {len(part)}"
        for side, part in ((Side.BUY, buys), (Side.SELL, [r for r in rows if r.order.side is Side.SELL]))
        if part
    ]
    return translate("Pending", "Cancel {count} {count:order|orders}, {amount} ({parts})?").format(
        count=Counted(len(rows)), amount=sum_text(context, rows), parts=" · ".join(parts)
    )


def sum_text(context: Context, rows: Sequence[PendingRow]) -> str:
    """What is left of the orders at their own prices, by currency; a dash where a price is not known."""
    totals: dict[Currency, int] = {}
    for row in rows:
        amount = row.left_amount
        if amount is None:
            return fmt.DASH
        totals[amount.currency] = totals.get(amount.currency, 0) + amount.units
    return " + ".join(_money(Money(units, currency)) for currency, units in totals.items()) or fmt.DASH


def _money(value: Money) -> str:
    if value.currency is Currency.KRW:
        return translate("Pending", "{amount} won").format(amount=fmt.money(value))
    return f"{value.currency.code} {fmt.money(value)}"


def _when(moment: datetime, now: datetime) -> str:
    """15:30; with the date where that is another day. Midnight is the end of the day before it."""
    here, today = moment.astimezone(KST), now.astimezone(KST).date()
    if here.date() == today:
        return f"{here:%H:%M}"
    if (here.hour, here.minute) == (0, 0) and (here.date() - today).days == 1:
        return translate("Pending", "24:00")
    return f"{here:%m-%d %H:%M}"

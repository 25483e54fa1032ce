"""Words and cells that several tables share: sides, times, names, states of orders and requests."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from hoga.base.clock import KST
from hoga.domain.broker_orders import RequestKind
from hoga.domain.instruments import InstrumentId
from hoga.domain.known import Maybe, Unknown
from hoga.domain.orders import Order, OrderState
from hoga.domain.requests import RequestState
from hoga.domain.tickets import Hand, Origin, PlanChild, RuleChild, Side
from hoga.domain.values import Money
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.order.reasons import in_words
from hoga.ui.order.text import side_mark, side_word, tif_word, type_word
from hoga.ui.tables.column import Cell, Tone, tone_of

translate = QCoreApplication.translate


def time_cell(moment: datetime | None, *, milliseconds: bool = False) -> Cell:
    """KST; the date is in the tip and is copied."""
    if moment is None:
        return Cell(fmt.DASH, plain="")
    here = moment.astimezone(KST)
    copied = f"{here:%Y-%m-%d %H:%M:%S}" + (f".{here.microsecond // 1000:03d}" if milliseconds else "")
    return Cell(fmt.clock(here, milliseconds=milliseconds), plain=copied, tip=f"{here:%Y-%m-%d} KST")


def side_cell(side: Side) -> Cell:
    buying = side is Side.BUY
    return Cell(f"{side_mark(side)} {side_word(side)}", side_word(side), tone=Tone.UP if buying else Tone.DOWN)


def kind_cell(order: Order) -> Cell:
    """Limit; with its life only where that is not the day's."""
    word = type_word(order.type)
    return Cell(word if order.tif.value == "day" else f"{word} {tif_word(order.tif)}")


def price_text(order: Order) -> str:
    """The price it stands at; the type's word where it carries none."""
    price = order.current_limit
    return fmt.price(price) if price is not None else type_word(order.type)


def money_cell(value: Maybe[Money], context: Context, *, signed: bool = False) -> Cell:
    if isinstance(value, Unknown):
        return unknown_cell(value, context)
    if signed:
        return Cell(fmt.signed(value.value.units, value.value.currency), tone=tone_of(value.value.units))
    return Cell(fmt.money(value.value))


def unknown_cell(value: Unknown, context: Context) -> Cell:
    return Cell(fmt.DASH, plain="", tip=in_words(context, value.why))


def code_name(context: Context, instrument: InstrumentId) -> str:
    """Samsung Electronics (005930)."""
    name = context.name(instrument)
    return name if name == instrument.code else f"{name} ({instrument.code})"


def request_word(kind: RequestKind) -> str:
    return {
        RequestKind.NEW: translate("Tables", "Order"),
        RequestKind.REPRICE: translate("Tables", "Reprice"),
        RequestKind.REDUCE: translate("Tables", "Reduce"),
        RequestKind.CANCEL: translate("Tables", "Cancel"),
    }[kind]


def origin_word(order: Order) -> str:
    """Who made it; foreign ones say by which channel."""
    if order.origin is None and order.channel:
        return translate("Tables", "Elsewhere ({channel})").format(channel=order.channel)
    return maker_word(order.origin)


def maker_word(origin: Origin | None) -> str:
    """Who made an order or a request; None: nobody here."""
    match origin:
        case None:
            return translate("Tables", "Elsewhere")
        case Hand():
            return translate("Tables", "Here")
        case PlanChild():
            return translate("Tables", "Plan")
        case RuleChild():
            return translate("Tables", "Rule")


def state_word(state: OrderState) -> str:
    return {
        OrderState.QUEUED: translate("Tables", "Not sent yet"),
        OrderState.SENDING: translate("Tables", "Being sent"),
        OrderState.UNKNOWN: translate("Tables", "Unknown: asking the broker"),
        OrderState.WORKING: translate("Tables", "Working"),
        OrderState.PARTIALLY_FILLED: translate("Tables", "Partly filled"),
        OrderState.FILLED: translate("Tables", "Filled"),
        OrderState.CANCELLED: translate("Tables", "Cancelled"),
        OrderState.EXPIRED: translate("Tables", "Expired"),
        OrderState.REFUSED: translate("Tables", "Refused"),
        OrderState.WITHDRAWN: translate("Tables", "Taken back before it left"),
        OrderState.ABSENT: translate("Tables", "Never arrived"),
    }[state]


_TONES = {
    OrderState.UNKNOWN: Tone.WARN,
    OrderState.WORKING: Tone.TEXT,
    OrderState.PARTIALLY_FILLED: Tone.TEXT,
    OrderState.FILLED: Tone.GOOD,
    OrderState.REFUSED: Tone.BAD,
    OrderState.ABSENT: Tone.WARN,
}


def state_tone(state: OrderState) -> Tone:
    return _TONES.get(state, Tone.DIM)


def newest_number(order: Order) -> str:
    """The broker's newest number of an order, as the broker writes it; empty while it has none."""
    return f"{order.numbers[-1].number.number:010d}" if order.numbers else ""


def pending_request(order: Order) -> str:
    """What is being asked about it right now, in words; empty when nothing is."""
    asked = [request for request in order.asked if request.kind is not RequestKind.NEW]
    if not asked:
        return ""
    newest = asked[-1]
    if newest.state is RequestState.UNKNOWN:
        return translate("Tables", "{what} unknown: asking the broker").format(what=request_word(newest.kind))
    if newest.kind is RequestKind.REPRICE:
        return translate("Tables", "Moving to {price} …").format(price=fmt.price(newest.limit))
    if newest.kind is RequestKind.REDUCE:
        return translate("Tables", "Reducing by {count} …").format(count=fmt.shares(newest.quantity))
    return translate("Tables", "Cancelling …")


def refused_request(order: Order) -> tuple[str, str] | None:
    """The newest change of it, if that was refused: in words, and the broker's own."""
    if not order.requests:
        return None
    newest = order.requests[-1]
    if newest.kind is RequestKind.NEW or newest.state is not RequestState.REFUSED:
        return None
    said = " ".join(filter(None, (f"[{newest.code}]" if newest.code else "", newest.text)))
    return translate("Tables", "{what} refused").format(what=request_word(newest.kind)), said

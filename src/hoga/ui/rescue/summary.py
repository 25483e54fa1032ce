"""What to read out to the broker: the open orders with their numbers, what is held, the telephone. Plain text."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from hoga.domain.known import Known, Unknown
from hoga.domain.orders import Order
from hoga.domain.positions import Holding
from hoga.domain.tickets import Side
from hoga.domain.values import Money
from hoga.trading.facade import Desk
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.order.text import side_word
from hoga.ui.rescue.phones import phone_line
from hoga.ui.tables.words import code_name, origin_word, price_text, state_word
from hoga.ui.theme.tokens import STAKES

translate = QCoreApplication.translate


def open_orders(desk: Desk) -> list[Order]:
    """Everything that may still trade, newest first."""
    return [order for order in reversed(desk.orders()) if not order.state.over]


def holdings(desk: Desk) -> tuple[Holding, ...]:
    held = desk.portfolio().holdings
    return tuple(one for one in held.value if one.position.quantity) if isinstance(held, Known) else ()


def number_of(order: Order) -> str:
    """The number to name on the telephone; empty while there is none."""
    return f"{order.heads[-1].number:010d}" if order.heads else ""


def order_text(context: Context, order: Order) -> str:
    """▲ 매수 삼성전자 (005930) 7 / 10주 71,500."""
    left, whole = fmt.shares(order.leaves), fmt.shares(order.quantity, context.language)
    mark = "▲" if order.side is Side.BUY else "▼"
    name = code_name(context, order.instrument)
    return f"{mark} {side_word(order.side)}  {name}  {left} / {whole}  {price_text(order)}"


def order_detail(order: Order) -> str:
    number = number_of(order) or translate("Rescue", "no number yet")
    return " · ".join((state_word(order.state), number, origin_word(order), fmt.clock(order.made_at)))


def holding_text(context: Context, holding: Holding) -> str:
    position = holding.position
    known = context.known(position.instrument)
    name = code_name(context, position.instrument)
    if known is None and position.name:
        name = f"{position.name} ({position.instrument.code})"
    return f"{name}  {fmt.shares(position.quantity, context.language)}"


def holding_detail(context: Context, holding: Holding) -> str:
    """What it is worth at the last price that is known, and when that was."""
    if isinstance(holding.value, Unknown):
        return translate("Rescue", "value not known")
    worth = translate("Rescue", "worth {amount} at {time}").format(
        amount=_money(context, holding.value.value), time=fmt.clock(holding.value.at)
    )
    if isinstance(holding.open_profit, Known):
        profit = holding.open_profit.value
        return f"{worth} · {fmt.signed(profit.units, profit.currency) if not context.hidden else '•••••'}"
    return worth


def at_risk(context: Context, desk: Desk) -> str:
    """All positions together, as far as their prices are known."""
    held = holdings(desk)
    worth = [one.value.value.units for one in held if isinstance(one.value, Known)]
    text = _money(context, Money(sum(worth))) if worth else fmt.DASH
    missing = len(held) - len(worth)
    if missing:
        return f"{text} + {translate('Rescue', '{count} without a price').format(count=missing)}"
    return text


def _money(context: Context, amount: Money) -> str:
    return "•••••" if context.hidden else fmt.money(amount)


def summary(context: Context, desks: Iterable[Desk]) -> str:
    """Everything of the window as text, account by account."""
    lines: list[str] = []
    for desk in desks:
        lines += _of_desk(context, desk)
    return "\n".join(lines)


def _of_desk(context: Context, desk: Desk) -> list[str]:
    health, account = desk.health(), desk.account
    cash = desk.portfolio().cash
    read = (fmt.clock(health.last_list), fmt.clock(cash.at) if isinstance(cash, Known) else fmt.DASH)
    lines = [
        f"{STAKES[account.stakes].words} · {account.label}",
        phone_line(account.profile, context.language),
        translate("Rescue", "Now {now}; orders read {orders}, balance read {balance}").format(
            now=fmt.clock(desk.clock.now()), orders=read[0], balance=read[1]
        ),
        translate("Rescue", "Open orders: {count}").format(count=len(open_orders(desk))),
    ]
    lines += [f"  {order_text(context, order)} · {order_detail(order)}" for order in open_orders(desk)]
    lines.append(translate("Rescue", "Positions: {count}").format(count=len(holdings(desk))))
    lines += [f"  {holding_text(context, one)} · {holding_detail(context, one)}" for one in holdings(desk)]
    return lines

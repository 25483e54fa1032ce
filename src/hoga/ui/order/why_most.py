"""'Why this number?' of the most that can be ordered: what it was reckoned from, by which rule, and reckoned anew."""

from __future__ import annotations

from hoga.domain.reservation import affordable
from hoga.domain.values import Shares
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.holdings.why import Input, Why
from hoga.ui.order.figures import rate_percent
from hoga.ui.order.market import Market
from hoga.ui.order.sizing import Means, in_lots
from hoga.ui.order.text import side_word, translate


def why_most(context: Context, market: Market, means: Means) -> Why:
    return _why_buys(context, market, means) if means.held is None else _why_sells(context, market, means, means.held)


def _why_buys(context: Context, market: Market, means: Means) -> Why:
    portfolio = context.desk.portfolio()
    limit, own = translate("Order", "today's upper limit"), translate("Order", "the ticket's price")
    again = None
    if means.cash is not None and means.unit is not None and means.fees is not None:
        again = fmt.shares(in_lots(affordable(means.cash, means.unit, means.fees), market.instrument.lot))
    reserved = translate("Order", "open buys hold {reserved} of it back already").format(
        reserved=fmt.money(portfolio.reserved)
    )
    inputs = (
        Input(translate("Order", "Orderable cash"), fmt.money(means.cash), reserved),
        Input(translate("Order", "A share is held at"), fmt.price(means.unit), limit if means.at_limit else own),
        Input(translate("Order", "Commission"), f"{rate_percent(means.fees)} %", translate("Order", "the broker's")),
    )
    return Why(
        translate("Order", "The most that can be bought"), fmt.shares(means.most), inputs,
        translate("Order", "as many as fit into the cash with their commission, rounded up to the won; no credit"),
        again,
        translate("Order", "Without a price each share is held at the upper limit until it trades.")
        if means.at_limit else "",
    )  # fmt: skip


def _why_sells(context: Context, market: Market, means: Means, held: Shares) -> Why:
    holding = context.desk.portfolio().holding(market.instrument.id)
    open_sells = holding.open_sells if holding is not None else ()
    inputs = [Input(translate("Order", "Held"), fmt.shares(held), translate("Order", "the balance and fills since"))]
    for id, count in open_sells:
        order = context.desk.order(id)
        limit = fmt.price(order.current_limit) if order is not None else fmt.DASH
        what = f"{side_word(order.side)} {limit}" if order is not None else fmt.DASH
        inputs.append(Input(what, f"{fmt.MINUS}{fmt.shares(count)}", translate("Order", "open order")))
    left = max(held.count - sum(count.count for _, count in open_sells), 0)
    return Why(
        translate("Order", "The most that can be sold"), fmt.shares(means.most), tuple(inputs),
        translate("Order", "held − what open sells may still take"), fmt.shares(left),
    )  # fmt: skip

"""'Why this number?': each amount of the account taken apart into inputs, rule and sources, and reckoned once more.

Functions over one snapshot. ``again`` is the figure as these inputs give it; where that is not what was shown, the
popover says so instead of making the sum look right. None: the inputs on the screen do not suffice to reckon it.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from msgspec import Struct

from hoga.base.clock import KST
from hoga.domain.accounts import CashReport
from hoga.domain.calendar import KRX
from hoga.domain.known import Known, Maybe, Unknown
from hoga.domain.positions import Portfolio, Realised, Reservation
from hoga.domain.tickets import OrderId
from hoga.domain.values import Currency, Money, Shares
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.holdings.rows import HoldingRow, value_of
from hoga.ui.order.reasons import in_words
from hoga.ui.order.text import side_word
from hoga.ui.tables.words import price_text, translate

_SETTLING = KRX.guessing()


class Input(Struct, frozen=True):
    """One figure that goes in, where it is from and when."""

    what: str
    value: str
    source: str = ""


class Why(Struct, frozen=True):
    title: str
    shown: str
    inputs: tuple[Input, ...]
    rule: str
    again: str | None
    note: str = ""

    @property
    def differs(self) -> bool:
        return self.again is not None and self.again != self.shown


def why_value(context: Context, row: HoldingRow) -> Why:
    last = row.last
    again = None if isinstance(last, Unknown) else fmt.money(last.value * row.holding.position.quantity)
    return Why(
        translate("Why", "Value of {name}").format(name=_name(context, row)), _money(row.value),
        (_quantity(context, row), _last(context, row)), translate("Why", "quantity × last price"), again,
        translate("Why", "Before the costs of selling."),
    )  # fmt: skip


def why_profit(context: Context, row: HoldingRow) -> Why:
    value, cost = row.value, row.holding.position.cost
    again = None if isinstance(value, Unknown) else _signed(value.value - cost)
    return Why(
        translate("Why", "Profit of {name}").format(name=_name(context, row)), _signed_maybe(row.profit),
        (_quantity(context, row), _last(context, row), _cost(context, row)),
        translate("Why", "quantity × last price − cost"), again,
        translate("Why", "Before commission and tax of selling; the cost is without the commission of buying."),
    )  # fmt: skip


def why_rate(context: Context, row: HoldingRow) -> Why:
    shown = fmt.rate(*row.rate) if row.rate else fmt.DASH
    value, cost = row.value, row.holding.position.cost
    again = None if isinstance(value, Unknown) else fmt.rate(value.value.units - cost.units, cost.units)
    profit = Input(translate("Why", "Profit"), _signed_maybe(row.profit), translate("Why", "value − cost"))
    return Why(
        translate("Why", "Profit of {name} in percent").format(name=_name(context, row)), shown,
        (profit, _cost(context, row)), translate("Why", "profit ÷ cost, rounded to 0.01 %"), again,
    )  # fmt: skip


def why_average(context: Context, row: HoldingRow) -> Why:
    position, again = row.holding.position, None
    if position.quantity:
        exact = Fraction(position.cost.units, position.quantity.count * 10**position.cost.currency.scale)
        again = _two_decimals(Decimal(exact.numerator) / Decimal(exact.denominator))
    return Why(
        translate("Why", "Average price of {name}").format(name=_name(context, row)), average_shown(row),
        (_cost(context, row), _quantity(context, row)), translate("Why", "cost ÷ quantity"), again,
        translate("Why", "The average method: a sale takes out its share of the cost and leaves the average."),
    )  # fmt: skip


def why_quantity(context: Context, row: HoldingRow) -> Why:
    position = row.holding.position
    told = position.reported.quantity.count if position.reported is not None else 0
    since = position.since
    return Why(
        translate("Why", "Shares of {name}").format(name=_name(context, row)), fmt.shares(position.quantity),
        (
            Input(translate("Why", "In the broker's balance"), fmt.shares(told),
                  _broker(context, context.desk.portfolio())),
            Input(translate("Why", "Bought since"), fmt.signed(since.bought), translate("Why", "fill notices")),
            Input(translate("Why", "Sold since"), fmt.signed(-since.sold), translate("Why", "fill notices")),
        ),
        translate("Why", "the balance, carried on with the fills it cannot have counted"),
        fmt.shares(max(told + since.bought - since.sold, 0)),
    )  # fmt: skip


def why_cost(context: Context, row: HoldingRow) -> Why:
    position, since = row.holding.position, row.holding.position.since
    told = position.reported.cost.units if position.reported is not None else 0
    held = position.reported.quantity.count if position.reported is not None else 0
    whole, bought = held + since.bought, told + since.bought_amount
    sold = min(since.sold, whole)
    gone = Fraction(bought * sold, whole) if whole else Fraction(0)
    currency = position.cost.currency
    return Why(
        translate("Why", "Cost of {name}").format(name=_name(context, row)), fmt.money(position.cost),
        (
            Input(translate("Why", "Cost in the broker's balance"), fmt.units(told, currency),
                  _broker(context, context.desk.portfolio())),
            Input(translate("Why", "Bought since"), fmt.signed(since.bought_amount, currency),
                  translate("Why", "fill notices")),
            Input(translate("Why", "Share of {count} sold since").format(count=fmt.shares(sold)),
                  fmt.signed(-round(gone), currency), translate("Why", "at the average cost")),
        ),
        translate("Why", "the balance's cost; a buy since adds its amount, a sale takes out its share"),
        fmt.units(round(bought - gone), currency),
    )  # fmt: skip


def why_sellable(context: Context, row: HoldingRow) -> Why:
    held_back = row.holding.open_sells
    left = max(row.holding.position.quantity.count - sum(shares.count for _, shares in held_back), 0)
    return Why(
        translate("Why", "Sellable shares of {name}").format(name=_name(context, row)),
        fmt.shares(row.holding.sellable),
        (_quantity(context, row), *(_held_back(context, order, shares) for order, shares in held_back)),
        translate("Why", "quantity − what open sells may still take"), fmt.shares(left),
    )  # fmt: skip


def why_weight(context: Context, row: HoldingRow) -> Why:
    shown = weight_text(row)
    whole = row.whole
    inputs = (
        Input(translate("Why", "Value"), _money(row.value), source_text(context, row.value)),
        Input(translate("Why", "Total assets"), _money(whole), translate("Why", "holdings at last prices + D+2 cash")),
    )
    again = None
    if isinstance(row.value, Known) and isinstance(whole, Known) and whole.value.units > 0:
        again = fmt.rate(row.value.value.units, whole.value.units).lstrip("+")
    return Why(
        translate("Why", "Weight of {name}").format(name=_name(context, row)), shown, inputs,
        translate("Why", "value ÷ total assets"), again,
    )  # fmt: skip


def why_total(context: Context, rows: tuple[HoldingRow, ...], portfolio: Portfolio, shown: Maybe[Money]) -> Why:
    value = value_of(rows, portfolio.at)
    cash = cash_report(portfolio)
    inputs = [Input(translate("Why", "Holdings at last prices"), _money(value), source_text(context, value))]
    inputs.append(Input(translate("Why", "Cash on D+2"), _cash(cash), _broker(context, portfolio)))
    again = None
    if isinstance(value, Known) and cash is not None:
        again = fmt.money(value.value + cash.settled_d2)
    return Why(translate("Why", "Total assets"), _money(shown), tuple(inputs),
               translate("Why", "holdings + cash after everything traded so far has settled"), again)  # fmt: skip


def why_open_profit(context: Context, rows: tuple[HoldingRow, ...], shown: Maybe[Money]) -> Why:
    inputs = tuple(
        Input(_name(context, row), _signed_maybe(row.profit), source_text(context, row.profit)) for row in rows
    )
    known = [row.profit.value.units for row in rows if isinstance(row.profit, Known)]
    again = _signed(Money(sum(known))) if len(known) == len(rows) else None
    return Why(translate("Why", "Profit of what is held"), _signed_maybe(shown), inputs,
               translate("Why", "the sum over the holdings"), again,
               translate("Why", "Before the costs of selling."))  # fmt: skip


def why_orderable(context: Context, portfolio: Portfolio) -> Why:
    cash, since, orderable = cash_report(portfolio), portfolio.bought_since, portfolio.orderable
    inputs = (
        Input(translate("Why", "Cash on D+2"), _cash(cash), _broker(context, portfolio)),
        Input(
            translate("Why", "Buys filled since that balance"), fmt.DASH if since is None else _signed(-since),
            translate("Why", "fills, with commission"),
        ),
        *(_reserved(context, one) for one in portfolio.reservations),
    )  # fmt: skip
    held = [one.held for one in portfolio.reservations if one.held is not None]
    again = None
    if cash is not None and since is not None and isinstance(orderable, Known):
        again = fmt.money(cash.settled_d2 - since - Money(sum(one.units for one in held), cash.currency))
    return Why(
        translate("Why", "Orderable cash"), _money(orderable), inputs,
        translate("Why", "D+2 cash − open buys with commission − buys the balance has not counted"), again,
        translate("Why", "Open buys without a price are held at the day's upper limit."),
    )  # fmt: skip


def why_realised(context: Context, row: HoldingRow | None, shown: Maybe[Money]) -> Why:
    """Of one holding, or of the account (``row`` None), instruments sold to the last share included."""
    every = context.desk.portfolio().realised_from
    if row is None:
        title, mine = translate("Why", "Profit realised today"), dict(every)
    else:
        title = translate("Why", "Profit realised today with {name}").format(name=_name(context, row))
        mine = {id: part for id, part in every.items() if id == row.holding.position.instrument}
    inputs = [one for id, part in mine.items() for one in _realised_inputs(context, context.name(id), part)]
    known = isinstance(shown, Known)
    currency = shown.value.currency if isinstance(shown, Known) else Currency.KRW
    return Why(
        title, _signed_maybe(shown), tuple(inputs),
        translate("Why", "sales − their average cost at that moment − commission and tax of today's fills"),
        _signed(Money(sum(part.profit for part in mine.values()), currency)) if known else None,
    )  # fmt: skip


def why_cash(context: Context, portfolio: Portfolio, which: int) -> Why:
    """``which``: 0 today, 1 the next settlement day, 2 the one after."""
    shown = cash_text(portfolio, which)
    day = fmt.day(settlement_day(context.desk.clock.now(), which), context.language)
    titles = (translate("Why", "Cash today"), translate("Why", "Cash on D+1"), translate("Why", "Cash on D+2"))
    inputs = (
        Input(titles[which], shown, _broker(context, portfolio)),
        Input(translate("Why", "Settlement day"), day, "KRX"),
    )
    return Why(
        titles[which], shown, inputs, translate("Why", "as the broker reports it"), shown,
        translate("Why", "Shares are paid two settlement days after the trade."),
    )  # fmt: skip


# --- texts and parts ------------------------------------------------------------------------------------------------


def cash_report(portfolio: Portfolio) -> CashReport | None:
    """The cash of the account's own currency."""
    if isinstance(portfolio.cash, Unknown):
        return None
    return next((report for report in portfolio.cash.value if report.currency is portfolio.reserved.currency), None)


def cash_text(portfolio: Portfolio, which: int) -> str:
    cash = cash_report(portfolio)
    return fmt.DASH if cash is None else fmt.money((cash.today, cash.next_day, cash.settled_d2)[which])


def settlement_day(now: datetime, which: int) -> date:
    """The day after ``which`` settlement days of the market."""
    today = now.astimezone(KST).date()
    return today if which == 0 else _SETTLING.add_settlement_days(today, which)


def average_shown(row: HoldingRow) -> str:
    """Whole units and the decimals that say something: 71,482.86; a dash without shares."""
    average = row.holding.position.average
    return fmt.DASH if average is None else _two_decimals(average)


def _two_decimals(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.01'), ROUND_HALF_UP):,}".removesuffix(".00")


def weight_text(row: HoldingRow) -> str:
    return fmt.rate(*row.weight).lstrip("+") if row.weight else fmt.DASH


def _name(context: Context, row: HoldingRow) -> str:
    return context.name(row.holding.position.instrument)


def _quantity(context: Context, row: HoldingRow) -> Input:
    position = row.holding.position
    return Input(
        translate("Why", "Quantity"), fmt.shares(position.quantity, context.language),
        _broker(context, context.desk.portfolio()) if position.reported else translate("Why", "fill notices"),
    )  # fmt: skip


def _last(context: Context, row: HoldingRow) -> Input:
    if isinstance(row.last, Unknown):
        return Input(translate("Why", "Last price"), fmt.DASH, in_words(context, row.last.why))
    return Input(translate("Why", "Last price"), fmt.price(row.last.value), source_text(context, row.last))


def _cost(context: Context, row: HoldingRow) -> Input:
    return Input(translate("Why", "Cost"), fmt.money(row.holding.position.cost), translate("Why", "balance and fills"))


def _held_back(context: Context, id: OrderId, shares: Shares) -> Input:
    order = context.desk.order(id)
    price = price_text(order) if order is not None else fmt.DASH
    made = fmt.clock(order.made_at) if order is not None else ""
    return Input(translate("Why", "Open sell at {price}").format(price=price), f"−{fmt.shares(shares)}", made)


def _reserved(context: Context, one: Reservation) -> Input:
    what = translate("Why", "Open buy: {count} {name}").format(
        count=fmt.shares(one.leaves, context.language), name=context.name(one.instrument)
    )
    unit = translate("Why", "held at {price} with commission").format(price=fmt.price(one.unit))
    return Input(what, fmt.DASH if one.held is None else _signed(-one.held), unit)


def _realised_inputs(context: Context, name: str, part: Realised) -> list[Input]:
    """The position before the day, then each fill: amount, and what it cost."""
    before = translate("Why", "{count} {name} before today, at cost").format(
        count=fmt.shares(part.shares, context.language), name=name
    )
    inputs = [Input(before, fmt.units(round(part.cost)), translate("Why", "average method"))] if part.shares else []
    for line in part.lines:
        what = f"{side_word(line.side)} {fmt.shares(line.quantity, context.language)} {name}"
        costs = translate("Why", "costs {amount}").format(amount=fmt.units(line.costs))
        inputs.append(Input(what, fmt.units(line.amount), costs))
    return inputs


def source_text(context: Context, value: Maybe[Any]) -> str:
    """Where it is from, and when."""
    if isinstance(value, Unknown):
        return in_words(context, value.why)
    words = {
        "stream": translate("Why", "live"),
        "rest": translate("Why", "asked for"),
        "balance": translate("Why", "broker's balance"),
        "sum": translate("Why", "sum"),
    }
    way, _, other = value.source.partition(" of ")
    said = words.get(way, way)
    return f"{said} ({other}) {fmt.clock(value.at)}" if other else f"{said} {fmt.clock(value.at)}"


def _broker(context: Context, portfolio: Portfolio) -> str:
    return source_text(context, portfolio.cash)


def _cash(cash: CashReport | None) -> str:
    return fmt.DASH if cash is None else fmt.money(cash.settled_d2)


def _money(value: Maybe[Money]) -> str:
    return fmt.DASH if isinstance(value, Unknown) else fmt.money(value.value)


def _signed(value: Money) -> str:
    return fmt.signed(value.units, value.currency)


def _signed_maybe(value: Maybe[Money]) -> str:
    return fmt.DASH if isinstance(value, Unknown) else _signed(value.value)

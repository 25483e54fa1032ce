"""The account between two balances: what is held back, what was bought since, and that every figure adds up."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from hoga.base.clock import KST
from hoga.domain.costs import cost_of_buy, fee_model
from hoga.domain.known import Known, Unknown
from hoga.domain.orders import OrderState
from hoga.domain.positions import Flow, Portfolio
from hoga.domain.reservation import reserve
from hoga.domain.tickets import OrderType, Side
from hoga.domain.values import Money, Price, Shares
from hoga.trading.views import Denied
from tests.support.fake_broker import ACCOUNT, HYNIX, SAMSUNG, Fault
from tests.trading.rig import Rig, rest, virtual

FEES = fee_model(ACCOUNT.profile)


def adds_up(account: Portfolio) -> None:
    """As a person would check it: cash less what was bought since less what is held back."""
    assert isinstance(account.cash, Known)
    assert account.bought_since is not None
    held = [reservation.held for reservation in account.reservations]
    assert all(money is not None for money in held)
    assert account.reserved == Money(sum(money.units for money in held if money is not None))
    assert isinstance(account.orderable, Known)
    assert account.orderable.value == account.cash.value[0].settled_d2 - account.bought_since - account.reserved
    assert isinstance(account.holdings, Known)
    for holding in account.holdings.value:
        open_sells = sum(shares.count for _, shares in holding.open_sells)
        assert holding.sellable.count == max(holding.position.quantity.count - open_sells, 0)
        reported, since = holding.position.reported, holding.position.since
        before = reported.quantity.count if reported else 0
        assert holding.position.quantity.count == before + since.bought - since.sold
    assert isinstance(account.realised_today, Known)
    assert account.realised_today.value.units == sum(each.profit for each in account.realised_from.values())


def test_working_queued_and_unknown_buys_hold_cash_back_until_they_end(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            each = reserve(Shares(10), Price(70_000), FEES)
            start = rig.desk.portfolio().orderable
            assert isinstance(start, Known)
            rig.broker.script.extend([Fault.NONE, Fault.LOST_BEFORE])
            working = await rig.placed()
            adds_up(rig.desk.portfolio())
            unknown = await rig.taken(rig.ticket(limit=70_000, quantity=20))
            await rest(2)
            assert rig.state(unknown) is OrderState.UNKNOWN
            account = rig.desk.portfolio()
            adds_up(account)
            assert account.reserved == each + reserve(Shares(20), Price(70_000), FEES)
            await rig.desk.cancel(working)
            await rest(80)
            assert rig.state(unknown) is OrderState.ABSENT
            account = rig.desk.portfolio()
            assert account.reserved == Money(0)
            assert account.orderable == Known(start.value, account.orderable.at, "balance")  # type: ignore[union-attr]

    virtual(main())


def test_own_open_buys_count_when_the_next_one_is_judged(tmp_path: Path) -> None:
    async def main() -> None:
        rig = Rig(tmp_path)
        rig.exchange.cash = 1_500_000
        await rig.start()
        await rig.placed(rig.ticket(quantity=15))
        denied = await rig.submit(rig.ticket(quantity=10))
        assert isinstance(denied, Denied)
        assert [reason.code for reason in denied.reasons] == ["CASH_SHORT"]
        held = reserve(Shares(15), Price(70_000), FEES)
        assert denied.reasons[0].values["have"] == 1_500_000 - held.units
        await rig.stop()

    virtual(main())


def test_own_open_sells_count_when_the_next_one_is_judged(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            await rig.placed(rig.ticket(Side.SELL, 9_990, 80_000))
            denied = await rig.submit(rig.ticket(Side.SELL, 11, 80_100))
            assert isinstance(denied, Denied)
            assert denied.reasons[0].values == {"need": 11, "have": 10}

    virtual(main())


def test_fills_move_cash_and_shares_before_the_next_balance(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            bought = await rig.placed(rig.ticket(quantity=10))
            sold = await rig.placed(rig.ticket(Side.SELL, 4, 80_000, instrument=SAMSUNG))
            rig.broker.latency = 5.0
            rig.exchange.fill(rig.order(bought).heads[0], 6)
            rig.exchange.fill(rig.order(sold).heads[0], 4)
            await rest(5.2)
            account = rig.desk.portfolio()
            adds_up(account)
            amount = Money(6 * 70_000)
            assert account.bought_since == amount + cost_of_buy(FEES, amount).total
            assert account.reserved == reserve(Shares(4), Price(70_000), FEES)
            holding = account.holding(SAMSUNG)
            assert holding is not None
            assert holding.position.since == Flow(6, 420_000, 4, 320_000)
            assert holding.position.quantity == Shares(10_002)
            await rest(30)
            account = rig.desk.portfolio()
            adds_up(account)
            assert account.bought_since == Money(0), "the new balance has counted it"
            assert account.holding(SAMSUNG).position.quantity == Shares(10_002)  # type: ignore[union-attr]

    virtual(main())


def test_realised_profit_is_over_the_average_cost_and_after_costs(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            id = await rig.placed(rig.ticket(Side.SELL, 10, 200_000, instrument=HYNIX))
            rig.exchange.fill(rig.order(id).heads[0], 10)
            await rest(5)
            account = rig.desk.portfolio()
            adds_up(account)
            from_ = account.realised_from[HYNIX]
            assert (from_.shares, from_.cost) == (10_000, 600_000_000), "as it was held when the day began"
            (line,) = from_.lines
            assert (line.side, line.quantity, line.amount) == (Side.SELL, 10, 2_000_000)
            assert line.costs > cost_of_buy(FEES, Money(2_000_000)).total.units, "tax comes on top of the commission"
            assert from_.profit == 2_000_000 - 10 * 60_000 - line.costs

    virtual(main())


def test_a_market_order_without_a_known_limit_makes_the_orderable_cash_unknown(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            id = await rig.placed(rig.ticket(quantity=2, type=OrderType.MARKET, limit=None))
            account = rig.desk.portfolio()
            assert account.reservations[0].unit == Price(91_000), "held at the upper limit"
            adds_up(account)
            await rig.restart()
            await rest(1)
            account = rig.desk.portfolio()
            assert rig.order(id).leaves == Shares(2)
            assert account.reservations[0].held is None
            assert isinstance(account.orderable, Unknown)
            assert account.orderable.why.code == "RESERVE_UNKNOWN"
            await rig.desk.quote(SAMSUNG)
            adds_up(rig.desk.portfolio())

    virtual(main())


def test_yesterdays_buys_are_not_taken_off_todays_cash_again(tmp_path: Path) -> None:
    async def main() -> None:
        rig = Rig(tmp_path, start=datetime(2026, 11, 23, 23, 58, tzinfo=KST))
        await rig.start()
        id = await rig.placed(rig.ticket(quantity=10))
        rig.exchange.fill(rig.order(id).heads[0], 10)
        await rest(60)
        rig.broker.reads_fail = True
        await rest(90)
        account = rig.desk.portfolio()
        adds_up(account)
        assert account.bought_since == Money(0)
        assert account.realised_from == {}
        assert rig.state(id) is OrderState.FILLED
        assert rig.desk.orders() == rig.desk.fills() == (), "they are of an earlier date"
        await rig.stop()

    virtual(main())


def test_a_preview_reckons_what_sending_would_mean(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            await rig.desk.quote(SAMSUNG)
            seen = rig.desk.preview(rig.ticket(quantity=10))
            assert (seen.reasons, seen.questions) == ((), ())
            assert isinstance(seen.unit, Known)
            assert seen.unit.value == Price(70_000)
            amount, have = Money(700_000), rig.desk.portfolio().orderable
            assert isinstance(seen.amount, Known)
            assert isinstance(seen.costs, Known)
            assert isinstance(seen.held, Known)
            assert isinstance(seen.cash_after, Known)
            assert isinstance(seen.shares_after, Known)
            assert isinstance(have, Known)
            assert seen.amount.value == amount
            # What the ticket says a buy costs is what the gate asks the cash for, to the won.
            assert amount + seen.costs.value.total == seen.held.value
            assert Money(0) <= seen.costs.value.total - cost_of_buy(FEES, amount).total <= Money(1)
            assert seen.held.value == reserve(Shares(10), Price(70_000), FEES)
            assert seen.cash_after.value == have.value - seen.held.value
            assert seen.shares_after.value == Shares(10_010)
            sale = rig.desk.preview(rig.ticket(Side.SELL, quantity=10_001))
            assert [reason.code for reason in sale.reasons] == ["SHARES_SHORT"]
            assert sale.held is None
            assert isinstance(sale.shares_after, Unknown)
            assert rig.broker.writes == []

    virtual(main())

"""What the balance shows and the fills do not explain: told once when it is sure, and never for what is merely late."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from hoga.base.clock import KST
from hoga.broker.port import NewOrder
from hoga.domain.broker_orders import OrderList
from hoga.domain.known import Known
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.domain.values import Money, Price, Shares
from tests.support.fake_broker import API, HYNIX, PHONE, SAMSUNG, FakeBroker, Fault
from tests.trading.rig import Rig, rest, virtual

MINUTES = 150.0
"""Long enough for two slow balances and what confirms a difference."""


def told(rig: Rig) -> list[str]:
    return [code for code in rig.codes() if "DIFFERENCE" in code]


def test_own_fills_and_fills_from_the_phone_explain_everything(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            bought = await rig.placed(rig.ticket(quantity=10))
            sold = await rig.placed(rig.ticket(Side.SELL, 10_000, 200_000, instrument=HYNIX))
            phone = rig.exchange.place(
                NewOrder(SAMSUNG, Side.BUY, OrderType.LIMIT, TimeInForce.DAY, Shares(7), Price(70_000)), PHONE
            )
            rig.exchange.fill(rig.order(bought).heads[0], 6)
            rig.exchange.fill(rig.order(sold).heads[0], 10_000)
            rig.exchange.fill(phone, 7)
            await rest(MINUTES)
            rig.exchange.fill(rig.order(bought).heads[0], 4)
            await rest(MINUTES)
            assert rig.desk.differences() == ()
            assert told(rig) == []

    virtual(main())


def test_shares_that_came_from_nowhere_are_told_with_both_numbers_until_they_are_seen(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            await rest(1)
            rig.exchange.holdings[SAMSUNG] += 30
            await rest(MINUTES)
            (found,) = rig.desk.differences()
            assert (found.instrument, found.expected, found.found) == (SAMSUNG, Shares(10_000), Shares(10_030))
            assert told(rig) == ["SHARES_DIFFERENCE_FOUND"], "once, however many balances show it"
            account = rig.desk.portfolio()
            assert account.holding(SAMSUNG).position.quantity == Shares(10_030), "the balance counts"  # type: ignore[union-attr]
            rig.desk.accept_difference(found.id)
            assert rig.desk.differences() == ()
            assert told(rig) == ["SHARES_DIFFERENCE_FOUND", "SHARES_DIFFERENCE_SEEN"]
            rig.desk.accept_difference(found.id)
            await rest(MINUTES)
            assert len(told(rig)) == 2
            rig.exchange.holdings[SAMSUNG] += 5
            await rest(MINUTES)
            (more,) = rig.desk.differences()
            assert (more.expected, more.found) == (Shares(10_030), Shares(10_035))

    virtual(main())


@pytest.mark.parametrize("change", [-500_000, 250_000, 1])
def test_money_that_came_or_went_is_told(tmp_path: Path, change: int) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            await rest(MINUTES)
            rig.exchange.cash += change
            await rest(MINUTES)
            (found,) = rig.desk.differences()
            before = Money(1_000_000_000)
            assert (found.instrument, found.expected, found.found) == (None, before, before + Money(change))
            assert told(rig) == ["CASH_DIFFERENCE_FOUND"]

    virtual(main())


def test_the_first_balance_alone_proves_nothing(tmp_path: Path) -> None:
    """Its cash and its shares may be of different moments, with a fill between them that we had not heard of."""

    async def main() -> None:
        async with Rig(tmp_path) as rig:
            await rest(1)
            rig.exchange.cash -= 21_700
            await rest(MINUTES)
            assert rig.desk.differences() == ()
            assert told(rig) == []
            rig.exchange.cash -= 21_700
            await rest(MINUTES)
            assert told(rig) == ["CASH_DIFFERENCE_FOUND"]

    virtual(main())


def test_costs_of_trades_are_no_difference_but_a_deposit_beside_them_is(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            await rest(1)
            sold = await rig.placed(rig.ticket(Side.SELL, 100, 70_000))
            rig.exchange.fill(rig.order(sold).heads[0], 100)
            rig.exchange.cash -= 15_000
            await rest(MINUTES)
            assert rig.desk.differences() == (), "15,000 won of 7,000,000 are costs"
            again = await rig.placed(rig.ticket(Side.SELL, 100, 70_000))
            rig.exchange.fill(rig.order(again).heads[0], 100)
            rig.exchange.cash += 300_000
            await rest(MINUTES)
            (found,) = rig.desk.differences()
            assert isinstance(found.found, Money) and isinstance(found.expected, Money)
            assert found.found - found.expected == Money(300_000)

    virtual(main())


def test_a_small_buy_that_hid_in_the_costs_before_it_was_heard_of_is_no_difference(tmp_path: Path) -> None:
    """Cash and shares may be told in two answers: the buy is in the one, its shares not yet in the other."""

    async def main() -> None:
        async with Rig(tmp_path) as rig:
            await rest(MINUTES)
            sold = await rig.placed(rig.ticket(Side.SELL, 100, 70_000))
            bought = await rig.placed(rig.ticket(quantity=1, limit=68_000))
            rig.exchange.fill(rig.order(sold).heads[0], 100)
            rig.exchange.cash -= 1_000 + 68_000
            await rest(MINUTES)
            rig.exchange.fill(rig.order(bought).heads[0], 1)
            rig.exchange.cash += 68_000
            await rest(MINUTES)
            assert told(rig) == []
            rig.exchange.cash += 68_000
            await rest(MINUTES)
            assert told(rig) == ["CASH_DIFFERENCE_FOUND"], "it comes back once"

    virtual(main())


def test_a_balance_that_lags_behind_its_own_fills_is_no_difference(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            await rest(1)
            rig.exchange.holdings[SAMSUNG] -= 10
            id = await rig.placed(rig.ticket(quantity=10))
            rig.exchange.fill(rig.order(id).heads[0], 10)
            await rest(5)
            assert rig.desk.differences() == ()
            rig.exchange.holdings[SAMSUNG] += 10
            await rest(MINUTES)
            assert told(rig) == []

    virtual(main())


def test_what_explains_itself_later_goes_by_itself(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            await rest(1)
            rig.exchange.holdings[SAMSUNG] -= 40
            await rest(MINUTES)
            assert len(rig.desk.differences()) == 1
            rig.exchange.holdings[SAMSUNG] += 40
            await rest(MINUTES)
            assert rig.desk.differences() == ()
            assert told(rig) == ["SHARES_DIFFERENCE_FOUND", "SHARES_DIFFERENCE_EXPLAINED"]

    virtual(main())


def test_the_roll_of_the_day_and_a_restart_are_no_difference(tmp_path: Path) -> None:
    async def main() -> None:
        rig = Rig(tmp_path, start=datetime(2026, 11, 23, 23, 55, tzinfo=KST))
        await rig.start()
        id = await rig.placed(rig.ticket(quantity=10))
        rig.exchange.fill(rig.order(id).heads[0], 10)
        await rest(MINUTES)
        await rig.restart()
        await rest(MINUTES * 2)
        assert rig.clock.now().day == 24
        next_day = await rig.placed(rig.ticket(quantity=3))
        rig.exchange.fill(rig.order(next_day).heads[0], 3)
        await rest(MINUTES)
        assert told(rig) == []
        assert isinstance(rig.desk.portfolio().cash, Known)
        await rig.stop()

    virtual(main())


def test_what_was_traded_while_nobody_looked_and_no_list_shows_is_found_after_a_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The balance itself says how much of today it has counted: more than all orders together filled."""

    async def main() -> None:
        rig = Rig(tmp_path)
        ghost = rig.exchange.place(
            NewOrder(SAMSUNG, Side.BUY, OrderType.LIMIT, TimeInForce.DAY, Shares(12), Price(70_000)), PHONE
        )
        rig.exchange.fill(ghost, 12)
        whole = FakeBroker.orders

        async def without_the_phone(broker: FakeBroker, on: date) -> OrderList:
            listed = await whole(broker, on)
            return replace(listed, rows=tuple(row for row in listed.rows if row.channel != PHONE))

        monkeypatch.setattr(FakeBroker, "orders", without_the_phone)
        await rig.start()
        await rest(MINUTES)
        (found,) = rig.desk.differences()
        assert (found.expected, found.found) == (Shares(10_000), Shares(10_012))
        await rig.stop()

    virtual(main())


def test_what_a_question_is_about_is_no_difference(tmp_path: Path) -> None:
    """A twin off a telephone has filled; whether it is ours is being asked: the balance shows nothing unexplained."""

    async def main() -> None:
        rig = Rig(tmp_path)
        await rig.start(own_channels=frozenset({API}))
        await rest(2)
        rig.broker.script.append(Fault.LOST_BEFORE)
        await rig.taken()
        await rest(0.1)
        twin = NewOrder(SAMSUNG, Side.BUY, OrderType.LIMIT, TimeInForce.DAY, Shares(10), Price(70_000))
        rig.exchange.fill(rig.exchange.place(twin, PHONE), 10)
        await rest(MINUTES * 2)
        (question,) = rig.desk.questions()
        assert told(rig) == []
        await rig.desk.answer(question.id, None)
        await rest(MINUTES)
        assert told(rig) == [] and rig.desk.differences() == ()
        await rig.stop()

    virtual(main())

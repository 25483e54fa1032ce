"""Limits as a running desk gathers for them: bases, volumes, habits, pace; who may agree; and how they are changed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from msgspec.structs import replace

from hoga.base.clock import KST
from hoga.base.message import Message
from hoga.broker.port import Unreachable
from hoga.domain.instruments import Flags, InstrumentId
from hoga.domain.known import Known, Unknown
from hoga.domain.market_data import Candle, Period, Quote
from hoga.domain.risk_limits import DEFAULT_LIMITS, NO_RISK_LIMITS, OwnCross
from hoga.domain.tickets import OrderType, PlanChild, Side
from hoga.domain.values import Money, Price, Shares
from hoga.trading.views import Consent, Denied, MustAsk, Submitted
from tests.support.fake_broker import HYNIX, SAMSUNG
from tests.trading.rig import START, Rig, rest, virtual

PLAN = PlanChild("plan", 1, 1, 0)
OFF = NO_RISK_LIMITS


def asked(answer: object) -> list[str]:
    assert isinstance(answer, MustAsk), answer
    return [question.code for question in answer.questions]


def denied(answer: object) -> list[str]:
    assert isinstance(answer, Denied), answer
    return [reason.code for reason in answer.reasons]


def candles(volume: int, days: int = 30) -> tuple[Candle, ...]:
    """Today's, half done, is the last."""
    noon = START.astimezone(KST).replace(hour=0)
    return tuple(
        Candle(noon - timedelta(days=ago), 70_000, 70_000, 70_000, 70_000, volume if ago else 7, 0)
        for ago in reversed(range(days))
    )


class History:
    """Answers for daily candles in the place of a broker."""

    def __init__(self, rig: Rig, volume: int | None) -> None:
        self.reads: list[tuple[InstrumentId, Period]] = []
        self._volume = volume
        rig.broker.candles = self  # type: ignore[method-assign, assignment] # this one method is another

    async def __call__(
        self, instrument: InstrumentId, period: Period, start: object, end: object, *, adjusted: bool = True
    ) -> tuple[Candle, ...]:
        self.reads.append((instrument, period))
        if self._volume is None:
            raise Unreachable(Message("FAKE_UNREACHABLE"))
        return candles(self._volume)


def test_an_order_is_measured_by_twenty_completed_sessions(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path, limits=replace(OFF, volume_percent=1)) as rig:
            history = History(rig, volume=1_000)
            assert isinstance(await rig.submit(rig.ticket(quantity=10)), Submitted)
            answer = await rig.submit(rig.ticket(quantity=11))
            assert asked(answer) == ["VOLUME_LARGE"]
            assert isinstance(answer, MustAsk) and answer.questions[0].values["average"] == 1_000
            assert history.reads == [(SAMSUNG, Period.DAY)], "one read a day is enough"

    virtual(main())


def test_a_preview_reads_beside_it_what_the_limits_lack(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path, limits=replace(OFF, volume_percent=1)) as rig:
            History(rig, volume=1_000)
            ticket = rig.ticket(quantity=11)
            await rig.desk.quote(SAMSUNG)
            first = rig.desk.preview(ticket)
            assert [note.code for note in first.notes] == ["VOLUME_UNKNOWN"] and not first.questions
            await rest(0.1)
            assert [question.code for question in rig.desk.preview(ticket).questions] == ["VOLUME_LARGE"]

    virtual(main())


def test_a_read_that_fails_holds_back_no_order_and_is_left_alone_for_a_while(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path, limits=replace(OFF, volume_percent=1)) as rig:
            history = History(rig, volume=None)
            for quantity in (11, 12, 13):
                await rig.placed(rig.ticket(quantity=quantity))
            assert len(history.reads) == 1
            await rest(31)
            await rig.submit(rig.ticket(quantity=11))
            assert len(history.reads) == 2

    virtual(main())


def test_the_days_loss_is_against_yesterdays_close_whatever_the_shares_once_cost(tmp_path: Path) -> None:
    """10,000 each of two instruments are held; both must be known before the day's result is."""

    async def main() -> None:
        async with Rig(tmp_path, limits=replace(OFF, day_loss=10_000_000)) as rig:
            assert isinstance(await rig.submit(rig.ticket(quantity=1)), Submitted)
            facts = rig.desk._core.gate_room.now(SAMSUNG, None)
            assert isinstance(facts.day_result, Known) and facts.day_result.value == Money(0)
            rig.broker.last[HYNIX] -= 1_000
            quote = await rig.broker.quote(HYNIX)
            rig.desk.board.update(replace(quote, base=Price(quote.last.units + 1_000)), "test")
            assert denied(await rig.submit(rig.ticket(quantity=1))) == ["DAY_LOSS_REACHED"]
            sell = await rig.submit(rig.ticket(Side.SELL, quantity=1, limit=71_000))
            assert isinstance(sell, Submitted), "what reduces passes"

    virtual(main())


def test_a_base_that_cannot_be_read_is_asked_about(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path, limits=replace(OFF, day_loss=10_000_000)) as rig:
            del rig.broker.last[HYNIX]
            answer = await rig.submit(rig.ticket(quantity=1))
            assert asked(answer) == ["DAY_RESULT_UNKNOWN"]
            facts = rig.desk._core.gate_room.now(SAMSUNG, None)
            assert isinstance(facts.day_result, Unknown) and facts.day_result.why.values["code"] == HYNIX.code

    virtual(main())


def test_orders_of_the_last_minute_are_counted_over_a_restart(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path, limits=replace(OFF, orders_ask=2, orders_refuse=3)) as rig:
            for limit in (69_900, 69_800):
                await rig.placed(rig.ticket(quantity=1, limit=limit))
            await rig.restart()
            ticket = rig.ticket(quantity=1, limit=69_700)
            assert asked(await rig.submit(ticket)) == ["ORDERS_FAST"]
            taken = await rig.submit(ticket, Consent(frozenset({"ORDERS_FAST"}), "yes"))
            assert isinstance(taken, Submitted)
            assert denied(await rig.submit(rig.ticket(quantity=1, limit=69_600))) == ["ORDERS_TOO_FAST"]
            await rig.desk.cancel(taken.order)
            await rest(61)
            assert isinstance(await rig.submit(rig.ticket(quantity=1, limit=69_600)), Submitted)

    virtual(main())


def test_ones_own_order_on_the_other_side_is_not_met(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path, limits=replace(OFF, own_cross=OwnCross.REFUSE)) as rig:
            sell = await rig.placed(rig.ticket(Side.SELL, quantity=5, limit=70_500))
            assert denied(await rig.submit(rig.ticket(limit=70_500))) == ["CROSSES_OWN"]
            assert denied(await rig.submit(rig.ticket(type=OrderType.MARKET, limit=None))) == ["CROSSES_OWN"]
            buy = await rig.placed(rig.ticket(limit=70_400))
            assert denied(await rig.desk.reprice(buy, Price(70_500))) == ["CROSSES_OWN"]
            await rig.desk.cancel(sell)
            await rest(1)
            assert isinstance(await rig.submit(rig.ticket(limit=70_500)), Submitted)

    virtual(main())


def test_a_habit_is_made_of_what_was_sent_by_hand(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path, limits=replace(OFF, slips=True)) as rig:
            for turn in range(5):
                await rig.placed(rig.ticket(quantity=10, limit=69_000 + 100 * turn))
                await rig.placed(rig.ticket(quantity=500, limit=69_000 + 100 * turn, origin=PLAN))
            assert asked(await rig.submit(rig.ticket(quantity=100))) == ["SLIP_EXTRA_ZERO"]
            assert asked(await rig.submit(rig.ticket(quantity=105))) == ["SLIP_TEN_TIMES"]
            assert isinstance(await rig.submit(rig.ticket(quantity=90)), Submitted)

    virtual(main())


# --- who may agree --------------------------------------------------------------------------------------------------


def test_what_an_approval_does_not_cover_is_refused_for_a_plan(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path, limits=replace(OFF, order_ask=500_000)) as rig:
            ticket = rig.ticket(quantity=10, origin=PLAN)
            answer = await rig.submit(ticket)
            assert denied(answer) == ["NOT_COVERED"]
            assert isinstance(answer, Denied)
            why = answer.reasons[0].values["why"]
            assert isinstance(why, Message) and why.code == "ORDER_LARGE"
            assert rig.codes()[-1] == "NOT_COVERED"
            covered = await rig.submit(ticket, Consent(frozenset({"ORDER_LARGE"}), "the plan as approved"))
            assert isinstance(covered, Submitted)
            await rig.desk.settled(covered.request)
            assert asked(await rig.submit(rig.ticket(quantity=10))) == ["ORDER_LARGE"], "a person is asked"

    virtual(main())


# --- changing them --------------------------------------------------------------------------------------------------


def test_limits_hold_from_the_moment_they_are_set_and_each_change_is_a_line(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            assert rig.desk.limits == OFF
            rig.desk.set_limits(replace(OFF, order_refuse=100_000, slips=True))
            assert denied(await rig.submit(rig.ticket(quantity=10))) == ["ORDER_TOO_LARGE"]
            told = [line.message for line in rig.desk.activity() if line.message.code.startswith("LIMIT_")]
            assert [(m.code, m.values["limit"], m.values["before"], m.values["after"]) for m in told] == [
                ("LIMIT_CHANGED", "order_refuse", "off", 100_000),
                ("LIMIT_CHANGED", "slips", "off", "on"),
            ]
            rig.desk.set_limits(OFF)
            assert rig.codes().count("LIMIT_LOOSENED") == 2
            assert isinstance(await rig.submit(rig.ticket(quantity=10)), Submitted)
            rig.desk.set_limits(OFF)
            assert rig.codes().count("LIMIT_LOOSENED") == 2, "what is the same is no change"

    virtual(main())


def test_no_limit_holds_back_a_cancel_or_a_reduction(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            order = await rig.placed(rig.ticket(quantity=10))
            rig.desk.set_limits(
                replace(OFF, order_ask=1, order_refuse=1, position_refuse=1, day_loss=1, orders_ask=1, orders_refuse=1)
            )
            assert not isinstance(await rig.desk.reduce(order, Shares(4)), Denied | MustAsk)
            await rest(1)
            assert not isinstance(await rig.desk.cancel(order), Denied | MustAsk)
            await rest(1)
            assert rig.order(order).state.over

    virtual(main())


def test_a_desk_has_limits_unless_somebody_takes_them_away(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path, limits=DEFAULT_LIMITS) as rig:
            assert asked(await rig.submit(rig.ticket(quantity=500))) != []

    virtual(main())


def test_a_halt_is_noticed_while_a_ticket_stands_on_a_stream_that_fell_silent(tmp_path: Path) -> None:
    async def main() -> None:
        async with Rig(tmp_path) as rig:
            quote = await rig.desk.quote(SAMSUNG)

            async def halted(instrument: InstrumentId) -> Quote:
                reads.append(instrument)
                return replace(quote, at=rig.clock.now(), flags=Flags(halted=True))

            reads: list[InstrumentId] = []
            rig.broker.quote = halted  # type: ignore[method-assign]
            ticket = rig.ticket()
            for _ in range(30):
                rig.desk.preview(ticket)
                await rest(1)
            assert [reason.code for reason in rig.desk.preview(ticket).reasons] == ["HALTED"]
            assert reads == [SAMSUNG], "one read is enough"

    virtual(main())

"""Every limit tried once in the window: typed into the ticket, and what is refused or asked read in both languages."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from hoga.app.words import words
from hoga.base.message import Language
from hoga.domain.instruments import InstrumentId
from hoga.domain.known import Known
from hoga.domain.risk import AverageVolume
from hoga.domain.risk_limits import DEFAULT_LIMITS, OwnCross
from hoga.domain.slips import Habit
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.domain.values import Money, Price
from hoga.trading.views import MustAsk
from hoga.ui.order.dialog import ConfirmDialog
from tests.support import made_up
from tests.support.fake_desk import holding, portfolio
from tests.support.gated_desk import GatedDesk, Told, gated_desk
from tests.ui.conftest import Run
from tests.ui.order.conftest import SAMSUNG, Bench, MakeBench

NOW = made_up.START
LIMITS = DEFAULT_LIMITS


def known(value: Any) -> Known[Any]:
    return Known(value, NOW, "test")


@dataclass(frozen=True)
class Try:
    """One rule: what stands in the ticket and around it, and the words that say why."""

    code: str
    ko: str
    en: str
    quantity: str = "10"
    price: int | None = 71_500
    side: Side = Side.BUY
    told: Callable[[], Told] = Told
    limits: dict[str, Any] | None = None
    before: Callable[[Bench], object] | None = None
    """What was done before: an order of one's own, a pressed stop switch."""

    def __str__(self) -> str:
        return self.code


def own_sell(bench: Bench) -> None:
    bench.desk.working(SAMSUNG, Side.SELL, 5, 71_600)


def own_buy(bench: Bench) -> None:
    bench.desk.working(SAMSUNG, Side.BUY, 5, 71_500)


def stopped(bench: Bench) -> None:
    bench.desk.set_health(stopped_since=NOW)


def poor(bench: Bench) -> None:
    bench.desk.set_portfolio(portfolio(NOW, holding(SAMSUNG, 120, 8_400_000), cash=1_000_000))


def lost(won: int) -> Callable[[], Told]:
    return lambda: Told(day_result=known(Money(-won)))


def habit(*amounts: int, counts: tuple[int, ...] = (), known_codes: tuple[str, ...] = ()) -> Callable[[], Told]:
    known_ones = {InstrumentId(code): "삼성전자우" for code in known_codes}
    return lambda: Told(habit=Habit(amounts, counts, known_ones))


WIDE = {"order_ask": None, "order_refuse": None, "position_refuse": None, "position_ask_percent": None}

REFUSED = [
    Try("ORDER_TOO_LARGE", "1회 주문 한도 300,000,000원", "more than the 300,000,000 of one order", quantity="5000"),
    Try(
        "POSITION_TOO_LARGE",
        "종목당 한도 5,000,000원",
        "more than the 5,000,000 of one instrument",
        limits={"position_refuse": 5_000_000},
    ),
    Try("DAY_LOSS_REACHED", "보유를 줄이는 주문만", "only orders that reduce", told=lost(600_000_000)),
    Try("ORDERS_TOO_FAST", "61번째", "number 61 within a minute", told=lambda: Told(recent=60)),
    Try("TOO_FAR_FROM_MARKET", "20.1% 높습니다 (한도 20%)", "20.1 % above the market at 71,600", price=86_000),
    Try(
        "CROSSES_OWN",
        "내 매도 주문(71,600, 5주)",
        "your own working sell order (71,600, 5",
        price=71_600,
        before=own_sell,
    ),
    Try(
        "CROSSES_OWN",
        "내 매수 주문(71,500, 5주)",
        "your own working buy order (71,500, 5",
        side=Side.SELL,
        before=own_buy,
    ),
    Try("CASH_SHORT", "모자랍니다: 필요 1,430,201원", "1,430,201 needed", quantity="20", before=poor),
    Try("CASH_SHORT_AT_UPPER", "상한가", "held at the upper limit", quantity="20", price=None, before=poor),
]

ASKED = [
    Try("ORDER_LARGE", "확인 기준 30,000,000원", "more than the 30,000,000", quantity="500"),
    Try("POSITION_LARGE", "(확인 기준 50%)", "of the account (asked about above 50 %)", before=poor, quantity="10"),
    Try(
        "DAY_LOSS_NEAR",
        "하루 손실 한도 5,000,000원의 80%",
        "80 % of the day's limit of 5,000,000",
        told=lost(4_000_000),
        limits={"day_loss": 5_000_000, "day_loss_percent": None},
    ),
    Try("ORDERS_FAST", "31번째", "number 31 within a minute", told=lambda: Told(recent=30)),
    Try("FAR_FROM_MARKET", "3.2% 낮습니다 (확인 기준 3%)", "3.2 % below the market at 71,500", price=69_200),
    Try(
        "CROSSES_DEEP",
        "밀리며 체결됩니다 (확인 기준 1%)",
        "% deep (asked about beyond 1 %)",
        quantity="26000",
        price=73_000,
        limits={**WIDE, "deep_ask_percent": 1},
    ),
    Try(
        "BEYOND_THE_LEVELS",
        "보이는 호가 잔량을 넘어",
        "more than the levels shown hold",
        quantity="90000",
        price=None,
        limits=WIDE,
    ),
    Try(
        "CROSSES_OWN_ASKED",
        "내 매도 주문(71,600, 5주)",
        "your own working sell order",
        price=71_600,
        before=own_sell,
        limits={"own_cross": OwnCross.ASK},
    ),
    Try(
        "VOLUME_LARGE",
        "평균 거래량(500주)의 2.0%",
        "2.0 % of the average volume of 20 sessions, 500",
        told=lambda: Told(volume=known(AverageVolume(500, 20))),
    ),
    Try("SLIP_SAME_NUMBER", "같은 수 71,500", "the same number, 71,500", quantity="71500", limits=WIDE),
    Try(
        "SLIP_QUANTITY_IS_PRICE",
        "현재가 71,500원과 비슷",
        "looks like a price (last 71,500)",
        quantity="71000",
        limits=WIDE,
    ),
    Try("SLIP_EXTRA_ZERO", "평소 내던 10주에 0이 더", "your usual 10", quantity="100", told=habit(counts=(10, 10, 10))),
    Try(
        "SLIP_TEN_TIMES",
        "평소 주문금액 700,000원의 10배",
        "ten times your usual 700,000",
        quantity="100",
        told=habit(*(700_000,) * 5),
    ),
    Try("SLIP_MAN", "'만'을 빼고 1주", "Was it 1, and the ten thousand", quantity="10000", limits=WIDE),
    Try(
        "SLIP_SUM_AS_SHARES",
        "1,000,000원어치, 곧 13주",
        "Was it 1,000,000 won, that is 13 shares?",
        quantity="1000000",
        limits=WIDE,
    ),
    Try(
        "SLIP_SIDE",
        "보유한 123주와 똑같은",
        "exactly the 123 shares",
        quantity="123",
        before=lambda bench: bench.desk.set_portfolio(portfolio(NOW, holding(SAMSUNG, 123, 8_400_000), cash=10**9)),
    ),
    Try(
        "SLIP_NEIGHBOUR",
        "005930의 코드가 삼성전자우(005935)과(와)",
        "one digit away from 005935",
        told=habit(known_codes=("005935",)),
        before=lambda bench: bench.desk.set_portfolio(portfolio(NOW, cash=10**9)),
    ),
    Try("STOP_IS_ON", "전체 정지가 눌려 있습니다", "The stop switch is pressed", before=stopped),
]

HINTED = [
    Try("SLIP_SWAPPED", "가격과 수량을 바꿔 넣은 것", "Price and quantity look swapped", quantity="71500", price=20),
    Try("SLIP_PRICE_DIGIT", "71,500원인가요?", "was it 71,500?", price=7_150),
]


def bench_for(make_bench: MakeBench, one: Try, language: Language) -> Bench:
    desk: GatedDesk = gated_desk(one.told())
    desk.limits = replace(LIMITS, **(one.limits or {}))
    bench = make_bench(language, desk)
    bench.context.words = words
    bench.context.confirm_level = 1
    held = holding(SAMSUNG, 120, 8_400_000)
    desk.set_portfolio(
        portfolio(NOW, held, cash=10**12 if one.limits and WIDE.items() <= one.limits.items() else 10**9)
    )
    if one.before is not None:
        one.before(bench)
    write(bench, one)
    return bench


def write(bench: Bench, one: Try) -> None:
    """By the fields, as a person does."""
    model = bench.page.model
    model.set_side(one.side)
    if one.price is None:
        model.set_kind(OrderType.MARKET, TimeInForce.DAY)
    else:
        edit = bench.page.ticket.price.edit
        edit.setFocus()
        edit.selectAll()
        QTest.keyClicks(edit, str(one.price))
    quantity = bench.page.ticket.quantity.edit
    quantity.setFocus()
    quantity.selectAll()
    QTest.keyClicks(quantity, one.quantity)
    model.refresh()
    bench.paint()


def said(text: str) -> str:
    return re.sub(r"\s+", " ", text)


async def until(holds: Callable[[], object]) -> None:
    for _ in range(300):
        if holds():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not happen")


async def dialog_of(bench: Bench) -> ConfirmDialog:
    await until(lambda: bench.page.confirmer.dialog is not None and bench.page.confirmer.dialog.isVisible())
    assert bench.page.confirmer.dialog is not None
    return bench.page.confirmer.dialog


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("one", REFUSED, ids=str)
def test_a_refusal_is_read_in_the_ticket_and_nothing_can_be_sent(
    make_bench: MakeBench, korean: None, one: Try, language: Language
) -> None:
    bench = bench_for(make_bench, one, language)
    ticket = bench.page.ticket
    assert (one.ko if language is Language.KO else one.en) in said(ticket.why_not.text())
    assert ticket.why_not.isVisible()
    where = "설정(Ctrl+,)" if language is Language.KO else "Settings (Ctrl+,)"
    assert where in ticket.why_not.text() or one.code.startswith("CASH")
    assert not ticket.send.isEnabled()
    bench.press(ticket.quantity.edit, Qt.Key.Key_Return)
    assert not ticket.slip.isVisible()
    assert bench.sent == []


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("one", ASKED, ids=str)
def test_a_question_is_read_in_the_ticket_and_asked_before_it_goes(
    run: Run, make_bench: MakeBench, korean: None, one: Try, language: Language
) -> None:
    bench = bench_for(make_bench, one, language)
    wanted = one.ko if language is Language.KO else one.en
    assert wanted in said(bench.page.ticket.heeds.text())
    assert bench.page.ticket.send.isEnabled()

    async def story() -> None:
        bench.page.ticket.review()
        dialog = await dialog_of(bench)
        assert wanted in said(dialog.reasons.text())
        assert not dialog.send.isEnabled(), "the reasons are read first"
        dialog.reject()
        await until(lambda: bench.page.confirmer.dialog is None)
        assert bench.sent == []
        await bench.context.tasks.aclose()

    run(story())


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("one", HINTED, ids=str)
def test_beside_a_refusal_the_ticket_says_what_may_have_been_meant(
    make_bench: MakeBench, korean: None, one: Try, language: Language
) -> None:
    bench = bench_for(make_bench, one, language)
    assert (one.ko if language is Language.KO else one.en) in said(bench.page.ticket.heeds.text())
    assert not bench.page.ticket.send.isEnabled()


def test_what_was_asked_is_what_was_agreed_to(run: Run, make_bench: MakeBench) -> None:
    """The consent names the questions; the amount of ten times the usual is typed first."""
    bench = bench_for(make_bench, next(one for one in ASKED if one.code == "SLIP_TEN_TIMES"), Language.EN)

    async def story() -> None:
        bench.page.ticket.review()
        dialog = await dialog_of(bench)
        await asyncio.sleep(0.75)
        assert dialog.typed.isVisible() and not dialog.send.isEnabled()
        QTest.keyClicks(dialog.typed, "715")
        assert dialog.send.isEnabled()
        dialog.send.click()
        await until(lambda: bool(bench.sent))
        (command,) = bench.desk.named("submit")
        assert command.arguments[1].codes == {"SLIP_TEN_TIMES"}
        await bench.context.tasks.aclose()

    run(story())


def test_on_practice_a_question_is_asked_though_orders_go_at_once(run: Run, make_bench: MakeBench) -> None:
    bench = bench_for(make_bench, next(one for one in ASKED if one.code == "ORDER_LARGE"), Language.EN)
    bench.context.confirm_level = 0

    async def story() -> None:
        bench.page.ticket.review()
        dialog = await dialog_of(bench)
        assert "30,000,000" in dialog.reasons.text()
        assert not dialog.typed.isVisible()
        dialog.reject()
        await until(lambda: bench.page.confirmer.dialog is None)
        assert bench.orders == ()
        await bench.context.tasks.aclose()

    run(story())


def test_a_move_into_ones_own_order_is_refused_with_the_reason(run: Run, make_bench: MakeBench) -> None:
    desk = gated_desk()
    bench = make_bench(Language.EN, desk)
    bench.context.words = words
    buy = desk.working(SAMSUNG, Side.BUY, 5, 71_000)
    desk.working(SAMSUNG, Side.SELL, 5, 71_900)

    async def story() -> None:
        answer = await desk.reprice(buy.id, Price(71_900))
        assert not isinstance(answer, MustAsk)
        assert [reason.code for reason in answer.reasons] == ["CROSSES_OWN"]  # type: ignore[union-attr] # refused

    run(story())


def test_what_could_not_be_judged_is_said_on_the_slip(make_bench: MakeBench) -> None:
    one = Try("VOLUME_UNKNOWN", "", "")
    bench = bench_for(make_bench, one, Language.EN)
    bench.page.ticket.review()
    slip = bench.page.ticket.slip
    assert slip.isVisible()
    assert "average volume is not known yet" in slip.particulars.notes.text()
    assert slip.send.isEnabled()


def test_the_cash_that_is_asked_for_is_what_the_ticket_says_it_costs(make_bench: MakeBench) -> None:
    """To the won: 20 shares at 71,500 hold back 1,430,201 with the commission rounded up."""
    bench = bench_for(make_bench, next(one for one in REFUSED if one.code == "CASH_SHORT"), Language.EN)
    preview = bench.page.model.standing.preview
    assert preview is not None and isinstance(preview.held, Known)
    assert f"{preview.held.value.units:,} needed" in bench.page.ticket.why_not.text()

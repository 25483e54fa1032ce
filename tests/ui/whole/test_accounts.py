"""Several accounts in one window: bought at one broker, sold at the other, one cut and healed, none ever mixed up."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLabel
from shiboken6 import isValid

from hoga.app.connections import OpenConnections, first_shown, open_connections
from hoga.app.desks_view import DesksView
from hoga.app.face import Face
from hoga.app.options import DeskOptions
from hoga.base.message import Language
from hoga.broker.port import Stream, StreamHealth
from hoga.domain.accounts import Stakes
from hoga.domain.instruments import InstrumentId
from hoga.domain.known import Known
from hoga.domain.orders import OrderState
from hoga.domain.tickets import OrderId, OrderType, Side, Ticket
from hoga.domain.values import Price, Shares
from hoga.storage.folder import DataFolder
from hoga.trading.connections import Key, Standing
from hoga.trading.market_source import Patience
from hoga.trading.views import EVERYTHING, Submitted
from hoga.ui.context import Event
from hoga.ui.fills.pane import FillsPane
from hoga.ui.order.page import OrderPage
from hoga.ui.plan.asking import AskDialog
from hoga.ui.settings_file import When
from hoga.ui.tabs import Page
from hoga.ui.together.fills import AllFills
from hoga.ui.together.gathering import Reach
from hoga.ui.together.holdings import AllHoldings
from hoga.ui.together.pending import AllPending
from hoga.ui.together.scope import Scoped
from hoga.ui.tone import Tone
from tests.support.fake_plans import FakePlans
from tests.ui.plan.made import running
from tests.ui.whole.conftest import Exchange

Run = Callable[[Coroutine[Any, Any, Any]], Any]
KIS, KIWOOM = Key("practice-kis"), Key("practice-kiwoom")
SAMSUNG, HYNIX = InstrumentId("005930"), InstrumentId("000660")
PATIENCE_S = 30.0
QUICK = Patience(down=1.0, calm=2.0)


async def until(holds: Callable[[], object], what: str) -> None:
    loop = asyncio.get_running_loop()
    end = loop.time() + PATIENCE_S
    while not holds():
        assert loop.time() < end, what
        await asyncio.sleep(0.01)


class Desks:
    """The whole window on real connections."""

    def __init__(self, connections: OpenConnections, view: DesksView) -> None:
        self.connections = connections
        self.view = view

    def face(self, key: Key) -> Face:
        face = self.view.face_of(key)
        assert face is not None
        return face

    async def shown(self, key: Key) -> Face:
        """Press its key, and wait until the window shows it."""
        number = [row.details.key for row in self.view.accounts.rows()].index(key) + 1
        assert self.view.context.actions.trigger(f"account.{number}")
        await until(lambda: self.view.face is self.face(key), f"{key} is shown")
        return self.face(key)

    async def live(self, key: Key) -> Face:
        await until(lambda: self.view.face_of(key) is not None, f"{key} is open")
        face = self.face(key)
        await until(lambda: lit(face, StreamHealth.LIVE), f"{key} is live")
        return face

    def all(self, page: Page, reach: Reach = Reach.SAME) -> Any:
        """The table of all accounts on a page of the account that is shown."""
        assert self.view.face is not None and self.view.face.window is not None
        self.view.context.show_tab(page.value)
        scoped = self.view.face.window.pages.page(page)
        assert isinstance(scoped, Scoped)
        scoped.chips.choose(reach)
        return scoped.all if reach is not Reach.OWN else scoped.own


def lit(face: Face, health: StreamHealth) -> bool:
    lights = face.context.desk.health().streams
    return all(stream in lights and lights[stream].health is health for stream in Stream)


async def send(face: Face, side: Side, quantity: int, limit: Price | None = None) -> OrderId:
    desk = face.context.desk
    await until(lambda: isinstance(desk.portfolio().orderable, Known), "its cash is known: else a person is asked")
    await desk.quote(SAMSUNG)  # the day's limits
    ticket = Ticket(desk.new_ticket_id(), desk.account, SAMSUNG, side, OrderType.MARKET, Shares(quantity))
    answer = await desk.submit(ticket if limit is None else replace(ticket, type=OrderType.LIMIT, limit=limit))
    assert isinstance(answer, Submitted), answer
    return answer.order


def filled(face: Face, order: OrderId) -> bool:
    found = face.context.desk.order(order)
    return found is not None and found.state is OrderState.FILLED


async def far_below(face: Face) -> Price:
    book = await face.context.desk.book(SAMSUNG)
    return Price(book.bids[-1].price_units)


@asynccontextmanager
async def desks(app: QApplication, exchange: Exchange, folder: Path) -> AsyncIterator[Desks]:
    options = DeskOptions(exchange.data, end_exchange=False, own_folder=folder)
    async with open_connections(options, None, QUICK) as connections:
        first = await first_shown(connections)
        view = DesksView(app, connections, first, folder / "settings.json", folder / "window.json")
        try:
            view.preferences.file.change(sounds=When.OFF)
            view.window.resize(1366, 768)
            view.show()
            view.window.activateWindow()
            yield Desks(connections, view)
        finally:
            for face in (view.face_of(KIS), view.face_of(KIWOOM)):
                if face is not None and lit(face, StreamHealth.LIVE):
                    await face.context.desk.cancel_all(EVERYTHING)
            await view.aclose()


def test_bought_at_one_broker_and_sold_at_the_other(
    run: Run, qapp: QApplication, exchange: Exchange, tmp_path: Path
) -> None:
    """Each account's tabs show its own; together they show both, and say whose; toasts name the account."""

    async def story() -> None:
        async with desks(qapp, exchange, tmp_path) as at:
            kis, kiwoom = await at.live(KIS), await at.live(KIWOOM)
            assert at.view.face is kis and kiwoom.window is None, "the first paint waits for no other account"
            sent = ((kis, await send(kis, Side.BUY, 7)), (kiwoom, await send(kiwoom, Side.BUY, 5)))
            await until(lambda: all(filled(face, order) for face, order in sent), "both filled, to the last share")
            await send(kiwoom, Side.SELL, 5)
            assert kis.window is not None
            heard = kis.window.toasts
            await until(
                lambda: {card.toast.account for card in heard.cards()} >= {"한국투자", "키움"},
                "who trades elsewhere is told of it here",
            )
            table = at.all(Page.FILLS)
            assert isinstance(table, AllFills)
            await until(lambda: {row.order.side for row in table.rows.all_rows()} == {Side.BUY, Side.SELL}, "fills")
            said = {table.rows.columns[0].cell(row).text for row in table.rows.all_rows()}
            assert said == {"한국투자", "키움"}
            own = at.all(Page.FILLS, Reach.OWN)
            assert isinstance(own, FillsPane)
            assert {row.order.connection for row in own.rows.all_rows()} == {kis.context.desk.account.connection}
            held = at.all(Page.HOLDINGS)
            assert isinstance(held, AllHoldings)
            await until(lambda: [row.instrument for row in held.rows.all_rows()] == [SAMSUNG], "held together")
            await until(lambda: held.strip.figures[0].shown.value != "–", "the sum of both accounts")
            assert "한국투자" in held.strip.figures[0].shown.tip and "키움" in held.strip.figures[0].shown.tip

    run(story())


def test_a_row_is_cancelled_in_its_own_account(
    run: Run, qapp: QApplication, exchange: Exchange, tmp_path: Path
) -> None:
    async def story() -> None:
        async with desks(qapp, exchange, tmp_path) as at:
            kis, kiwoom = await at.live(KIS), await at.live(KIWOOM)
            price = await far_below(kis)
            await send(kis, Side.BUY, 1, price)
            theirs = [await send(kiwoom, Side.BUY, quantity, price) for quantity in (2, 3)]
            table = at.all(Page.PENDING)
            assert isinstance(table, AllPending)
            await until(lambda: len(table.rows.all_rows()) == 3, "all open orders")
            await until(lambda: all(row.order.heads for row in table.rows.all_rows()), "all have arrived")
            table.cancel(theirs[:1])
            order = kiwoom.context.desk.order
            await until(lambda: (one := order(theirs[0])) is not None and one.state.over, "the one is cancelled")  # type: ignore[arg-type]
            assert [one.state.over for one in kis.context.desk.orders()][-1] is False
            table.refresh()
            table.cancel_all()
            assert not table.slip.isHidden()
            assert "한국투자 1" in table.slip.sentence.text() and "키움 1" in table.slip.sentence.text()
            table.slip.confirmed.emit(table.slip.orders)
            await until(lambda: not [o for f in (kis, kiwoom) for o in f.context.desk.orders() if not o.state.over],
                        "all are cancelled")  # fmt: skip

    run(story())


def test_one_broker_is_cut_and_the_other_goes_on(
    run: Run, qapp: QApplication, exchange: Exchange, tmp_path: Path
) -> None:
    """The switcher shows it, quotes fail over in plain sight, orders go on at the other; then it heals."""

    async def story() -> None:
        async with desks(qapp, exchange, tmp_path) as at:
            kis, kiwoom = await at.live(KIS), await at.live(KIWOOM)
            await at.connections.choose_source(KIS)
            exchange.tell("/doors", broker="kis", open=False)
            try:
                streams = kis.context.desk.health
                await until(lambda: streams().streams[Stream.FILLS].health is StreamHealth.DOWN, "cut")
                accounts = at.view.accounts
                assert accounts.light(accounts.rows()[0]).tone is Tone.BAD
                await until(lambda: accounts.light(accounts.rows()[1]).tone is Tone.GOOD, "the other goes on")
                face = await at.shown(KIWOOM)
                assert face.window is not None
                source = face.window.status.source
                await until(lambda: source.shown.tone is Tone.WAIT, "quotes come from the other, and that is said")
                header = face.window.header.account
                await until(lambda: header.texts()[0] == "키움 ▾ ✕", "the header marks that another one fails")
                assert "한국투자: 연결 끊김" in header.toolTip()
                fills = len(kiwoom.context.desk.fills())
                await send(kiwoom, Side.BUY, 1)
                await until(lambda: len(kiwoom.context.desk.fills()) > fills, "filled at the other")
            finally:
                exchange.tell("/doors", broker="kis", open=True)
            await until(lambda: lit(kis, StreamHealth.LIVE), "healed")
            await at.shown(KIS)
            fills = len(kis.context.desk.fills())
            await send(kis, Side.BUY, 1)
            await until(lambda: len(kis.context.desk.fills()) > fills, "filled at the one that was cut")

    run(story())


def test_a_ticket_stays_with_its_account(run: Run, qapp: QApplication, exchange: Exchange, tmp_path: Path) -> None:
    """The instrument and the tab follow; what was typed does not, and is not emptied by turning away and back."""

    async def story() -> None:
        async with desks(qapp, exchange, tmp_path) as at:
            kis = await at.live(KIS)
            await at.live(KIWOOM)
            await kis.instruments_read.wait()
            kis.context.select(HYNIX)
            kis.context.show_tab("order")
            ticket = order_page(kis).ticket
            ticket.model.type_size("3")
            kiwoom = await at.shown(KIWOOM)
            assert kiwoom.context.instrument == HYNIX
            assert kiwoom.window is not None and kiwoom.window.pages.current is Page.ORDER
            assert not kiwoom.context.something_typed()
            kiwoom.context.select(SAMSUNG)
            await at.shown(KIS)
            assert kis.context.something_typed() and kis.context.instrument == HYNIX
            assert kis.context.desk.account.stakes is Stakes.PRACTICE
            kis.context.stakes_left.emit()
            assert not kis.context.something_typed(), "with other stakes nothing typed waits unseen"

    run(story())


def order_page(face: Face) -> OrderPage:
    assert face.window is not None
    page = face.window.pages.page(Page.ORDER)
    assert isinstance(page, OrderPage)
    return page


def test_the_one_that_is_shown_is_switched_off_and_on(
    run: Run, qapp: QApplication, exchange: Exchange, tmp_path: Path
) -> None:
    """Another open one takes its place; without any it is said what can be done; a new desk gets a new face."""

    async def story() -> None:
        async with desks(qapp, exchange, tmp_path) as at:
            before, _ = await at.live(KIS), await at.live(KIWOOM)
            await at.connections.enable(KIS, False)
            await until(lambda: at.view.face is at.view.face_of(KIWOOM), "the other is shown")
            await at.connections.enable(KIWOOM, False)
            await until(lambda: at.view.face is None, "none is shown")
            vacant = at.view.window.vacant
            assert vacant.isVisible() and vacant.start.isVisible() and vacant.connections.isVisible()
            vacant.start.click()
            await until(lambda: at.view.face is not None, "practice is back")
            assert at.view.face is at.face(KIS) is not before
            assert [row.standing for row in at.view.accounts.rows()] == [Standing.OPEN]
            assert at.view.face is not None and at.view.face.window is not None
            assert not at.view.context.several

    run(story())


def test_stop_reaches_every_account_from_any(run: Run, qapp: QApplication, exchange: Exchange, tmp_path: Path) -> None:
    async def story() -> None:
        async with desks(qapp, exchange, tmp_path) as at:
            kis, kiwoom = await at.live(KIS), await at.live(KIWOOM)
            face = await at.shown(KIWOOM)
            assert face.context.actions.trigger("stop")
            stopped = [one.context.desk for one in (kis, kiwoom)]
            await until(lambda: all(desk.health().stopped_since for desk in stopped), "both are stopped")
            for desk in stopped:
                await desk.release()

    run(story())


def test_closing_over_a_running_plan_is_asked_first(
    run: Run, qapp: QApplication, exchange: Exchange, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A plan of any account: asked once, whichever is shown; Back leaves everything, pausing is kept before it goes."""

    async def story() -> None:
        async with desks(qapp, exchange, tmp_path) as at:
            await at.live(KIS)
            kiwoom = await at.live(KIWOOM)
            plans, window = FakePlans(kiwoom.context.desk), at.view.window
            monkeypatch.setattr(at.connections, "plans", {KIWOOM: plans}.get)
            plan = running()
            plans.set_running(plan)
            assert not window.close() and not window.close()
            await until(lambda: len(window.findChildren(AskDialog)) == 1, "the question")
            (question,) = window.findChildren(AskDialog)
            assert "키움" in " ".join(label.text() for label in question.findChildren(QLabel))
            question.back.click()
            await until(lambda: not window.findChildren(AskDialog), "it is gone")
            assert window.isVisible() and not at.view.left.is_set() and not plans.commands
            window.close()
            await until(lambda: window.findChildren(AskDialog), "it is asked again")
            window.findChildren(AskDialog)[0].choices[0].click()
            await until(at.view.left.is_set, "the person has left")
            assert plans.commands == [("pause", plan.digest)] and not window.isVisible()

    run(story())


def test_without_a_running_plan_the_window_closes_at_once(
    run: Run, qapp: QApplication, exchange: Exchange, tmp_path: Path
) -> None:
    async def story() -> None:
        async with desks(qapp, exchange, tmp_path) as at:
            at.view.window.close()
            assert at.view.left.is_set() and not at.view.window.isVisible()

    run(story())


def test_language_and_theme_hold_in_every_account(
    run: Run, qapp: QApplication, exchange: Exchange, tmp_path: Path
) -> None:
    async def story() -> None:
        async with desks(qapp, exchange, tmp_path) as at:
            await at.live(KIWOOM)
            at.view.preferences.file.change(language=Language.EN)
            face = await at.shown(KIWOOM)
            assert face.context.language is Language.EN
            assert face.window is not None and face.window.header.account.texts()[0] == "Kiwoom ▾"
            face.context.actions.remap("amounts", ["Ctrl+Alt+F11"])
            at.view.preferences.file.change(shortcuts=face.context.actions.custom())
            await at.shown(KIS)
            assert at.view.context.actions.keys("amounts") == ("Ctrl+Alt+F11",)
            face.context.hide_amounts(True)
            await at.shown(KIWOOM)
            assert face.context.hidden is at.view.context.hidden

    run(story())


def test_the_folder_is_free_again_after_the_window(
    run: Run, qapp: QApplication, exchange: Exchange, tmp_path: Path
) -> None:
    """Everything of every account ends with the window: no widget, no listener, no lock."""

    async def story() -> None:
        left: list[int] = []
        others = set(QApplication.topLevelWidgets())  # of earlier tests
        for _ in range(4):
            async with desks(qapp, exchange, tmp_path) as at:
                await at.live(KIWOOM)
                await at.shown(KIWOOM)
                await at.shown(KIS)
                kept = [at.face(key).context.desk for key in (KIS, KIWOOM)]
            assert not set(QApplication.topLevelWidgets()) - others
            gc.collect()
            left.append(sum(isinstance(one, QObject) and isValid(one) for one in gc.get_objects()))
            assert not any(desk._core.announcer._listeners for desk in kept)  # type: ignore[attr-defined]

        assert left[-1] <= left[1], f"objects are left behind by each life: {left}"

    run(story())
    with DataFolder(tmp_path):
        pass


def test_what_was_not_read_yet_comes_along(run: Run, qapp: QApplication, exchange: Exchange, tmp_path: Path) -> None:
    """A word that stays until it is closed is seen whichever account is shown, and says whose it is."""

    async def story() -> None:
        async with desks(qapp, exchange, tmp_path) as at:
            kis = await at.live(KIS)
            await at.live(KIWOOM)
            kis.context.say(Event.REFUSED, "refused", sticky=True)
            face = await at.shown(KIWOOM)
            assert face.window is not None and kis.window is not None
            assert "한국투자 · refused" in [card.words for card in face.window.toasts.cards()]
            assert not kis.window.toasts.cards()
            assert face.window.watch.width() == kis.window.watch.width()

    run(story())

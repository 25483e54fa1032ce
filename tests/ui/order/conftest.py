"""The Order tab over a fake desk, shown, painted, and closed again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from hoga.base.message import Language
from hoga.domain.orders import Order
from hoga.domain.tickets import Ticket
from hoga.ui.context import Context, Toast
from hoga.ui.i18n import Translators
from hoga.ui.order import make
from hoga.ui.order.ladder.press import Column
from hoga.ui.order.page import OrderPage
from tests.support import made_up
from tests.support.fake_desk import FakeDesk, beat, holding, make_context, portfolio

SAMSUNG = made_up.SAMSUNG
LAST = made_up.LAST[SAMSUNG.id]
_PLAIN = Qt.KeyboardModifier.NoModifier


class Bench:
    """One shown Order tab with its desk, and hands to work it."""

    def __init__(self, language: Language = Language.EN, desk: FakeDesk | None = None) -> None:
        self.desk = desk or FakeDesk()
        self.desk.set_portfolio(portfolio(made_up.START, holding(SAMSUNG, 120, 8_400_000)))
        self.context: Context = make_context(self.desk, language)
        self.toasts: list[Toast] = []
        self.context.toast.connect(self.toasts.append)
        self.page: OrderPage = make(self.context)
        self.page.resize(1140, 640)
        self.page.show()
        self.page.activateWindow()
        assert QTest.qWaitForWindowActive(self.page)
        self.paint()

    def close(self) -> None:
        self.context.stop()
        self.page.close()
        self.page.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    # --- what there is ----------------------------------------------------------------------------------------------

    @property
    def sent(self) -> list[Ticket]:
        return [command.arguments[0] for command in self.desk.named("submit")]

    @property
    def orders(self) -> tuple[Order, ...]:
        return self.desk.orders()

    def paint(self) -> None:
        """Everything that waits to be painted is painted."""
        QApplication.processEvents()
        self.page.ladder.view.repaint()

    def feed(self, last: int) -> None:
        now = self.desk.clock.now()
        self.desk.feed(made_up.trade(SAMSUNG, now, last), made_up.book(SAMSUNG, now, last))
        beat(self.context)
        self.page.model.refresh()

    # --- hands ------------------------------------------------------------------------------------------------------

    def at(self, units: int, column: Column) -> QPoint:
        point = self.page.ladder.view.point_of(units, column)
        assert point is not None, f"{units} is not painted"
        return point

    def click(self, units: int, column: Column, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
        QTest.mouseClick(self.page.ladder.view, button, Qt.KeyboardModifier.NoModifier, self.at(units, column))

    def press(
        self, widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        QTest.keyClick(widget, key, modifier)

    def wait_out_the_guard(self) -> None:
        """Longer than the slip's guard against key repeat and double clicks."""
        QTest.qWait(max(260, QApplication.doubleClickInterval() + 20))


MakeBench: TypeAlias = Callable[..., Bench]


@pytest.fixture
def make_bench(qapp: QApplication) -> Iterator[MakeBench]:
    made: list[Bench] = []

    def build(language: Language = Language.EN, desk: FakeDesk | None = None) -> Bench:
        made.append(Bench(language, desk))
        return made[-1]

    yield build
    for bench in made:
        bench.close()


@pytest.fixture
def bench(make_bench: MakeBench) -> Bench:
    return make_bench()


@pytest.fixture
def korean(qapp: QApplication) -> Iterator[None]:
    translators = Translators()
    translators.use(Language.KO)
    yield
    translators.close()

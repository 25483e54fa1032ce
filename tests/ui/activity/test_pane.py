"""The activity tab: every line worded, filtered by level, order, instrument and text, copied, linked to its order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hoga.base.message import Language, Message
from hoga.domain.tickets import OrderId, Side
from hoga.trading.views import Level, Line, Part
from hoga.ui.activity.log import MOST, HeardLines
from hoga.ui.activity.pane import ActivityPane, Which
from hoga.ui.context import Context
from tests.support import made_up as m
from tests.support.fake_desk import FakeDesk, make_context


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def context(qapp: QApplication, desk: FakeDesk) -> Iterator[Context]:
    made = make_context(desk)
    yield made
    made.stop()


@pytest.fixture
def pane(context: Context, qtbot: QtBot) -> ActivityPane:
    made = ActivityPane(context)
    qtbot.addWidget(made)
    made.resize(1000, 400)
    made.show()
    return made


def line(
    desk: FakeDesk, about_what: str, /, level: Level = Level.INFO, order: str | None = None, **values: object
) -> Line:
    about = str(m.SAMSUNG.id) if order else None
    made = Line(
        desk.clock.now(), desk.account.connection, level, Message(about_what, values),
        OrderId(order) if order else None, about,
    )  # fmt: skip
    desk._lines.append(made)
    desk.tell(Part.ACTIVITY)
    return made


def texts(pane: ActivityPane, column: str = "text") -> list[str]:
    at = [one.name for one in pane.rows.columns].index(column)
    return [pane.rows.cell(place, at).text for place in range(pane.rows.rowCount())]


def some(desk: FakeDesk) -> None:
    order = desk.working(m.SAMSUNG, Side.BUY, 10, 71_000)
    line(desk, "CANCEL_TAKEN", order=order.id)
    line(desk, "STREAM_CHANGED", stream="quotes", health="live", why="")
    line(desk, "READ_FAILED", Level.ERROR, why="x", broker_code="E1", text="no")
    line(desk, "OUTCOME_UNKNOWN", Level.WARNING, order="order-9", code="005930", side="buy", quantity=1, price="71,000")


def test_lines_are_told_newest_first_in_the_language_of_now(
    pane: ActivityPane, desk: FakeDesk, context: Context
) -> None:
    some(desk)
    pane.refresh()
    assert texts(pane)[-1] == "Asking to cancel it."
    assert texts(pane)[0].startswith("Outcome unknown: Samsung Electronics (005930) buy 1")
    assert texts(pane, "level") == ["! Warning", "✕ Error", "· Info", "· Info"]
    context.set_language(Language.KO)
    assert texts(pane)[-1] == "취소를 요청합니다."


def test_chips_choose_by_level_and_by_orders(pane: ActivityPane, desk: FakeDesk) -> None:
    some(desk)
    pane.refresh()
    pane.chips.choose(Which.TROUBLE)
    assert texts(pane, "level") == ["! Warning", "✕ Error"]
    pane.chips.choose(Which.ERRORS)
    assert texts(pane, "level") == ["✕ Error"]
    pane.chips.choose(Which.ORDERS)
    assert texts(pane, "order") == ["", "0000010001"]
    pane.chips.choose(Which.ALL)
    assert pane.rows.rowCount() == 4


def test_one_order_one_instrument_or_a_word(pane: ActivityPane, desk: FakeDesk, context: Context) -> None:
    some(desk)
    pane.refresh()
    pane.view.choose(pane.rows.shown_keys()[0])
    pane.show_only_selected()
    assert texts(pane)[0].startswith("Outcome unknown")
    assert pane.rows.rowCount() == 1
    assert pane.order_only.isVisible()
    pane.order_only.click()
    assert pane.rows.rowCount() == 4
    pane.instrument_only.setChecked(True)
    assert pane.rows.rowCount() == 2
    context.select(m.HYNIX.id)
    assert pane.rows.rowCount() == 0
    pane.instrument_only.setChecked(False)
    pane.table.filter.setText("cancel")
    assert texts(pane) == ["Asking to cancel it."]


def test_a_line_leads_to_its_order_and_one_about_nothing_says_so(
    pane: ActivityPane, desk: FakeDesk, qtbot: QtBot
) -> None:
    some(desk)
    pane.refresh()
    pane.view.setFocus()
    pane.view.choose(pane.rows.shown_keys()[-1])
    assert pane.said.text() == "Asking to cancel it."
    qtbot.keyClick(pane.view, Qt.Key.Key_Return)
    assert pane.with_biography.biography is not None
    assert pane.with_biography.biography.order == "order-1"
    pane.view.choose(pane.rows.shown_keys()[1])
    assert pane._why_no_order() == "This line is about no order."


def test_copy_gives_the_words(pane: ActivityPane, desk: FakeDesk) -> None:
    line(desk, "CANCEL_TAKEN")
    pane.refresh()
    pane.table.copy()
    assert QGuiApplication.clipboard().text() == "2026-11-23 10:00:00.000\tInfo\tAsking to cancel it.\t"


def test_who_reads_further_down_keeps_reading_where_they_are(pane: ActivityPane, desk: FakeDesk, qtbot: QtBot) -> None:
    for _ in range(200):
        line(desk, "CANCEL_TAKEN")
    pane.refresh()
    bar = pane.view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum() // 2)
    top = pane.rows.row(pane.view.rowAt(0)).number
    for _ in range(5):
        line(desk, "JOURNAL_WORKS")
    pane.refresh()
    assert pane.rows.row(pane.view.rowAt(0)).number == top


def test_older_lines_are_read_once_and_put_before(pane: ActivityPane, desk: FakeDesk) -> None:
    known = line(desk, "JOURNAL_WORKS")
    pane.refresh()
    at = known.at
    log = [replace(known, seq=9)]
    log += [replace(known, at=at - timedelta(hours=n), message=Message("CANCEL_TAKEN"), seq=9 - n) for n in (1, 2)]

    async def before(seq: int | None, most: int = 200) -> tuple[Line, ...]:
        return tuple(one for one in log if seq is None or (one.seq or 0) < seq)[:most]

    desk.activity_before = before  # type: ignore[method-assign]
    pane.read_older()
    assert texts(pane, "time") == ["10:00:00.000", "09:00:00.000", "08:00:00.000"]
    pane.read_older()
    assert pane.rows.rowCount() == 3
    assert not pane.older.isEnabled()


def test_each_line_is_heard_once_although_the_desk_forgets_the_old_ones() -> None:
    def made(n: int) -> Any:
        return Line(m.START, "c", Level.INFO, Message("X", {"n": n}))  # type: ignore[arg-type]

    lines = [made(n) for n in range(10)]
    heard = HeardLines()
    assert heard.hear(lines[:4]) == 4
    assert heard.hear(lines[2:7]) == 3
    assert heard.hear(lines[2:7]) == 0
    assert [row.line for row in heard.newest_first] == lines[6::-1]
    assert heard.hear([made(n) for n in range(MOST + 50)]) == MOST + 50
    assert len(heard.newest_first) == MOST

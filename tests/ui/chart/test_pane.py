"""The chart under the hands: exact values, the picture in its colours, keys, and nothing left behind."""

from __future__ import annotations

import asyncio
import gc
import itertools
import subprocess
import sys
import weakref
from datetime import timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication, QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtWidgets import QApplication, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from hoga.base.message import Language, Message
from hoga.broker.port import Stream, StreamHealth, Unreachable
from hoga.domain.market_data import Candle, Period
from hoga.domain.tickets import Side
from hoga.domain.ticks import tick_table_of
from hoga.domain.values import Currency, Price
from hoga.ui.chart import ChartPane, make, make_mini
from hoga.ui.chart.marks import Mark
from hoga.ui.chart.readout import fitting, pieces_of_marks
from hoga.ui.chart.sight import Cross
from hoga.ui.chart.timeframe import Timeframe
from hoga.ui.context import Context
from hoga.ui.theme.tokens import Scheme, UpDown
from tests.support.fake_desk import FakeDesk, beat, holding, make_context, portfolio
from tests.support.made_up import HYNIX, SAMSUNG, START, candles, trade
from tests.ui.chart.sight import TALL, WIDE, count, picture, shown, wait_for_picture
from tests.ui.conftest import Run


def hover(pane: ChartPane, at: QPoint) -> None:
    canvas = pane.canvas
    assert canvas is not None
    canvas._point_at(at)


def test_it_opens_with_the_newest_values(pane: ChartPane, context: Context) -> None:
    newest = pane.source.bars[-1]
    text = pane.readout.text
    for units in (newest.open_units, newest.high_units, newest.low_units, newest.close_units, newest.volume):
        assert f"{units:,}" in text
    assert pane.property("busy") is False
    assert context.name(SAMSUNG.id) in pane.accessibleName()


@pytest.mark.parametrize("room", [2_000, 700, 420, 330, 260, 200, 150, 90, 20])
def test_the_values_are_whole_or_left_out(pane: ChartPane, context: Context, room: int) -> None:
    mark = Mark(0, Side.BUY, 30, 30 * 251_500, Currency.KRW)
    pieces = (*pane.readout._pieces, *pieces_of_marks((mark,), pane._texts, pane._looks, hidden=False))
    metrics = QFontMetrics(pane.readout.font())
    kept = fitting(pieces, room, metrics.horizontalAdvance, 8)
    assert sum(metrics.horizontalAdvance(piece.text) for piece in kept) + 8 * (len(kept) - 1) <= room
    allowed = {piece.text for piece in pieces} | {piece.short for piece in pieces}
    assert {piece.text for piece in kept} <= allowed
    if room >= 90:
        assert any(f"{pane.source.bars[-1].close_units:,}" in piece.text for piece in kept)
    if room == 2_000:
        assert kept == pieces


def test_the_crosshair_names_the_bar_that_is_painted_there(pane: ChartPane) -> None:
    canvas = pane.canvas
    assert canvas is not None
    areas, _ = canvas.picture.geometry()
    for x in range(0, areas.price.width(), 37):
        at = QPoint(x, areas.price.height() // 3)
        hover(pane, at)
        cross = canvas.sight.cross
        assert cross is not None
        middle = canvas.sight.view.x_of(cross.index + 0.5, areas.price.width())
        newest = canvas.sight.view.x_of(canvas.sight.view.total, areas.price.width())
        assert x >= newest or abs(middle - x) <= areas.price.width() / canvas.sight.view.span / 2 + 1
        bar = pane.source.bars[cross.index]
        assert f"{bar.start:%H:%M}" in pane.readout.text
        assert f"{bar.close_units:,}" in pane.readout.text
    canvas.point(None)
    assert f"{pane.source.bars[-1].close_units:,}" in pane.readout.text


def test_the_price_under_the_pointer_can_be_ordered_at(pane: ChartPane, context: Context, qtbot: QtBot) -> None:
    canvas = pane.canvas
    assert canvas is not None
    grid = tick_table_of(SAMSUNG, START.date())
    areas, prices = canvas.picture.geometry()
    picked: list[tuple[Price, object]] = []
    context.price_picked.connect(lambda price, instrument: picked.append((price, instrument)))
    for row in (3, 77, 150, areas.price.height() - 4):
        at = QPoint(200, row)
        qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=at)
        raw = prices.units_at(row, areas.price.height())
        price, instrument = picked[-1]
        assert grid.is_valid(price.units)
        assert abs(price.units - raw) <= grid.tick(raw) // 2
        assert instrument == SAMSUNG.id
        hover(pane, at)
        assert canvas.picture.cross_units() == price.units


def test_the_key_picks_the_close_where_the_crosshair_is_on_no_price(pane: ChartPane, context: Context) -> None:
    picked: list[Price] = []
    context.price_picked.connect(lambda price, _instrument: picked.append(price))
    pane.step(0)
    pane.step(-3)
    assert context.actions.trigger("chart.pick")
    assert picked == [Price(pane.source.bars[len(pane.source.bars) - 4].close_units)]


def test_live_trades_move_the_last_candle_and_its_label(pane: ChartPane, desk: FakeDesk, context: Context) -> None:
    assert pane.canvas is not None
    desk.feed(trade(SAMSUNG, desk.clock.now(), price=71_800, quantity=7))
    beat(context)
    assert pane.source.bars[-1].close_units == 71_800
    assert "71,800" in pane.readout.text
    assert pane.canvas.sight.last is not None
    assert pane.canvas.sight.last.units == 71_800
    level = pane.canvas.sight.columns.pyramid.level(0)
    assert level[3, -1] == 71_800
    assert len(pane.canvas.sight.columns) == len(pane.source.bars)


def test_colours_follow_the_theme_and_the_palette(pane: ChartPane, context: Context) -> None:
    assert pane.canvas is not None
    for scheme, palette in ((Scheme.LIGHT, UpDown.KOREA), (Scheme.DARK, UpDown.KOREA), (Scheme.DARK, UpDown.WORLD)):
        context.set_look(scheme, palette)
        image, tokens = picture(pane), context.tokens
        assert image.pixelColor(2, 2).name().lower() == tokens.ground.lower()
        assert count(image, tokens.up) > 50
        assert count(image, tokens.down) > 50


def test_rising_candles_are_hollow_for_the_colour_blind(pane: ChartPane, context: Context) -> None:
    assert pane.canvas is not None
    pane.canvas.sight.last = None
    pane.zoom_by(0.15)
    context.set_look(Scheme.LIGHT, UpDown.KOREA)
    filled = count(picture(pane), context.tokens.up)
    context.set_look(Scheme.LIGHT, UpDown.COLOUR_BLIND)
    assert 0 < count(picture(pane), context.tokens.up) < filled / 2


def test_an_old_price_is_drawn_stale(pane: ChartPane, desk: FakeDesk, context: Context) -> None:
    assert pane.canvas is not None
    desk.feed(trade(SAMSUNG, desk.clock.now()))
    beat(context)
    assert count(picture(pane), context.tokens.stale) == 0
    desk.set_stream(Stream.QUOTES, StreamHealth.DOWN)
    assert count(picture(pane), context.tokens.stale) > 100
    assert "not live" in pane.readout.text


def test_an_old_price_can_still_be_read_beside_own_fills(
    pane: ChartPane, desk: FakeDesk, context: Context, qtbot: QtBot
) -> None:
    """The dashed frame round it once filled its box with the colour of the fills' marks."""
    canvas = pane.canvas
    assert canvas is not None
    desk.feed(trade(SAMSUNG, desk.clock.now()))
    beat(context)
    desk.set_stream(Stream.QUOTES, StreamHealth.DOWN)
    desk.fill(desk.working(SAMSUNG, Side.BUY, 10, 71_500).id, 10, 71_500)
    qtbot.waitUntil(lambda: bool(canvas.sight.marks))
    whole = picture(pane)
    axis = whole.copy(whole.width() - 40, 0, 40, whole.height())
    assert count(axis, context.tokens.stale) > 100
    assert count(axis, context.tokens.up) == 0


def test_own_fills_and_the_average_are_on_the_chart(pane: ChartPane, desk: FakeDesk, qtbot: QtBot) -> None:
    canvas = pane.canvas
    assert canvas is not None
    order = desk.working(SAMSUNG, Side.BUY, 10, 71_500)
    desk.feed(trade(SAMSUNG, desk.clock.now(), price=71_400, quantity=6))
    beat(pane._context)
    desk.fill(order.id, 6, 71_400)
    desk.set_portfolio(portfolio(START, holding(SAMSUNG, 6, 6 * 71_400)))
    qtbot.waitUntil(lambda: bool(canvas.sight.marks))
    assert canvas.sight.marks[0].index == len(pane.source.bars) - 1
    assert canvas.sight.average is not None
    assert "▲ bought 6 @ 71,400" in pane.readout.text
    pane._context.hide_amounts(True)
    assert "▲ bought ••• @ 71,400" in pane.readout.text


def test_another_period_is_kept_and_shown(pane: ChartPane, context: Context) -> None:
    assert context.actions.trigger("chart.period.1d")
    assert pane.timeframe is Timeframe.DAY
    assert {b.start - a.start for a, b in itertools.pairwise(pane.source.bars.shown)} == {timedelta(days=1)}
    assert context.state.get("chart/period") == "1d"
    assert f"{pane.source.bars[-1].start:%H:%M}" not in pane.readout.text
    context.state.put("chart/period", "5m")
    assert make(context).timeframe is Timeframe.M5
    context.state.put("chart/period", ["no", "period"])
    assert make(context).timeframe is Timeframe.M1


def test_the_keys_pan_and_zoom(pane: ChartPane, qtbot: QtBot) -> None:
    canvas = pane.canvas
    assert canvas is not None
    canvas.setFocus()
    view = canvas.sight.view
    span, before = view.span, view.total
    qtbot.keyClick(canvas, Qt.Key.Key_Plus)
    assert view.span < span
    qtbot.keyClick(canvas, Qt.Key.Key_Minus)
    qtbot.keyClick(canvas, Qt.Key.Key_Left)
    assert not view.following
    qtbot.keyClick(canvas, Qt.Key.Key_Home)
    assert view.first == view.total - before  # and older ones were read at once
    qtbot.keyClick(canvas, Qt.Key.Key_End)
    assert view.following
    qtbot.keyClick(canvas, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(canvas, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert canvas.sight.cross == Cross(view.total - 2, None)
    qtbot.keyClick(canvas, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    bar = pane.source.bars[view.total - 2]
    cells = QGuiApplication.clipboard().text().split("\t")
    assert cells[1:] == [
        str(bar.open_units),
        str(bar.high_units),
        str(bar.low_units),
        str(bar.close_units),
        str(bar.volume),
    ]
    qtbot.keyClick(canvas, Qt.Key.Key_Space)
    assert (view.span, view.following) == (span, True)


def wheel(at: QPointF, turned: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> QWheelEvent:
    return QWheelEvent(
        at, at, QPoint(), QPoint(0, turned), Qt.MouseButton.NoButton, modifiers, Qt.ScrollPhase.NoScrollPhase, False
    )


def test_the_wheel_zooms_pans_and_stretches(pane: ChartPane) -> None:
    canvas = pane.canvas
    assert canvas is not None
    view = canvas.sight.view
    span = view.span
    canvas.wheelEvent(wheel(QPointF(200, 50), 120))
    assert view.span < span
    canvas.wheelEvent(wheel(QPointF(200, 50), 120, Qt.KeyboardModifier.ShiftModifier))
    assert not view.following
    canvas.wheelEvent(wheel(QPointF(canvas.width() - 3, 50), -120))
    assert view.stretched
    canvas.picture.geometry()
    QApplication.processEvents()


def touch(turned: QPoint) -> QWheelEvent:
    at = QPointF(200, 50)
    return QWheelEvent(
        at,
        at,
        turned,
        turned,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.ScrollUpdate,
        False,
    )


def test_two_fingers_zoom_or_move_never_both(pane: ChartPane) -> None:
    canvas = pane.canvas
    assert canvas is not None
    view = canvas.sight.view
    span = view.span
    canvas.wheelEvent(touch(QPoint(60, 7)))
    assert view.span == span and not view.following
    first = view.first
    canvas.wheelEvent(touch(QPoint(7, 60)))
    assert view.span < span and view.first > first


def test_a_pinch_zooms(pane: ChartPane) -> None:
    canvas = pane.canvas
    assert canvas is not None
    span, at = canvas.sight.view.span, QPointF(200, 50)
    for value, closer in ((0.25, True), (-0.5, False)):
        before = canvas.sight.view.span
        pinch = QNativeGestureEvent(
            Qt.NativeGestureType.ZoomNativeGesture,
            QPointingDevice.primaryPointingDevice(),
            2,
            at,
            at,
            at,
            value,
            QPointF(),
        )
        assert QApplication.sendEvent(canvas, pinch)
        assert (canvas.sight.view.span < before) is closer
    assert canvas.sight.view.span > span


def test_dragging_moves_the_bars_under_the_hand(pane: ChartPane, qtbot: QtBot) -> None:
    canvas = pane.canvas
    assert canvas is not None
    areas, _ = canvas.picture.geometry()
    index = canvas.sight.view.index_at(300, areas.price.width())
    port = canvas
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=QPoint(300, 80))
    for x in (320, 360, 450):
        qtbot.mouseMove(port, QPoint(x, 80))
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=QPoint(450, 80))
    assert canvas.sight.view.index_at(450, areas.price.width()) == index
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=QPoint(areas.price.width() + 9, 80))
    qtbot.mouseMove(port, QPoint(areas.price.width() + 9, 160))
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=QPoint(areas.price.width() + 9, 160))
    assert canvas.sight.view.stretched
    qtbot.mouseDClick(port, Qt.MouseButton.LeftButton, pos=QPoint(areas.price.width() + 9, 160))
    assert not canvas.sight.view.stretched


def test_a_plain_click_picks_nothing(pane: ChartPane, context: Context, qtbot: QtBot) -> None:
    canvas = pane.canvas
    assert canvas is not None
    with qtbot.assertNotEmitted(context.price_picked):
        qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 50))


def test_reaching_the_oldest_reads_more(pane: ChartPane, desk: FakeDesk) -> None:
    before, reads = len(pane.source.bars), len(desk.named("candles"))
    pane.to_oldest()
    assert len(desk.named("candles")) > reads
    assert len(pane.source.bars) > before
    assert pane.canvas is not None
    # What was the oldest bar is still where it was.
    assert pane.canvas.sight.view.first == len(pane.source.bars) - before


def test_a_wide_chart_is_filled(pane: ChartPane, qtbot: QtBot) -> None:
    assert pane.canvas is not None
    pane.resize(2_600, 400)
    pane.set_timeframe(Timeframe.M60)
    view = pane.canvas.sight.view
    assert view.unfilled
    qtbot.waitUntil(lambda: not view.unfilled)
    assert len(pane.source.bars) >= view.span * 0.9


def test_the_menu_is_ours(pane: ChartPane, context: Context) -> None:
    pane._open_menu(QPoint(0, 0))
    menus = [menu for menu in pane.findChildren(QMenu) if menu.isVisible()]
    texts = [action.text() for action in menus[0].actions() if action.text()]
    assert context.actions.text("chart.pick") in texts
    assert "Period" in texts
    assert not any("Export" in text or "View All" in text for text in texts)
    menus[0].close()


def test_a_failure_stands_in_the_pane_with_a_way_out(qtbot: QtBot, desk: FakeDesk, context: Context) -> None:
    desk.answers["candles"] = Unreachable(Message("KIS_NO_CONNECTION"))
    pane = make(context)
    qtbot.addWidget(pane)
    pane.resize(WIDE, TALL)
    pane.show()
    qtbot.waitUntil(lambda: pane.canvas is not None)
    assert pane.waiting.isVisible()
    assert pane.waiting.words.text() == context.worded(Message("KIS_NO_CONNECTION"))
    assert pane.property("busy") is False
    del desk.answers["candles"]
    qtbot.mouseClick(pane.waiting.button, Qt.MouseButton.LeftButton)
    assert pane.canvas is not None
    assert pane.canvas.isVisible()


def test_a_later_failure_is_a_strip(pane: ChartPane, desk: FakeDesk) -> None:
    desk.answers["candles"] = Unreachable(Message("KIS_NO_CONNECTION"))
    pane.to_oldest()
    assert pane._strip.isVisible()
    del desk.answers["candles"]
    qtclick = pane._strip.button
    qtclick.click()
    assert not pane._strip.isVisible()


def test_no_instrument_and_no_trades_say_what_to_do(qtbot: QtBot, desk: FakeDesk, context: Context) -> None:
    desk.answers["candles"] = ()
    pane = make(context)
    qtbot.addWidget(pane)
    pane.show()
    qtbot.waitUntil(lambda: pane.canvas is not None)
    assert "No trades yet: 1-minute candles" in pane.waiting.words.text()
    pane.source.choose(None, Timeframe.M1)
    assert "Ctrl+K" in pane.waiting.words.text()
    assert context.actions.why_not("chart.zoom_in")


def test_another_instrument_starts_anew(pane: ChartPane, context: Context) -> None:
    pane.zoom_by(0.5)
    context.select(HYNIX.id)
    assert pane.canvas is not None
    assert pane.canvas.sight.bars is pane.source.bars
    assert abs(pane.source.bars[-1].close_units - 192_500) < 5_000
    assert context.name(HYNIX.id) in pane.accessibleName()
    assert pane.canvas.sight.cross is None


def test_a_hole_is_hatched(pane: ChartPane, desk: FakeDesk, context: Context) -> None:
    before = count(picture(pane), context.tokens.stale)
    desk.set_stream(Stream.QUOTES, StreamHealth.DOWN)
    assert pane.canvas is not None
    assert pane.canvas.sight.holes
    pane.canvas.sight.last = None
    assert count(picture(pane), context.tokens.stale) > before


def test_its_words_are_asked_again(pane: ChartPane, context: Context) -> None:
    context.set_language(Language.KO)
    assert "(월)" in pane.readout.text
    context.set_language(Language.EN)
    assert "(Mon)" in pane.readout.text


@pytest.mark.parametrize("size", [(240, 130), (320, 200), (1_600, 900)])
def test_a_small_one_and_odd_sizes(qtbot: QtBot, context: Context, size: tuple[int, int]) -> None:
    mini = shown(qtbot, make_mini(context))
    mini.resize(*size)
    assert mini.canvas is not None
    mini.canvas.point(Cross(len(mini.source.bars) - 1, 20))
    image = picture(mini)
    assert count(image, context.tokens.up) > 10
    mini.set_timeframe(Timeframe.WEEK)
    assert (context.state.get("chart/mini"), context.state.get("chart/period")) == ("1w", None)


def test_a_hidden_chart_catches_up(pane: ChartPane, desk: FakeDesk, context: Context) -> None:
    assert pane.canvas is not None
    pane.hide()
    assert pane.source.seen is False
    desk.feed(trade(SAMSUNG, desk.clock.now(), price=71_300))
    beat(context)
    pane.show()
    assert pane.source.seen is True
    assert pane.canvas.sight.last is not None
    assert pane.canvas.sight.last.units == 71_300
    assert "71,300" in pane.readout.text


def test_many_bars_cost_what_few_do(pane: ChartPane, desk: FakeDesk) -> None:
    """What is drawn follows the pixels: with a hundred times the bars on the screen, no more figures."""
    from hoga.ui.chart.slices import visible

    bars = candles(SAMSUNG, START.replace(year=2020), (START - START.replace(hour=9)) / 60, 50_000)
    pane.source.bars.read(bars)
    pane._on_changed(0, 50_000)
    assert pane.canvas is not None
    sight = pane.canvas.sight
    sight.view.zoom(10_000)
    assert sight.view.span > 50_000
    figures = visible(sight.columns.pyramid, sight.view, 700)
    assert figures is not None
    assert len(figures) <= 708
    assert count(picture(pane), pane._context.tokens.up) > 50


def test_nothing_is_left_of_fifty_charts(qtbot: QtBot, desk: FakeDesk, context: Context) -> None:
    left = []
    for round in range(50):
        pane = make_mini(context) if round % 2 else make(context)
        pane.resize(300, 200)
        pane.show()
        wait_for_picture(qtbot, pane)
        pane.grab()
        left += [weakref.ref(pane), weakref.ref(pane.canvas), weakref.ref(pane.source)]
        pane.close()
        pane.deleteLater()
        del pane
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    # The registry of actions outlives them; asked again, it lets go of the last one.
    context.actions.refresh()
    gc.collect()
    assert all(lease.released for lease in desk.leases)
    assert not desk.board.open_feeds
    assert sum(one() is not None for one in left) == 0
    context.set_language(Language.KO)
    beat(context)
    assert context.actions.action("chart.zoom_in") is None


def test_numpy_comes_after_the_first_paint() -> None:
    """Whoever builds the window does not wait for it."""
    code = "import sys, hoga.ui.chart; print({'numpy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_the_picture_is_fetched_beside_the_loop(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    async def story() -> None:
        context = make_context()
        monkeypatch.delitem(sys.modules, "hoga.ui.chart.canvas", raising=False)
        pane, gone = make(context), make(context)
        for one in (pane, gone):
            one.show()
            one.grab()
        await asyncio.sleep(0)
        gone.deleteLater()
        while pane.canvas is None:  # noqa: ASYNC110 nothing announces it
            await asyncio.sleep(0.01)
        assert pane.canvas.isVisible()
        assert pane.property("busy") is False
        pane.deleteLater()
        context.stop()
        await context.tasks.aclose()

    run(story())


def test_periods_that_the_broker_cannot_read_are_all_asked_for(desk: FakeDesk, pane: ChartPane) -> None:
    asked = set()
    for timeframe in (one for one in Timeframe if not one.trades):
        pane.set_timeframe(timeframe)
        asked |= {command.arguments[1] for command in desk.named("candles")}
    assert asked == set(Period)


def test_a_foreign_price_keeps_its_decimals(qtbot: QtBot, desk: FakeDesk, context: Context) -> None:
    def dollars(*_asked: object) -> tuple[Candle, ...]:
        made = candles(SAMSUNG, START - (START - START.replace(hour=9)), (START - START.replace(hour=9)) / 60, 30)
        return tuple(replace(one, currency=Currency.USD) for one in made)

    desk.answers["candles"] = dollars
    pane = shown(qtbot, make(context))
    close = pane.source.bars[-1].close_units
    assert f"{close / 10_000:.2f}" in pane.readout.text


def test_letters_grow_with_the_font(pane: ChartPane, context: Context, qapp: QApplication) -> None:
    assert pane.canvas is not None
    before = qapp.font()
    button = next(one for one in pane.findChildren(QToolButton) if one.isCheckable())
    small_button, small_axis = button.sizeHint().height(), pane.canvas.picture.scales.metrics.height()
    larger = QFont(before)
    larger.setPointSizeF(before.pointSizeF() * 1.5)
    try:
        qapp.setFont(larger)
        qapp.processEvents()
        context.look_changed.emit()
        assert button.font().pointSizeF() > before.pointSizeF()
        assert button.sizeHint().height() > small_button
        assert pane.canvas.picture.scales.metrics.height() > small_axis
    finally:
        qapp.setFont(before)

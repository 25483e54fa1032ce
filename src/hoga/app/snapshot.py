"""``hoga snapshot``: a picture of every tab, taken without a screen, on a live Practice after a little trading."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from hoga.app.main import add_practice_options, default_data, practice_options
from hoga.app.single_desk import DeskOptions, practice_desk
from hoga.app.words import words
from hoga.base.message import Language, Message
from hoga.broker.practice_link import PracticeUnavailable
from hoga.domain.instruments import InstrumentId
from hoga.domain.known import Known
from hoga.domain.tickets import OrderId, OrderType, Side, Ticket
from hoga.domain.ticks import price_grid
from hoga.domain.values import Shares
from hoga.storage.errors import FolderLocked, StorageError
from hoga.trading.facade import Desk
from hoga.trading.views import CancelFilter, Denied, MustAsk, Submitted

SAMSUNG, HYNIX, KODEX_200 = InstrumentId("005930"), InstrumentId("000660"), InstrumentId("069500")
_PATIENCE = 20.0


class NotTaken(Exception):
    """A picture could not be taken; ``message`` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


class Size(Struct, frozen=True):
    width: int
    height: int

    @staticmethod
    def read(text: str) -> Size:
        """``1366x768``. Raises ValueError."""
        width, height = (int(part) for part in text.lower().split("x"))
        if not (320 <= width <= 8000 and 240 <= height <= 8000):
            raise ValueError(f"no size for a window: {text}")
        return Size(width, height)


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="hoga snapshot", description="A picture (PNG) of every tab, on Practice.")
    parser.add_argument("--out", type=Path, required=True, help="the folder for the pictures")
    parser.add_argument("--theme", choices=["light", "dark"], default="light")
    parser.add_argument("--lang", choices=[one.value for one in Language], default=Language.KO.value)
    parser.add_argument("--font", type=int, default=100, metavar="PERCENT", help="text size, 100 to 300")
    parser.add_argument("--size", type=Size.read, default=Size(1366, 768), metavar="WxH", help="of the window")
    parser.add_argument("--data", type=Path, default=default_data(), help="the folder whose exchange is joined")
    add_practice_options(parser)
    return parser.parse_args(argv)


def main(argv: Sequence[str]) -> int:
    """Take the pictures and print their names; returns the exit code."""
    given = _arguments(argv)
    language = Language(given.lang)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory(prefix="hoga-snapshot-") as own:
        options = DeskOptions(given.data, given.account, practice_options(given), own_folder=Path(own))
        try:
            given.out.mkdir(parents=True, exist_ok=True)
            for picture in _run(given, options, language):
                sys.stdout.write(f"{picture}\n")
        except (FolderLocked, StorageError, PracticeUnavailable, NotTaken) as error:
            sys.stderr.write(words(error.message, language) + "\n")
            return 1
        except OSError as error:
            sys.stderr.write(words(Message("FILE_NOT_SAVED", {"file": given.out, "why": str(error)}), language) + "\n")
            return 1
    return 0


def _run(given: argparse.Namespace, options: DeskOptions, language: Language) -> list[Path]:
    from hoga.app.failures import failures_logged
    from hoga.app.window import application
    from hoga.ui.loop import DeskLoop

    app = application()
    with DeskLoop(app) as loop:
        asyncio.set_event_loop(loop)
        with failures_logged(options.desk / "logs" / "crash.log", loop, lambda where, error: None):
            pictures: list[Path] = loop.run_until_complete(_take(given, options, language))
    return pictures


async def _take(given: argparse.Namespace, options: DeskOptions, language: Language) -> list[Path]:
    from hoga.app.desk_window import DeskView
    from hoga.app.window import application
    from hoga.ui.settings_file import Theme

    async with practice_desk(options) as opened:
        view = DeskView(application(), opened, None, None)
        try:
            view.preferences.file.change(language=language, theme=Theme(given.theme), font_percent=given.font)
            view.window.resize(given.size.width, given.size.height)
            view.show()
            await view.instruments_read.wait()
            for code in (HYNIX, KODEX_200):
                view.context.select(code)
            view.context.select(SAMSUNG)
            placed = await _trade(opened.desk)
            try:
                pictures = []
                for name in view.tabs:
                    view.context.show_tab(name)
                    await view.painted()
                    file = given.out / f"{name}-{given.theme}-{language.value}.png"
                    if not view.window.grab().save(str(file)):
                        raise NotTaken(Message("FILE_NOT_SAVED", {"file": file.name, "why": "PNG"}))
                    pictures.append(file)
            finally:
                await opened.desk.cancel_all(CancelFilter(orders=frozenset(placed)))
            return pictures
        finally:
            await view.aclose()


async def _trade(desk: Desk) -> list[OrderId]:
    """A day in small: bought, sold in part, and orders left waiting on both sides. Returns the orders that wait."""
    for instrument, quantity in ((SAMSUNG, 30), (HYNIX, 5), (KODEX_200, 40)):
        await _filled(desk, await _send(desk, _market(desk, instrument, Side.BUY, quantity)))
    await _filled(desk, await _send(desk, _market(desk, SAMSUNG, Side.SELL, 10)))
    waiting = []
    for side, ticks in ((Side.BUY, 5), (Side.BUY, 8), (Side.SELL, 6)):
        waiting.append(await _send(desk, await _limit(desk, SAMSUNG, side, ticks)))
    return waiting


def _market(desk: Desk, instrument: InstrumentId, side: Side, quantity: int) -> Ticket:
    return Ticket(desk.new_ticket_id(), desk.account, instrument, side, OrderType.MARKET, Shares(quantity))


async def _limit(desk: Desk, instrument: InstrumentId, side: Side, ticks: int) -> Ticket:
    """Away from the market by some ticks, so that it waits."""
    book = await desk.book(instrument)
    known = desk.instrument(instrument)
    best = book.best_bid if side is Side.BUY else book.best_ask
    if not isinstance(known, Known):
        raise NotTaken(known.why)
    if best is None:
        raise NotTaken(Message("INSTRUMENT_HALTED", {"code": instrument.code}))
    grid = price_grid(known.value, desk.schedule.rules_day(desk.clock.now().date()))
    limit = grid.step(best, -ticks * side.sign)
    return replace(_market(desk, instrument, side, 10), type=OrderType.LIMIT, limit=limit)


async def _send(desk: Desk, ticket: Ticket) -> OrderId:
    answer = await desk.submit(ticket)
    match answer:
        case Submitted():
            await desk.settled(answer.request)
            return answer.order
        case Denied():
            raise NotTaken(answer.reasons[0])
        case MustAsk():
            raise NotTaken(answer.questions[0])


async def _filled(desk: Desk, order: OrderId) -> None:
    """Wait until an order is wholly filled. Raises NotTaken."""
    changed = asyncio.Event()
    undo = desk.subscribe(lambda change: changed.set())
    try:
        async with asyncio.timeout(_PATIENCE):
            while not any(one.id == order and one.filled == one.quantity for one in desk.orders()):
                changed.clear()
                await changed.wait()
    except TimeoutError:
        raise NotTaken(Message("PRACTICE_SLOW", {"seconds": round(_PATIENCE)})) from None
    finally:
        undo()

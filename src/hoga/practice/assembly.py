"""Builds the exchange with everything around it but sockets: the same parts run in the process and on virtual time."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

from msgspec import Struct

from hoga.practice.api import Broker, Environment, Listing
from hoga.practice.delivery import Delivery
from hoga.practice.engine.exchange import PracticeExchange
from hoga.practice.engine.ledger import Ledger
from hoga.practice.faults import Faults
from hoga.practice.kis.door import KisDoor
from hoga.practice.kis.feed import StreamFeed
from hoga.practice.kis.hosted import HostedKis
from hoga.practice.kiwoom.door import KiwoomDoor
from hoga.practice.kiwoom.feed import KiwoomFeed
from hoga.practice.kiwoom.frames import is_notice as is_kiwoom_notice
from hoga.practice.kiwoom.hosted import HostedKiwoom
from hoga.practice.market.bars import BarStore
from hoga.practice.market.bars_file import MarketFileError
from hoga.practice.market.model import MarketModel
from hoga.practice.market.universe import universe
from hoga.practice.moment import ToldMoment
from hoga.practice.record import RequestRecord
from hoga.practice.runner import Runner
from hoga.practice.settings import AllSettings
from hoga.practice.stream_faults import is_kis_notice
from hoga.practice.streams import Gates, StreamHost

_log = logging.getLogger(__name__)


class Pace(Struct, frozen=True):
    """How market time runs, see ``Runner``."""

    speed: float = 1.0
    paused: bool = False
    follow: bool = False
    slice_seconds: float | None = 0.001
    longest_nap: float = 0.05


class Assembly(Struct, frozen=True):
    """All parts of one exchange. ``close`` ends them in order, each one even if another cannot be written any more;
    without it everything is as after a SIGKILL."""

    exchange: PracticeExchange
    model: MarketModel
    bars: BarStore
    ledger: Ledger
    door: KisDoor
    kiwoom: KiwoomDoor
    settings: AllSettings
    faults: Faults
    gates: Gates
    record: RequestRecord
    feed: StreamFeed
    kiwoom_feed: KiwoomFeed
    deliveries: Mapping[Broker, Delivery]
    streams: Mapping[Broker, StreamHost]
    runner: Runner
    settle: Callable[[], None]
    """Tells every listener what the step just done has changed; to be called after each."""
    told: ToldMoment | None

    def promise(self, wire_seconds: float) -> None:
        """Keep how far market time may get in so long: an exchange that is killed meanwhile goes on from there."""
        if self.told is not None:
            self.told.keep(self.exchange.now() + timedelta(seconds=wire_seconds * self.runner.speed))

    def expire_tokens(self) -> None:
        """Every token ends now; whoever has one must ask for another."""
        self.door.keys.expire_tokens()
        self.kiwoom.keys.expire_tokens()

    def close(self) -> None:
        self.promise(0.0)
        with ExitStack() as parts:
            if self.told is not None:
                parts.callback(self.told.close)
            for part in (self.ledger, self.record, self.bars, self.feed, self.kiwoom_feed):
                parts.callback(part.close)


def assemble(
    folder: Path | None,
    *,
    seed: int,
    start: datetime,
    pace: Pace,
    wire_now: Callable[[], float],
    die: Callable[[], None],
    settings: Mapping[str, object] | None = None,
    pace_clock: Callable[[], float] | None = None,
    listings: Mapping[str, Listing] | None = None,
) -> Assembly:
    """``folder`` None keeps everything in memory. ``start`` is the first moment of a new market; one that goes on from
    its folder never runs backwards. ``pace_clock`` drives market time where it is not ``wire_now``. ``listings`` is
    what is traded where that is not the whole market.

    Raises LedgerError, and ValueError for a setting that does not exist.
    """
    switches = AllSettings()
    switches.update(settings or {})
    listings = universe() if listings is None else listings
    told = None if folder is None else ToldMoment(folder / "moment")
    start = start if told is None else told.resume_at(start)
    ledger = Ledger.open(":memory:" if folder is None else folder / "ledger.sqlite", seed=seed)
    bars = _open_bars(folder, listings, seed, ledger.resume_at(start))
    exchange = PracticeExchange(listings, bars, ledger, max(ledger.resume_at(start), bars.resumed_at))
    model = MarketModel(exchange, listings, bars, seed)
    door = KisDoor(exchange, switches.kis, None if folder is None else folder / "tokens.json")
    kiwoom = KiwoomDoor(exchange, switches.kiwoom, None if folder is None else folder / "kiwoom_tokens.json")
    faults = Faults(seed)
    record = RequestRecord(exchange.now, folder)

    def refusing(broker: Broker) -> Callable[[Environment], str | None]:
        return lambda environment: fault.code if (fault := faults.for_registration(environment, broker)) else None

    feed = StreamFeed(exchange, door.keys, switches.kis, wire_now=wire_now, refuse=refusing(Broker.KIS))
    kiwoom_feed = KiwoomFeed(exchange, kiwoom.keys, switches.kiwoom, wire_now=wire_now, refuse=refusing(Broker.KIWOOM))

    def settle() -> None:
        exchange.publish()
        feed.flush()
        kiwoom_feed.flush()

    runner = Runner(
        exchange,
        model,
        speed=pace.speed,
        follow=pace.follow,
        wire_now=pace_clock or wire_now,
        settle=settle,
        slice_seconds=pace.slice_seconds,
        longest_nap=pace.longest_nap,
    )
    runner.set_paused(pace.paused)
    deliveries = {
        hosted.broker: Delivery(hosted, faults, record, touch=runner.touch, settle=settle, die=die)
        for hosted in (HostedKis(door), HostedKiwoom(kiwoom))
    }
    streams = {
        Broker.KIS: StreamHost(
            Broker.KIS, lambda environment, send, cut, _hang_up: feed.open(environment, send, cut), is_kis_notice
        ),
        Broker.KIWOOM: StreamHost(Broker.KIWOOM, kiwoom_feed.open, is_kiwoom_notice),
    }
    model.open_books()
    return Assembly(
        exchange, model, bars, ledger, door, kiwoom, switches, faults, Gates(), record, feed, kiwoom_feed, deliveries,
        streams, runner, settle, told,
    )  # fmt: skip


def _open_bars(folder: Path | None, listings: Mapping[str, Listing], seed: int, start: datetime) -> BarStore:
    """The store of bars; a file that cannot be read is set aside, for it holds nothing but the market's background."""
    if folder is None:
        return BarStore(None, listings, seed, start)
    path = folder / "market.sqlite"
    try:
        return BarStore(path, listings, seed, start)
    except MarketFileError as error:
        _log.warning("%s: set aside as *.unreadable, the market begins anew", error)
    for part in folder.glob("market.sqlite*"):
        if part.suffix != ".unreadable":
            part.replace(part.with_name(f"{part.name}.unreadable"))
    return BarStore(path, listings, seed, start)

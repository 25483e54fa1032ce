"""Tapes out of CSV files: trades one by one, or bars, as people save them. Prices are read exactly."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from hoga.base.clock import KST
from hoga.base.message import Message
from hoga.domain.instruments import InstrumentId
from hoga.domain.market_data import Aggressor, Candle, Trade
from hoga.domain.values import Price
from hoga.storage.recordings.reader import RecordingUnreadable
from hoga.trading.replay.tape import Bar, Event, Tape, tape_of_events

_SIDES = {"B": Aggressor.BUYER, "S": Aggressor.SELLER}
_MILLION = 1_000_000
Row = Mapping[str, str]


def tape_of_csv(path: Path) -> Tape:
    """Trades where there is a column ``quantity``, else bars, named by the code before the first ``_`` of the file's
    name. Raises RecordingUnreadable."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows: list[dict[str, str]] = list(csv.DictReader(file))
        events = _trades(rows) if rows and "quantity" in rows[0] else _bars(InstrumentId(path.stem.split("_")[0]), rows)
        return tape_of_events(path.name, sorted(events, key=lambda event: event.at))
    except OSError as error:
        values = {"file": path.name, "why": error.strerror or str(error)}
        raise RecordingUnreadable(Message("RECORDING_UNREADABLE", values)) from error
    except (ValueError, LookupError, TypeError) as error:
        raise RecordingUnreadable(Message("RECORDING_NONE", {"file": path.name})) from error


def _moment(row: Row) -> datetime:
    if (text := row.get("time_utc")) is not None:
        return datetime.fromisoformat(text).astimezone(UTC).astimezone(KST)
    return datetime.strptime(row["date"] + row["time"], "%Y%m%d%H%M%S").replace(tzinfo=KST)


def _trades(rows: Sequence[Row]) -> list[Event]:
    """The file does not tell the day's open, high and low, the previous close and the book: they stay unknown."""
    events = list[Event]()
    for row in rows:
        at, price = _moment(row), Price.parse(row["price"]).units
        trade = Trade(
            InstrumentId(row["code"]), at, price, int(row["quantity"]), _SIDES.get(row["side"], Aggressor.NONE),
            int(row["cumulative_volume"]), int(row["cumulative_amount_million"]) * _MILLION, 0, 0, 0, price,
            0, 0,
        )  # fmt: skip
        events.append(Event(at, trade))
    return events


def _bars(instrument: InstrumentId, rows: Sequence[Row]) -> list[Event]:
    """The span of all is the shortest between two of them. Their amount is reckoned with the close."""
    starts = [_moment(row) for row in rows]
    span = min((later - start for start, later in pairwise(starts)), default=timedelta(minutes=1))
    events = []
    for start, row in zip(starts, rows, strict=True):
        first, high, low, close = (Price.parse(row[name]).units for name in ("open", "high", "low", "close"))
        volume = int(row["volume"])
        candle = Candle(start, first, high, low, close, volume, close * volume)
        events.append(Event(start + span, Bar(instrument, candle, span)))
    return events

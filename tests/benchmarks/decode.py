"""Live frames to trades and books: against the peers' own paths, and against taking the text apart alone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import msgspec

from hoga.base.clock import KST
from hoga.broker.kis import decode_stream as kis
from hoga.broker.kiwoom import decode_stream as kiwoom
from hoga.broker.kiwoom.pushes import BookPush, TradePush, records_of
from tests.benchmarks import frames
from tests.benchmarks.figures import Figure, absent, alternate

AT = datetime(2026, 11, 23, 9, 33, 54, tzinfo=KST)


def _all(run: Callable[[str], object], texts: Sequence[str]) -> Callable[[], object]:
    def over() -> None:
        for text in texts:
            run(text)

    return over


def _split(text: str) -> list[str]:
    return text.split("|", 3)[3].split("^")


# --- hoga: from the text to what is handed on, widths and signs checked ---------------------------------------------


def kis_reader(book: bool) -> Callable[[str], object]:
    decoder = kis.StreamDecoder(lambda: AT)
    read = decoder.books if book else decoder.trades
    return lambda text: read(kis.open_frame(text))


def kiwoom_reader(book: bool) -> Callable[[str], object]:
    """As the live connection reads a push: of trades alone in one go, else record by record."""
    decoder = kiwoom.StreamDecoder(lambda: AT)
    if not book:
        return decoder.trades
    return lambda text: [decoder.book(record.item, record.values) for record in records_of(text) or ()]


# --- peers ----------------------------------------------------------------------------------------------------------


def _python_kis() -> tuple[Callable[[str], object], Callable[[], None]]:
    """Its own path from the socket's callback to one handler; no connection is opened."""
    from pykis.client.websocket import KisWebsocketClient

    client, socket = KisWebsocketClient(kis=object()), object()  # type: ignore[arg-type]
    client.websocket = socket  # type: ignore[assignment]
    ticket = client.event.on(lambda _sender, event: event.response)
    return (lambda text: client._on_message(socket, text)), ticket.unsubscribe  # type: ignore[arg-type]


class _Told:
    """A socket that tells what was recorded, then ends the client's own loop."""

    def __init__(self, owner: Any, texts: Sequence[str]) -> None:
        self._owner, self._texts, self._left = owner, iter(texts), len(texts)

    async def recv(self) -> str:
        self._left -= 1
        if not self._left:
            self._owner._running = False
        return next(self._texts)


def _kiwoom_client(kind: str, texts: Sequence[str]) -> Callable[[], object]:
    from kiwoom_client.parsing import normalize
    from kiwoom_client.websocket import KiwoomWebSocket

    async def listen() -> None:
        client = KiwoomWebSocket("token", ws_url="ws://127.0.0.1:1/")
        client._ws = _Told(client, texts)
        client.on(kind, lambda pushed: normalize(pushed["values"]))
        await client.listen()

    return lambda: asyncio.run(listen())


def _typed_only(record: type[msgspec.Struct]) -> Callable[[str], object]:
    """The bound: the same fields out of the same JSON, nothing made of them."""
    item = msgspec.defstruct("Item", [("values", record), ("item", str), ("type", str)], gc=False)
    frame = msgspec.defstruct("Frame", [("trnm", str), ("data", list[item])], gc=False)  # type: ignore[valid-type]
    return msgspec.json.Decoder(frame).decode


# --- figures --------------------------------------------------------------------------------------------------------


def measure(quick: bool, rounds: int = 3) -> list[Figure]:
    """Three turns of each contender a round: what a machine does meanwhile is seldom in most of them."""
    number, rounds = (40, rounds) if quick else (3_000, 3 * rounds)
    return [
        *_kis("KIS trade", frames.kis_trades(number, AT), False, rounds, (10, 3)),
        *_kis("KIS book", frames.kis_books(number, AT), True, rounds, (None, None)),
        *_kiwoom("Kiwoom 0B", frames.kiwoom_trades(number, AT), TradePush, rounds, (15, 2.2)),
        *_kiwoom("Kiwoom 0D", frames.kiwoom_books(number, AT), BookPush, rounds, (None, None)),
    ]


Targets = tuple[float | None, float | None]


def _kis(name: str, texts: list[str], book: bool, rounds: int, targets: Targets) -> list[Figure]:
    contenders = {"ours": _all(kis_reader(book), texts), "bound": _all(_split, texts)}
    missing, leave = absent("pykis"), lambda: None
    if not missing:
        told, leave = _python_kis()
        contenders["peer"] = _all(told, texts)
    try:
        found = alternate(contenders, rounds, len(texts))
    finally:
        leave()
    return _figures(name, found, ("python-kis", "split alone"), targets, missing)


def _kiwoom(name: str, texts: list[str], record: type[msgspec.Struct], rounds: int, targets: Targets) -> list[Figure]:
    contenders = {"ours": _all(kiwoom_reader(record is BookPush), texts), "bound": _all(_typed_only(record), texts)}
    missing = absent("kiwoom_client")
    if not missing:
        contenders["peer"] = _kiwoom_client(name.split()[1], texts)
    found = alternate(contenders, rounds, len(texts))
    return _figures(name, found, ("kiwoom-client + normalize", "msgspec typed decode"), targets, missing)


def _figures(
    name: str, found: dict[str, float], others: tuple[str, str], targets: Targets, missing: str
) -> list[Figure]:
    ours, peer = found["ours"] * 1e6, found.get("peer")
    return [
        Figure(
            f"decode: {name}", ours, "us", others[0], peer and peer * 1e6, target=targets[0], faster=True, why=missing
        ),
        Figure(f"decode: {name}", ours, "us", others[1], found["bound"] * 1e6, target=targets[1]),
    ]

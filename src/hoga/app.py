"""The composition root: builds every part once, in order, and tears down in reverse. Nobody imports it but cli.

Order: data folder (its lock first), log, practice exchange (joined or started), secrets, adapter, journal, desk, view.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from hoga.base.logs import start_logging
from hoga.base.message import Language, Message, Wording
from hoga.base.scrub import Scrubber
from hoga.broker.kis.adapter import KisBroker
from hoga.broker.kis.host import KisHost, KisKeys
from hoga.broker.kis.wording import WORDING as KIS_WORDING
from hoga.broker.practice_link import PracticeLink, PracticeUnavailable, start_or_join
from hoga.broker.wording import WORDING as BROKER_WORDING
from hoga.domain.accounts import WireProfile
from hoga.domain.sessions import AlwaysOpen
from hoga.secrets import WORDINGS as SECRETS_WORDING
from hoga.secrets import choose_store
from hoga.storage.database import Database
from hoga.storage.errors import FolderLocked, StorageError
from hoga.storage.folder import DataFolder
from hoga.terminal.fullscreen import FullScreen
from hoga.terminal.plain import run as run_plain
from hoga.terminal.session import Session
from hoga.terminal.wording import WORDINGS as TERMINAL_WORDING
from hoga.trading.connection_desk import ConnectionDesk
from hoga.trading.wording import WORDING as TRADING_WORDING

PROFILES = {"real": WireProfile.KIS_REAL, "paper": WireProfile.KIS_PAPER}
_NAMES = {WireProfile.KIS_REAL: "KIS", WireProfile.KIS_PAPER: "KIS 모의"}


@dataclass(frozen=True, slots=True)
class DeskOptions:
    """Where a desk lives and what it opens. ``practice`` are options handed on to ``hoga practice`` when it starts."""

    data: Path
    environment: str = "real"
    practice: tuple[str, ...] = ()
    end_exchange: bool = True


@dataclass(frozen=True, slots=True)
class OpenDesk:
    """A desk that runs, with what a view needs to name it."""

    desk: ConnectionDesk
    link: PracticeLink
    title: str
    notices: tuple[Message, ...]


def words(message: Message, language: Language) -> str:
    """Any message of any room as a sentence and, where there is one, what to do."""
    catalogues: tuple[Mapping[str, Wording], ...] = (
        TRADING_WORDING,
        TERMINAL_WORDING,
        BROKER_WORDING,
        KIS_WORDING,
        SECRETS_WORDING,
    )
    for catalogue in catalogues:
        wording = catalogue.get(message.code)
        if wording is not None:
            return " · ".join(filter(None, (wording.sentence(message, language), wording.action(message, language))))
    return str(message)


@asynccontextmanager
async def practice_desk(options: DeskOptions) -> AsyncIterator[OpenDesk]:
    """A desk on Practice, open until the block ends. Raises FolderLocked, StorageError or PracticeUnavailable."""
    async with AsyncExitStack() as parts:
        folder = parts.enter_context(DataFolder(options.data / "desk"))
        scrubber = Scrubber()
        log = start_logging(folder.path / "logs" / "hoga.log", scrubber)
        parts.callback(log.close)
        link = await start_or_join(options.data / "practice", options=options.practice)
        parts.push_async_callback(link.aclose, end_exchange=options.end_exchange)
        chosen = await choose_store(options.data / "practice")
        keys = next(one for one in link.endpoint.accounts if one.profile is PROFILES[options.environment])
        broker = KisBroker(
            KisHost(keys.profile, keys.rest, keys.ws, link.connection_name),
            KisKeys(keys.appkey, keys.appsecret, keys.hts_id),
            keys.account.reveal(),
            link.clock,
            chosen.store,
            scrubber=scrubber,
        )
        database = Database(folder.path / f"{broker.account.connection}.sqlite")
        parts.push_async_callback(database.aclose)
        desk = ConnectionDesk(broker, database, link.clock, AlwaysOpen(), scrubber.value)
        parts.push_async_callback(desk.aclose)
        await desk.open()
        title = f"연습 PRACTICE · {_NAMES[keys.profile]} {broker.account.label}"
        # Practice keeps its own keys; what the keyring says matters only to connections of real brokers.
        yield OpenDesk(desk, link, title, notices=())


async def _terminal(options: DeskOptions, language: Language, *, plain: bool) -> None:
    async with practice_desk(options) as opened:
        session = Session(opened.desk, opened.title, words, language)
        await session.start()
        try:
            await (run_plain(session) if plain else FullScreen(session).run())
        finally:
            session.close()


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="hoga desk", description="The desk on Practice, in the terminal.")
    parser.add_argument("--data", type=Path, default=platformdirs.user_data_path("hoga", appauthor=False))
    parser.add_argument("--account", choices=sorted(PROFILES), default="real", help="dialect of the practice account")
    parser.add_argument("--lang", choices=[one.value for one in Language], default=Language.KO.value)
    parser.add_argument("--plain", action="store_true", help="plain lines instead of the whole screen")
    parser.add_argument("--seed", help="for an exchange that is started now: the market's seed")
    parser.add_argument("--speed", help="for an exchange that is started now: how fast its time runs")
    return parser.parse_args(argv)


def main(argv: Sequence[str]) -> int:
    """Open the desk; returns the exit code. What went wrong is said in the person's language."""
    given = _arguments(argv)
    language = Language(given.lang)
    practice = [f"--{name}={value}" for name in ("seed", "speed") if (value := getattr(given, name)) is not None]
    options = DeskOptions(given.data, given.account, tuple(practice))
    plain = given.plain or not (sys.stdin.isatty() and sys.stdout.isatty())
    say: Callable[[Message], int] = lambda message: sys.stderr.write(words(message, language) + "\n")  # noqa: E731
    try:
        asyncio.run(_terminal(options, language, plain=plain))
    except (FolderLocked, StorageError, PracticeUnavailable) as error:
        say(error.message)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0

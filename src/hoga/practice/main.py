"""``hoga practice``: the practice exchange as a process of its own.

Prints one JSON line on standard output when it is ready; everything else goes to standard error. Exit codes: 0 ended in
good order, 1 failed, 2 wrong options, 3 the data folder is in use.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import msgspec
import platformdirs

from hoga.base.clock import SystemClock
from hoga.practice.assembly import Pace, assemble
from hoga.practice.control_words import BadWish, parse_moment
from hoga.practice.engine.ledger import LedgerError
from hoga.practice.folder import DataFolder, FolderInUse
from hoga.practice.market.bars_file import MarketFileError
from hoga.practice.process import LISTENERS, PracticeServer, die
from hoga.practice.runner import check_speed
from hoga.practice.server import PortWish
from hoga.practice.settings import AllSettings

FAILED = 1
IN_USE = 3
DEFAULT_SEED = 1
_CONNECTIONS = 16_384
_LAST_PORT_BASE = 65_536 - len(LISTENERS)
_OLDER_WIDTHS = {"trade_width": 46, "book_width": 59, "notice_width": 23, "foreign_notice_width": 21}
_log = logging.getLogger(__name__)


def main(argv: Sequence[str]) -> int:
    """Run until told to end; returns the exit code."""
    parser = _parser()
    options = parser.parse_args(argv)
    if options.record_widths == "older":
        options.settings = {**_OLDER_WIDTHS, **options.settings}
    paused = options.settings.pop("market_paused", False)
    if not isinstance(paused, bool):
        parser.error("market_paused is true or false")
    options.market_paused = paused
    try:
        AllSettings().update(options.settings)
    except ValueError as error:
        parser.error(str(error))
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        folder = DataFolder.open(options.data)
    except FolderInUse as error:
        return _refuse(error)
    except OSError as error:
        return _give_up(options.data, error)
    _allow_many_connections()
    try:
        return asyncio.run(_serve(options, folder))
    except (LedgerError, MarketFileError, OSError) as error:
        return _give_up(options.data, error)
    finally:
        folder.close()


async def _serve(options: argparse.Namespace, folder: DataFolder) -> int:
    loop = asyncio.get_running_loop()
    follow = options.start is None and options.speed == 1.0
    assembly = assemble(
        folder.path,
        seed=options.seed,
        start=options.start or SystemClock().now(),
        pace=Pace(speed=options.speed, follow=follow, paused=options.market_paused),
        wire_now=loop.time,
        die=die,
        settings=options.settings,
        # The loop's clock stands still while a computer sleeps; the wall clock does not.
        pace_clock=time.time if follow else loop.time,
    )
    try:
        server = PracticeServer(assembly, idle_seconds=options.idle_minutes * 60.0)
        _on_signals(loop, server.stop)
        async with server.serving(_port_wishes(options.port_base, folder)) as reached:
            folder.remember_ports(server.ports)
            folder.publish_endpoint({**reached, "pid": os.getpid(), "ledger": assembly.exchange.ledger_id})
            _announce(reached)
            await server.ended.wait()
            folder.withdraw_endpoint()
    finally:
        assembly.close()
    return FAILED if server.failure else 0


def _port_wishes(base: int, folder: DataFolder) -> list[PortWish]:
    """The ports asked for and no others; else those of the run before if they are free."""
    if base:
        return [PortWish(base + place, firm=True) for place in range(len(LISTENERS))]
    # A folder that was last used before Kiwoom had a door remembers fewer.
    last = [PortWish(port) for port in folder.last_ports()[: len(LISTENERS)]]
    return last + [PortWish()] * (len(LISTENERS) - len(last))


def _announce(reached: object) -> None:
    try:
        sys.stdout.write(msgspec.json.encode(reached).decode() + "\n")
        sys.stdout.flush()
    except OSError:
        _log.info("nobody reads standard output; endpoint.json tells the same")


def _give_up(folder: Path, error: Exception) -> int:
    sys.stderr.write(
        f"hoga practice: 실행할 수 없습니다. 디스크 공간, 폴더 권한, 포트를 확인하세요 · cannot run: {error}."
        f" Check the room on the disk, the rights of {folder} and the ports, or choose another folder with --data.\n"
    )
    return FAILED


def _refuse(error: FolderInUse) -> int:
    control = error.endpoint.get("control")
    reach = f"its control endpoint is {control}" if control else "it is still starting"
    sys.stderr.write(
        f"hoga practice: 이 폴더에서 이미 실행 중입니다 · already running on {error.folder}: {reach}."
        " Join it, stop it with POST /stop, or choose another folder with --data.\n"
    )
    return IN_USE


def _allow_many_connections() -> None:
    """So that somebody who opens many and closes none does not keep others out."""
    if sys.platform != "win32":
        import resource

        allowed, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = _CONNECTIONS if most == resource.RLIM_INFINITY else min(most, _CONNECTIONS)
        if allowed < wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def _on_signals(loop: asyncio.AbstractEventLoop, stop: Callable[[], None]) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        if sys.platform == "win32":
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop))
        else:
            loop.add_signal_handler(number, stop)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hoga practice", description="연습 거래소 · the practice exchange, on this machine only"
    )
    parser.add_argument("--data", type=Path, default=_default_folder(), help="데이터 폴더 · where its ledger is kept")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help="시장의 씨앗값 · the same seed, the same market")
    parser.add_argument(
        "--speed", type=_speed, default=1.0, help="시간 배속(상한) · market seconds per second, at most"
    )
    parser.add_argument("--start", type=_moment, help="시작 시각(KST) · first moment, e.g. 2026-11-20T09:00:00")
    parser.add_argument(
        "--port-base",
        type=_port,
        default=0,
        help=f"{', '.join(LISTENERS)}: N .. N+{len(LISTENERS) - 1} (0: as last time, or free ones)",
    )
    parser.add_argument(
        "--record-widths",
        choices=("today", "older"),
        default="today",
        help="older: 46/59/23 fields for clients that know no others",
    )
    parser.add_argument(
        "--settings",
        action=_AddSetting,
        default={},
        metavar="NAME=VALUE",
        help="as POST /settings takes them, e.g. rate_limits=false, market_paused=true",
    )
    parser.add_argument(
        "--idle-minutes", type=_minutes, default=10.0, help="end when nobody has been there for so long (0: never)"
    )
    return parser


class _AddSetting(argparse.Action):
    """Collects ``NAME=VALUE``; a value is JSON (true, 12, 0.5). What exists is checked by the door."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[object] | None,
        option_string: str | None = None,
    ) -> None:
        name, _, value = str(values).partition("=")
        try:
            decoded = msgspec.json.decode(value)
        except msgspec.DecodeError:
            parser.error(f"{option_string}: NAME=VALUE with a number, true or false, was {values}")
        setattr(namespace, self.dest, {**getattr(namespace, self.dest), name: decoded})


def _default_folder() -> Path:
    return Path(platformdirs.user_data_dir("hoga", appauthor=False)) / "practice"


def _speed(given: str) -> float:
    value = float(given)
    try:
        check_speed(value)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    return value


def _minutes(given: str) -> float:
    value = float(given)
    if not value >= 0:
        raise argparse.ArgumentTypeError(f"0 or more, was {given}")
    return value


def _port(given: str) -> int:
    value = int(given)
    if value != 0 and not 1024 <= value <= _LAST_PORT_BASE:
        raise argparse.ArgumentTypeError(f"0 or 1024 .. {_LAST_PORT_BASE}, was {given}")
    return value


def _moment(given: str) -> datetime:
    try:
        return parse_moment(given)
    except BadWish as error:
        raise argparse.ArgumentTypeError(str(error)) from error


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""``hoga desk``: which view to open, on what, in which language; and what is said when it cannot be."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import platformdirs

from hoga.app.options import ENVIRONMENTS, DeskOptions
from hoga.base.message import Language, Message


def default_data() -> Path:
    """Where everything lives unless ``--data`` says otherwise."""
    return platformdirs.user_data_path("hoga", appauthor=False)


def add_practice_options(parser: argparse.ArgumentParser) -> None:
    """The options of every command that joins or starts the practice exchange."""
    parser.add_argument("--account", choices=sorted(ENVIRONMENTS), help="dialect of the practice accounts, this time")
    parser.add_argument("--seed", help="for an exchange that is started now: the market's seed")
    parser.add_argument("--speed", help="for an exchange that is started now: how fast its time runs")


def practice_options(given: argparse.Namespace) -> tuple[str, ...]:
    """What is handed on to ``hoga practice``."""
    return tuple(f"--{name}={value}" for name in ("seed", "speed") if (value := getattr(given, name)) is not None)


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="hoga desk", description="The desk on Practice.")
    parser.add_argument("--data", type=Path, default=default_data(), help="the folder in which everything is kept")
    parser.add_argument("--lang", choices=[one.value for one in Language], help="else what the settings say")
    parser.add_argument("--terminal", action="store_true", help="in this terminal instead of a window")
    parser.add_argument("--plain", action="store_true", help="in this terminal, as plain lines")
    parser.add_argument("--replay", type=Path, help="play this recording, or the newest of this folder")
    add_practice_options(parser)
    return parser.parse_args(argv)


def _has_screen() -> bool:
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def main(argv: Sequence[str]) -> int:
    """Open the desk; returns the exit code. What went wrong is said in the person's language."""
    given = _arguments(argv)
    language = Language(given.lang) if given.lang else None
    options = DeskOptions(given.data, given.account, practice_options(given))
    if given.terminal or given.plain:
        return _in_terminal(options, language or Language.KO, plain=given.plain)
    if _has_screen():
        from hoga.app.start import run

        return run(options, language, given.replay)
    from hoga.app.words import words

    sys.stderr.write(words(Message("NO_SCREEN"), language or Language.KO) + "\n")
    return _in_terminal(options, language or Language.KO, plain=False)


def _in_terminal(options: DeskOptions, language: Language, *, plain: bool) -> int:
    from hoga.app.terminal import run
    from hoga.app.words import words
    from hoga.broker.practice_link import PracticeUnavailable
    from hoga.storage.errors import FolderLocked, StorageError

    plain = plain or not (sys.stdin.isatty() and sys.stdout.isatty())
    try:
        run(options, language, plain=plain)
    except (FolderLocked, StorageError, PracticeUnavailable) as error:
        sys.stderr.write(words(error.message, language) + "\n")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0

"""The desk in a terminal: for machines without a screen, and for those who like it so."""

from __future__ import annotations

import asyncio
import sys

from hoga.app.looking_on import looking_on
from hoga.app.single_desk import DeskOptions, practice_desk
from hoga.app.words import words
from hoga.base.message import Language
from hoga.storage.errors import FolderLocked
from hoga.terminal.fullscreen import FullScreen
from hoga.terminal.plain import run as run_plain
from hoga.terminal.session import Session
from hoga.trading.facade import Desk


async def _terminal(options: DeskOptions, language: Language, *, plain: bool) -> None:
    """Where another desk trades on the folder already, this one looks on."""
    try:
        async with practice_desk(options) as opened:
            await _session(opened.desk, opened.title, language, plain=plain)
    except FolderLocked as locked:
        sys.stderr.write(words(locked.message, language) + "\n")
        async with looking_on(options) as looked_on:
            desk = looked_on.desk
            read_only = words(desk.why, language)
            await _session(desk, f"{read_only} · {desk.account.label}", language, plain=plain)


async def _session(desk: Desk, title: str, language: Language, *, plain: bool) -> None:
    session = Session(desk, title, words, language)
    await session.start()
    try:
        await (run_plain(session) if plain else FullScreen(session).run())
    finally:
        session.close()


def run(options: DeskOptions, language: Language, *, plain: bool) -> None:
    """Open the desk and return when the person leaves. Raises what ``practice_desk`` raises."""
    asyncio.run(_terminal(options, language, plain=plain))

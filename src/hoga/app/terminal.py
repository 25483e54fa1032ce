"""The desk in a terminal: for machines without a screen, and for those who like it so."""

from __future__ import annotations

import asyncio

from hoga.app.practice_desk import DeskOptions, practice_desk
from hoga.app.words import words
from hoga.base.message import Language
from hoga.terminal.fullscreen import FullScreen
from hoga.terminal.plain import run as run_plain
from hoga.terminal.session import Session


async def _terminal(options: DeskOptions, language: Language, *, plain: bool) -> None:
    async with practice_desk(options) as opened:
        session = Session(opened.desk, opened.title, words, language)
        await session.start()
        try:
            await (run_plain(session) if plain else FullScreen(session).run())
        finally:
            session.close()


def run(options: DeskOptions, language: Language, *, plain: bool) -> None:
    """Open the desk and return when the person leaves. Raises what ``practice_desk`` raises."""
    asyncio.run(_terminal(options, language, plain=plain))

"""The desk on plain lines: for pipes, scripts and terminals that can do no more. One line in, what became of it out."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from typing import TextIO

from hoga.terminal import picture as drawn
from hoga.terminal.session import Session

_SETTLE_S = 0.4
"""How long the answers to one line are waited for before the picture is written."""


async def run(session: Session, source: TextIO = sys.stdin, out: TextIO = sys.stdout) -> None:
    """Serve lines from ``source`` until it ends or the person leaves."""
    await _show(session, out)
    while not session.over:
        line = await asyncio.to_thread(source.readline)
        if not line:
            return
        for said in await session.execute(line.strip()):
            out.write(said + "\n")
        await asyncio.sleep(_SETTLE_S)
        await _show(session, out)


async def _show(session: Session, out: TextIO) -> None:
    picture = session.picture()
    parts: tuple[Callable[[drawn.Picture], drawn.Styled], ...] = (
        drawn.header,
        drawn.quote_line,
        drawn.book_rows,
        drawn.order_rows,
        drawn.holding_rows,
        drawn.activity_rows,
    )
    for part in parts:
        text = "".join(fragment[1] for fragment in part(picture))
        out.write(text if text.endswith("\n") else text + "\n")
    out.flush()

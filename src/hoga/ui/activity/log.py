"""The lines that the activity tab has heard, each once and in order, although the desk keeps only the newest."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from msgspec.structs import replace

from hoga.trading.views import Line
from hoga.ui.activity.rows import ActivityRow

MOST = 5_000
"""Lines kept for the eye; the log itself keeps all."""


class HeardLines:
    """``hear`` takes the desk's newest lines again and again; what is new among them is added."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._earlier = count(0, -1)
        self._rows: list[ActivityRow] = []
        self._newest: Line | None = None
        self.oldest_read: int | None = None
        """The place in the log from which on older lines were read; None before the first read."""

    @property
    def newest_first(self) -> tuple[ActivityRow, ...]:
        return tuple(reversed(self._rows))

    def hear(self, lines: Sequence[Line]) -> int:
        """Returns how many were new. The desk hands out the same objects each time, so identity tells lines apart."""
        fresh: list[Line] = []
        for line in reversed(lines):
            if line is self._newest:
                break
            fresh.append(line)
        if lines:
            self._newest = lines[-1]
        self._rows += [ActivityRow(next(self._numbers), line) for line in reversed(fresh)]
        del self._rows[:-MOST]
        return len(fresh)

    def put_before(self, older: Sequence[Line]) -> int:
        """Lines read from the log, newest first: those before the first one heard are put before it."""
        if older and older[-1].seq is not None:
            self.oldest_read = older[-1].seq
        if self._rows:
            older = _before(self._rows[0].line, older)
        rows = [ActivityRow(next(self._earlier), line) for line in older]
        self._rows[:0] = reversed(rows)
        return len(rows)


def _before(first: Line, older: Sequence[Line]) -> Sequence[Line]:
    """Those of ``older`` that came before ``first``. A line heard live has no place in the log yet: it is recognised
    by what it says, else by its time."""
    if first.seq is not None:
        return [line for line in older if line.seq is not None and line.seq < first.seq]
    same = next((place for place, line in enumerate(older) if replace(line, seq=None) == first), None)
    return [line for line in older if line.at < first.at] if same is None else older[same + 1 :]

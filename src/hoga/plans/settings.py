"""How an approved plan is carried out. Every number can be changed before approving; what was approved keeps its own.

Seconds are market time.
"""

from __future__ import annotations

from hoga.domain.tables import Strict


class ExecutionSettings(Strict, frozen=True, kw_only=True):
    """None of these can carry a plan above its ceilings: they decide when and how often, never how much."""

    look_s: int = 180
    """Between two looks at unfilled orders."""
    reprice_after_s: int = 600
    """An order that has stood at its price so long is moved to the current one, inside the collar."""
    most_reprices: int = 6
    """Of one order."""
    reprice_gap_s: int = 1
    """Between two reprices."""
    tries: int = 3
    """Orders that one round may send for one leg: the first, and those after a refusal."""
    retry_after_s: int = 30
    """After a refusal, before the leg is tried again."""
    sells_wait_s: int = 1200
    """After the last sell round, before the person is asked what to do about sells that still work."""
    buys_wait_s: int = 1200
    """After the last buy round, before what still works is cancelled and told as leftover."""
    ask_after_away_s: int = 900
    """A desk that was away longer than this while rounds came due asks before it goes on."""
    moved_part: int = 20_000
    """How far (parts per million) a price, the cash or the total may move between preview and approval."""
    through_auction: bool = True
    """What still works when continuous trading ends takes part in the closing auction; off: it is cancelled before."""
    stale_s: int = 10
    """A price older than this is read again before a child is priced."""

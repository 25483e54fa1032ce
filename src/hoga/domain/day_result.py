"""What a day has brought so far: realised and open together, against yesterday's close, after costs.

Losses of earlier days are no part of it, whether the shares are still held or were sold today: a day's loss limit that
counted them would be reached by looking at it. Everything is exact: no average is needed.
"""

from __future__ import annotations

from hoga.domain.positions import NO_FLOW, Flow


def day_result(held: int, last: int, base: int, flow: Flow = NO_FLOW, costs: int = 0) -> int:
    """One instrument's result of the day in units.

    ``held`` shares now at ``last``; what was held when the day began, at the day's ``base`` price (yesterday's close,
    adjusted); ``flow``: what filled today; ``costs``: fees and taxes of those fills. Raises ValueError when more was
    sold than there can have been.
    """
    began = held - flow.bought + flow.sold
    if began < 0:
        raise ValueError(f"{flow.sold} were sold and {held} are held, but only {flow.bought} were bought")
    return held * last - began * base + flow.sold_amount - flow.bought_amount - costs

"""Exact weights, the total they are taken of, and drift bands. Source: markets.md 8.4.

A weight is ``parts`` of a common ``whole``, so one third is exactly one third and nothing is ever rounded twice.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from hoga.plans.inputs import WHOLE, Asset, Inputs, Rules, Weighting

_NO_ONE_HAS = 10**18
"""Won. Where even that does not help, nothing does."""


class Weights(Struct, frozen=True):
    """Each managed code's share of the total: ``parts[code] / whole``."""

    parts: Mapping[str, int]
    whole: int

    @property
    def ppm(self) -> Mapping[str, int]:
        """For bars and tables: parts per million, cut down."""
        return {code: parts * WHOLE // self.whole for code, parts in self.parts.items()}


def weights_of(inputs: Inputs) -> Weights:
    """What the targets ask for. A missing own weight counts as 0: ``checks`` has refused it by then."""
    managed = inputs.managed
    if inputs.rules.weighting is Weighting.EQUAL:
        return Weights({row.code: 1 for row in managed}, max(len(managed), 1))
    return Weights({row.code: row.weight or 0 for row in managed}, WHOLE)


class Base(Struct, frozen=True):
    """The total that the weights are taken of, in won: ``gross`` less ``buffer``, never below 0."""

    holdings: int
    cash: int
    buffer: int

    @property
    def gross(self) -> int:
        return self.holdings + self.cash

    @property
    def total(self) -> int:
        return max(self.gross - self.buffer, 0)


def base_of(inputs: Inputs, deposit: int) -> Base:
    """Managed holdings, counted others and D+2 cash with a deposit; less the buffer."""
    assets = inputs.by_code
    counted = [row.code for row in inputs.targets if row.counted] + [row.code for row in inputs.managed]
    holdings = sum(assets[code].value for code in dict.fromkeys(counted) if code in assets)
    cash = inputs.account.settled_d2 + deposit
    gross = max(holdings + cash, 0)
    return Base(holdings, cash, max(inputs.rules.buffer, gross * inputs.rules.buffer_part // WHOLE))


def inside_band(rules: Rules, value: int, parts: int, whole: int, total: int) -> bool:
    """Whether a holding worth ``value`` is near enough to its target to be left alone.

    Outside when off by more than ``band`` of the total or more than ``band_relative`` of the target. All cross
    multiplied: no division, no rounding.
    """
    off = abs(value * whole - parts * total)
    if not rules.band and not rules.band_relative:
        return off == 0
    if rules.band and off * WHOLE > rules.band * total * whole:
        return False
    return not (rules.band_relative and off * WHOLE > rules.band_relative * parts * total)


def needs_selling(inputs: Inputs, weights: Weights, deposit: int) -> bool:
    """Whether, with ``deposit`` more, some managed holding is still so far above its target that it would be sold."""
    total = base_of(inputs, deposit).total
    assets = inputs.by_code
    return any(
        _too_much(inputs.rules, assets[code], parts, weights.whole, total) for code, parts in weights.parts.items()
    )


def _too_much(rules: Rules, asset: Asset, parts: int, whole: int, total: int) -> bool:
    above = asset.value * whole > parts * total
    return above and not inside_band(rules, asset.value, parts, whole, total)


def least_deposit(inputs: Inputs) -> int | None:
    """The least won to put in so that nothing needs selling: every holding at or below its target, or inside its band.

    None when no sum does it: an instrument with target 0 is held, or the buffer takes all there is. Raises KeyError for
    a code without an asset.
    """
    weights = weights_of(inputs)
    assets = inputs.by_code
    if any(parts == 0 and assets[code].value for code, parts in weights.parts.items()):
        return None
    if not needs_selling(inputs, weights, 0):
        return 0
    enough = 1
    while needs_selling(inputs, weights, enough):
        enough *= 2
        if enough > _NO_ONE_HAS:
            return None
    low, high = enough // 2, enough
    # The total never falls as the deposit grows, so what is inside stays inside: a search by halves finds the least.
    while high - low > 1:
        middle = (low + high) // 2
        if needs_selling(inputs, weights, middle):
            low = middle
        else:
            high = middle
    return high


def rescaled(weights: Mapping[str, int], to: int = WHOLE) -> dict[str, int]:
    """Weights in their proportions, summing to exactly ``to`` by largest remainder (ties by code).

    Raises ValueError when there is nothing to scale.
    """
    total = sum(weights.values())
    if total <= 0:
        raise ValueError("weights that sum to nothing cannot be rescaled")
    floors = {code: weight * to // total for code, weight in weights.items()}
    by_rest = sorted(weights, key=lambda code: (-(weights[code] * to % total), code))
    for code in by_rest[: to - sum(floors.values())]:
        floors[code] += 1
    return floors


def from_current(inputs: Inputs) -> dict[str, int]:
    """What the managed holdings weigh now, cut down to parts per million: 'set from current'."""
    total = base_of(inputs, 0).total
    assets = inputs.by_code
    return {row.code: assets[row.code].value * WHOLE // total if total else 0 for row in inputs.managed}

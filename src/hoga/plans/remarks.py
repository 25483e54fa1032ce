"""What a reckoned plan has to say for itself before it is approved: what does not fit, what was held back, what it does
that a person may not expect."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from hoga.domain.tickets import Side
from hoga.plans.allocation import volume_cap
from hoga.plans.checks import error, percent, warning
from hoga.plans.inputs import WHOLE, Asset, Inputs, OverCap, Role, Style
from hoga.plans.plan import Issue, Leg, Plan
from hoga.plans.prices import side_plan
from hoga.plans.schedule import Round, needed_spacing

_MINUTE = timedelta(minutes=1)


def remarks(plan: Plan, scaled: tuple[int, int] | None) -> tuple[Issue, ...]:
    return (*_cash(plan, scaled), *_legs(plan), *_times(plan), *_rows(plan.inputs))


def _cash(plan: Plan, scaled: tuple[int, int] | None) -> Iterator[Issue]:
    if not plan.legs:
        yield error("PLAN_NOTHING_TO_DO")
    if scaled is not None:
        yield warning("PLAN_BUYS_SCALED", needed=scaled[0], there=max(scaled[1], 0))
    if plan.inputs.account.settled_d2 < 0:
        yield warning("PLAN_COVERS_DEBT", debt=-plan.inputs.account.settled_d2)
    if plan.inputs.rules.deposit:
        yield warning("PLAN_DEPOSIT_FIRST", deposit=plan.inputs.rules.deposit)
    for stay in plan.stays:
        if stay.why.code == "PLAN_STAYS_NO_CASH":
            yield warning("PLAN_NO_CASH_FOR_ONE", stay.code, **stay.why.values)


def _legs(plan: Plan) -> Iterator[Issue]:
    allowed = {row.code: row.sell_out for row in plan.inputs.targets}
    assets = plan.inputs.by_code
    for leg in plan.legs:
        asset = assets[leg.code]
        if leg.side is Side.SELL and leg.shares == asset.held and not allowed[leg.code]:
            yield error("PLAN_SELLS_OUT", leg.code, name=asset.name, held=asset.held)
        if leg.side is Side.SELL and leg.wanted > asset.sellable:
            yield warning("PLAN_SELLABLE_SHORT", leg.code, wanted=leg.wanted, sellable=asset.sellable)
        rounds = side_plan(plan.inputs, leg.side).rounds
        if leg.shares < rounds:
            yield warning("PLAN_FEWER_SHARES_THAN_ROUNDS", leg.code, shares=leg.shares, rounds=rounds)
        yield from _volume(plan.inputs, leg, asset)
    yield from _market(plan)


def _volume(inputs: Inputs, leg: Leg, asset: Asset) -> Iterator[Issue]:
    rules = inputs.rules
    if not rules.volume_part:
        return
    cap = volume_cap(inputs, asset)
    if cap is None:
        yield error("PLAN_VOLUME_UNKNOWN", leg.code)
    elif leg.shares > cap:
        tell = error if rules.over_cap is OverCap.REFUSE else warning
        part = percent(leg.shares * WHOLE // asset.volume) if asset.volume else "–"
        yield tell("PLAN_OVER_VOLUME", leg.code, shares=leg.shares, cap=cap, part=part, days=_days(leg.shares, cap))
    elif rules.over_cap is OverCap.CUT and leg.wanted > cap:
        yield warning("PLAN_CUT_TO_VOLUME", leg.code, wanted=leg.wanted, cap=cap, days=_days(leg.wanted, cap))


def _days(shares: int, cap: int) -> object:
    return -(-shares // cap) if cap else "–"


def _market(plan: Plan) -> Iterator[Issue]:
    for side in Side:
        mine = [leg for leg in plan.legs if leg.side is side]
        if mine and side_plan(plan.inputs, side).style is Style.MARKET:
            yield warning("PLAN_MARKET_BUYS" if side is Side.BUY else "PLAN_MARKET_SELLS")
            assets = plan.inputs.by_code
            for leg in mine:
                if side is Side.BUY and assets[leg.code].upper_limit is None:
                    yield error("PLAN_NO_UPPER_LIMIT", leg.code)


def _times(plan: Plan) -> Iterator[Issue]:
    sells = tuple(round for round in plan.rounds if round.side is Side.SELL)
    buys = tuple(round for round in plan.rounds if round.side is Side.BUY)
    for side, rounds in ((Side.SELL, sells), (Side.BUY, buys)):
        how = side_plan(plan.inputs, side)
        spacing = needed_spacing(rounds, plan.inputs.timing)
        if len(rounds) > 1 and how.spacing_s < spacing:
            yield error("PLAN_SPACING_SHORT", side=side.value, spacing=how.spacing_s, needed=spacing)
        yield from _fit(plan.inputs, side, rounds)
    wished = plan.inputs.timing.buy.start
    if sells and buys and wished is not None and wished < sells[-1].ends:
        ends = max(round.ends for round in sells)
        yield warning("PLAN_BUYS_WAIT", start=f"{wished:%H:%M}", ends=f"{ends:%H:%M:%S}")


def _fit(inputs: Inputs, side: Side, rounds: tuple[Round, ...]) -> Iterator[Issue]:
    late = [round for round in rounds if not round.fits]
    if not late or not inputs.session.windows:
        return
    first, last = rounds[0].at, rounds[-1].ends
    left = max((window.end - max(first, window.start)) // _MINUTE for window in inputs.session.windows)
    yield error(
        "PLAN_ROUNDS_DO_NOT_FIT",
        side=side.value,
        late=len(late),
        rounds=len(rounds),
        needed=-((first - last) // _MINUTE),
        left=max(left, 0),
        closes=f"{max(window.end for window in inputs.session.windows):%H:%M}",
    )


def _rows(inputs: Inputs) -> Iterator[Issue]:
    assets = inputs.by_code
    for row in inputs.targets:
        held = assets[row.code].held if row.code in assets else 0
        if row.role is not Role.MANAGED and row.counted and held:
            yield warning("PLAN_COUNTED_NOT_TRADED", row.code, value=assets[row.code].value)

"""Shares against an independent brute force, and what must hold of every plan whatever the oracle thinks."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from hoga.domain.tickets import Side
from hoga.plans.allocation import _by_rest
from hoga.plans.inputs import WHOLE, Inputs, Rules, SidePlan, Timing
from hoga.plans.plan import Plan
from hoga.plans.planner import make_plan
from tests.plans.made import PLAIN, account, asset, inputs, target
from tests.plans.oracle import Case, Name, changes_of, worse


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 900_000)), max_size=30))
@example([(1, 3), (333_333, 999_999), (333_334, 1_000_001), (2, 6)])
def test_rests_stand_in_the_order_of_their_exact_fractions(rests: list[tuple[int, int]]) -> None:
    parts = [(SimpleNamespace(asset=asset(f"{n:06}", 1_000)), rest, of) for n, (rest, of) in enumerate(rests)]
    exact = sorted(parts, key=lambda part: (-Fraction(part[1], part[2]), part[0].asset.code))
    assert _by_rest(parts) == [part[0] for part in exact]  # type: ignore[arg-type]


PRICES = st.sampled_from([1, 990, 1_999, 2_000, 4_995, 5_000, 19_990, 20_000, 49_950, 70_100, 200_000, 500_000])


@st.composite
def cases(draw: st.DrawFn) -> Case:
    names = []
    left = WHOLE
    for number in range(draw(st.integers(1, 4))):
        weight = draw(st.one_of(st.integers(0, left), st.just(min(left, WHOLE // 4)), st.just(left)))
        left -= weight
        held = draw(st.integers(0, 40))
        names.append(Name(f"{number:06}", draw(PRICES), held, draw(st.integers(0, held)), Fraction(weight, WHOLE)))
    return Case(
        tuple(names),
        cash=draw(st.integers(-300_000, 3_000_000)),
        buffer=draw(st.sampled_from([0, 0, 10_000, 400_000])),
        rate=Fraction(draw(st.sampled_from([0, 140_527, 5_000_000])), 10**9),
        collar=draw(st.integers(0, 3)),
        least=draw(st.sampled_from([0, 0, 50_000])),
        sell=draw(st.booleans()),
        buy=draw(st.sampled_from([True, True, True, False])),
    )


def as_inputs(case: Case) -> Inputs:
    how = Timing(sell=_with(case.collar), buy=_with(case.collar))
    return inputs(
        tuple(asset(n.code, n.price, n.held, sellable=n.sellable) for n in case.names),
        tuple(target(n.code, int(n.weight * WHOLE)) for n in case.names),
        rules=Rules(
            buffer=case.buffer, buffer_part=0, volume_part=0, least_trade=case.least, sell=case.sell, buy=case.buy
        ),
        timing=how,
        account=account(case.cash, fee_rate=int(case.rate * 10**9)),
    )


def _with(collar: int) -> SidePlan:
    return SidePlan(rounds=3, spacing_s=300, style=PLAIN.style, collar=collar)


def changes_in(plan: Plan) -> dict[str, int]:
    return {leg.code: leg.side.sign * leg.shares for leg in plan.legs}


_THIRDS = tuple(Name(f"{n:06}", 70_100, 0, 0, Fraction(333_333, WHOLE)) for n in range(3))


_HALF = Fraction(1, 2)
_ONE_WON_SHORT = (Name("000000", 1_000, 0, 0, _HALF), Name("000001", 1_000, 1, 1, _HALF))
"""With a little commission and 2,000 won the second share costs one won more than there is."""


@given(cases())
@example(Case(_ONE_WON_SHORT, 2_000, 0, Fraction(140_527, 10**9), 0, 0, True, True))
@example(Case(_THIRDS, 1_000_000, 0, Fraction(0), 0, 0, True, True))
@example(Case((Name("000000", 500_000, 40, 40, Fraction(0)),), -300_000, 0, Fraction(0), 3, 0, True, True))
@settings(max_examples=400, deadline=None)
def test_shares_are_those_of_the_brute_force(case: Case) -> None:
    assert changes_in(make_plan(as_inputs(case))) == changes_of(case)


@given(cases())
@settings(max_examples=300, deadline=None)
def test_what_holds_of_every_plan(case: Case) -> None:
    plan = make_plan(as_inputs(case))
    changes = changes_in(plan)
    names = {name.code: name for name in case.names}
    if any(leg.side is Side.BUY for leg in plan.legs):
        assert case.left(changes) >= 0  # every order at its worst price, the buffer untouched
        assert plan.figures.cash_after_worst >= case.buffer
    assert plan.figures.cash_after >= plan.figures.cash_after_worst
    for leg in plan.legs:
        name = names[leg.code]
        assert 0 < leg.shares == leg.ceiling_shares
        goal = name.weight * case.total
        if leg.side is Side.SELL:
            assert leg.ceiling_won is None
            assert leg.shares <= name.sellable
            assert (name.held - leg.shares) * name.price > goal - name.price  # never more than a share below
        else:
            assert leg.ceiling_won == case.takes(name, leg.shares)
            assert (name.held + leg.shares) * name.price < goal + name.price  # never more than a share above
        assert leg.worst == worse(name.price, leg.side is Side.BUY, case.collar)
    assert {stay.code for stay in plan.stays} | set(changes) == set(names)


@given(cases())
@settings(max_examples=150, deadline=None)
def test_every_round_and_leg_sums_to_what_was_planned(case: Case) -> None:
    plan = make_plan(as_inputs(case))
    sent = dict.fromkeys(range(len(plan.legs)), 0)
    for due in plan.rounds:
        for child in due.children:
            assert plan.legs[child.leg].side is due.side
            sent[child.leg] += child.quantity
            assert child.total == sent[child.leg] <= plan.legs[child.leg].ceiling_shares
    assert sent == {number: leg.shares for number, leg in enumerate(plan.legs)}

"""Closing the window while plans run: what stands still then and what does not is said first; the person chooses."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from hoga.plans.facade import Plans
from hoga.plans.views import PlanState, RunningPlan
from hoga.ui.context import Context, Event
from hoga.ui.plan.asking import ask
from hoga.ui.plan.words import plan_state_words, said, time_words, translate

_PAUSE, _CLOSE = range(2)


def under_way(all_plans: Sequence[tuple[str, Plans]]) -> list[tuple[str, Plans, RunningPlan]]:
    """What is not over yet of every account, with the account's name."""
    return [(name, plans, plan) for name, plans in all_plans for plan in plans.running()]


async def may_leave(context: Context, all_plans: Sequence[tuple[str, Plans]], parent: QWidget) -> bool:
    """Whether the person closes all the same. Pausing is kept before this is answered; where that fails, it is said
    and nothing closes."""
    found = under_way(all_plans)
    if not found:
        return True
    choices = (translate("Parting", "Pause and close"), translate("Parting", "Close, go on at the next start"))
    answer = await ask(context, parent, translate("Parting", "A plan is under way"), _text(found), choices)
    if answer == _PAUSE:
        return await _paused(context, all_plans)
    return answer == _CLOSE


async def _paused(context: Context, all_plans: Sequence[tuple[str, Plans]]) -> bool:
    failed = False
    for _name, plans, plan in under_way(all_plans):  # of now: the person may have thought for long
        if plan.state is PlanState.PAUSED:
            continue
        refused = await plans.pause(plan.digest)
        if refused is not None:
            failed = True
            context.say(Event.REFUSED, said(context, refused), merge=f"plan {plan.digest}", sticky=True)
    return not failed


def _text(found: Sequence[tuple[str, Plans, RunningPlan]]) -> str:
    lines = [_line(name, plan) for name, _plans, plan in found]
    at_broker = sum(leg.working + leg.in_flight + leg.unknown for *_, plan in found for leg in plan.legs)
    waits = translate("Parting", "While hoga is closed, a plan sends nothing and cancels nothing.")
    stays = translate(
        "Parting", "{shares} sh are in orders at the broker: they stay there and may fill. Cancel them first if not."
    ).format(shares=f"{at_broker:,}")
    again = translate(
        "Parting",
        "At the next start a plan goes on from its record: nothing is sent twice, and about a round that was missed "
        "you are asked. A paused one waits for you to press Resume.",
    )
    return "\n\n".join(("\n".join(lines), waits + (f" {stays}" if at_broker else ""), again))


def _line(name: str, plan: RunningPlan) -> str:
    filled, ceiling = sum(leg.filled for leg in plan.legs), sum(leg.ceiling for leg in plan.legs)
    return translate("Parting", "{account}: {state}, {filled} of {ceiling} sh filled, next at {time}").format(
        account=name,
        state=plan_state_words(plan.state),
        filled=f"{filled:,}",
        ceiling=f"{ceiling:,}",
        time=time_words(plan.next_at),
    )

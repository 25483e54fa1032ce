"""Words that several parts of the plan tab share: states, roles, styles, digests, percentages, moments."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from hoga.base.clock import KST
from hoga.base.message import Message
from hoga.domain.tickets import Side
from hoga.plans.checks import percent
from hoga.plans.inputs import OverCap, Role, Style
from hoga.plans.views import Choice, DueState, LegState, PlanState, RoundState, Slippage
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.order.numbers import Part, read

translate = QCoreApplication.translate


def said(context: Context, message: Message) -> str:
    """A message and what to do about it, as running text."""
    return context.worded(message).replace(" · ", " ")


def side_words(side: Side) -> str:
    return translate("Plan", "Buy") if side is Side.BUY else translate("Plan", "Sell")


def role_words(role: Role) -> str:
    return {
        Role.MANAGED: translate("Plan", "Managed"),
        Role.EXCLUDED: translate("Plan", "Excluded"),
        Role.LOCKED: translate("Plan", "Locked"),
    }[role]


def style_words(style: Style) -> str:
    return {
        Style.BEST: translate("Plan", "Limit at the best opposite price"),
        Style.CURRENT: translate("Plan", "Limit at the last price"),
        Style.MARKET: translate("Plan", "Market"),
    }[style]


def over_cap_words(rule: OverCap) -> str:
    return {
        OverCap.WARN: translate("Plan", "Warn"),
        OverCap.CUT: translate("Plan", "Cut down to it"),
        OverCap.REFUSE: translate("Plan", "Refuse"),
    }[rule]


def plan_state_words(state: PlanState) -> str:
    return {
        PlanState.APPROVED: translate("Plan", "Waiting for its start"),
        PlanState.RUNNING: translate("Plan", "Running"),
        PlanState.HELD: translate("Plan", "Held up"),
        PlanState.PAUSED: translate("Plan", "Paused"),
        PlanState.ASKING: translate("Plan", "Asking you"),
        PlanState.STOPPING: translate("Plan", "Stopping"),
        PlanState.STOPPED: translate("Plan", "Stopped"),
        PlanState.DONE: translate("Plan", "Done"),
    }[state]


def leg_state_words(state: LegState) -> str:
    return {
        LegState.AHEAD: translate("Plan", "Ahead"),
        LegState.TRADING: translate("Plan", "Trading"),
        LegState.HELD: translate("Plan", "Held up"),
        LegState.MANUAL: translate("Plan", "By hand"),
        LegState.COMPLETE: translate("Plan", "Complete"),
        LegState.LEFT_OVER: translate("Plan", "Left over"),
    }[state]


def round_state_words(state: RoundState) -> str:
    return {
        RoundState.AHEAD: translate("Plan", "Ahead"),
        RoundState.RUNNING: translate("Plan", "Running"),
        RoundState.DONE: translate("Plan", "Done"),
        RoundState.MERGED: translate("Plan", "Merged into a later one"),
        RoundState.SKIPPED: translate("Plan", "Skipped"),
    }[state]


def choice_words(choice: Choice) -> str:
    return {
        Choice.GO_ON: translate("Plan", "Go on"),
        Choice.WAIT: translate("Plan", "Wait longer"),
        Choice.BUY_WITH_FREED: translate("Plan", "Buy with the cash freed"),
        Choice.STOP: translate("Plan", "Stop"),
        Choice.STOP_AND_CANCEL: translate("Plan", "Stop and cancel what works"),
        Choice.OURS: translate("Plan", "They are this plan's"),
        Choice.NOT_OURS: translate("Plan", "They are not"),
    }[choice]


def due_words(state: DueState) -> str:
    return {
        DueState.NOT_YET: translate("Plan", "Not yet"),
        DueState.PREVIEWED: translate("Plan", "Waits for your approval"),
        DueState.MISSED: translate("Plan", "Its start was missed"),
        DueState.STARTED: translate("Plan", "Started today"),
        DueState.LEFT_OUT: translate("Plan", "Left out today"),
        DueState.NO_PLAN: translate("Plan", "No plan could be made"),
    }[state]


def digest_words(digest: str) -> str:
    """Enough of a digest to compare by eye, in groups of four: 3f9a 01c2 88b4 d7e0."""
    return " ".join(digest[at : at + 4] for at in range(0, 16, 4))


def part_words(ppm: int | None, decimals: int = 2) -> str:
    """Parts per million as ``12.35 %``, rounded half up; a dash for what is not known."""
    if ppm is None:
        return fmt.DASH
    step = 10 ** (4 - decimals)
    return f"{percent((2 * ppm + step) // (2 * step) * step)} %"


def exact_part_words(ppm: int | None) -> str:
    return "" if ppm is None else percent(ppm)


def read_part(text: str) -> int | None:
    """Typed percent as parts per million, exactly; None for what is no number or finer than that."""
    typed = read(text)
    if typed is None:
        return None
    exact = (typed.percent if isinstance(typed, Part) else typed.value) * 10_000
    return int(exact) if exact == exact.to_integral_value() else None


def read_whole(text: str) -> int | None:
    """A typed whole number, with a sign where it has one; None for what is none."""
    clean = text.strip().replace(fmt.MINUS, "-")
    negative = clean.startswith("-")
    typed = read(clean.lstrip("+-"))
    if typed is None or isinstance(typed, Part) or typed.value != typed.value.to_integral_value():
        return None
    return -int(typed.value) if negative else int(typed.value)


def time_words(moment: datetime | None) -> str:
    return fmt.DASH if moment is None else f"{moment.astimezone(KST):%H:%M:%S}"


def bp_words(slippage: Slippage) -> str:
    if slippage.bp is None:
        return fmt.DASH
    sign = "+" if slippage.bp > 0 else ""
    return f"{sign}{slippage.bp:,.2f}".replace("-", fmt.MINUS)


def won_words(won: int | None) -> str:
    return fmt.DASH if won is None else fmt.signed(won)


def average_words(average: Decimal | None) -> str:
    return fmt.DASH if average is None else f"{average:,.2f}".removesuffix(".00")

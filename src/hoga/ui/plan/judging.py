"""What is to be said about a draft, for every chosen account: judged by the planner itself, on what is known now."""

from __future__ import annotations

from collections.abc import Sequence

from hoga.plans.plan import Issue
from hoga.ui.context import Context
from hoga.ui.plan.accounts import Accounts, PlanAccount, judged
from hoga.ui.plan.draft import Draft
from hoga.ui.plan.issues import Told, told
from hoga.ui.plan.words import said


def issues_of(context: Context, accounts: Accounts, draft: Draft, loose: Sequence[Issue]) -> tuple[Told, ...]:
    """``loose``: what could not be read of a text that was pasted. An empty editor has nothing wrong with it yet."""
    several = len(accounts.chosen) > 1
    found = list(told(context, loose))
    for one in accounts.chosen:
        found += _of_account(context, one, draft, one.name if several else "")
    return tuple(found) if draft.targets else tuple(one for one in found if one.account or one.code or loose)


def _of_account(context: Context, one: PlanAccount, draft: Draft, name: str) -> list[Told]:
    found = []
    if one.trouble is not None:
        text = said(context, one.trouble)
        found.append(Told(f"{name}: {text}" if name else text, True, account=name))
    inputs = one.now(draft)
    if inputs is None:
        return found
    # A code that is being read is not unknown yet.
    late = one.missing(draft) - one.unknown
    issues = [i for i in judged(inputs) if not (i.message.code == "PLAN_UNKNOWN_CODE" and i.code in late)]
    return [*found, *told(context, issues, name)]

"""The same targets on several accounts: one plan each, previewed and approved together."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from hoga.base.message import Message
from hoga.broker.port import Unreachable
from hoga.domain.accounts import ConnectionId, PracticeAccount, WireProfile
from hoga.ui.plan.draft import Draft
from hoga.ui.plan.page import PlanPage
from tests.support.fake_desk import FakeDesk, portfolio
from tests.support.fake_plans import FakePlans
from tests.ui.conftest import Run
from tests.ui.plan.conftest import Stand, targets


class Two(Stand):
    """A second account, of the other broker, with cash alone."""

    def __init__(self) -> None:
        super().__init__()
        account = PracticeAccount(ConnectionId("kiwoom-real@practice-9c1d"), "****7788", WireProfile.KIWOOM_REAL)
        self.other_desk = FakeDesk(account)
        self.other_desk.feed_all()
        self.other_desk.set_portfolio(portfolio(self.desk.clock.now(), cash=50_000_000))
        self.other = FakePlans(self.other_desk)
        self.context.desks = lambda: (self.desk, self.other_desk)
        self.page.deleteLater()
        self.page = PlanPage(self.context, self.plans, lambda: (("KIS", self.plans), ("Kiwoom", self.other)))


@pytest.fixture
def two(qtbot: QtBot) -> Iterator[Two]:
    made = Two()
    qtbot.addWidget(made.page)
    yield made
    made.context.stop()


def choose_both(two: Two, run: Run) -> None:
    two.on_loop(run, lambda: two.page.composing._choose(str(two.other.connection), True))


def test_ones_own_account_is_chosen_at_first_and_one_always_is(two: Two, run: Run) -> None:
    accounts = two.page.accounts
    assert [one.name for one in accounts.all] == ["KIS", "Kiwoom"]
    assert [one.name for one in accounts.chosen] == ["KIS"]
    accounts.choose(accounts.own.connection, False)
    assert [one.name for one in accounts.chosen] == ["KIS"]


def test_each_account_gets_its_own_plan(two: Two, run: Run) -> None:
    choose_both(two, run)
    run(two.previewed(Draft(targets=targets(), others_excluded=True)))
    previewed = two.page.composing.pane.previewed
    assert previewed is not None
    plans = [entry.plan for entry in previewed.entries]
    assert all(plan is not None for plan in plans)
    assert [plan.inputs.account.connection for plan in plans if plan is not None] == [
        str(two.plans.connection), str(two.other.connection),
    ]  # fmt: skip
    assert two.page.composing.pane.account.count() == 2
    assert two.page.composing.why_not_approve() == ""


def test_one_account_in_trouble_is_named(two: Two, run: Run) -> None:
    choose_both(two, run)
    two.other.trouble = Unreachable(Message("NOT_READ_YET"))
    run(two.previewed(Draft(targets=targets(), others_excluded=True)))
    assert "Kiwoom" in two.page.composing.why_not_approve()
    assert any(issue.account == "Kiwoom" and issue.text.startswith("Kiwoom: ") for issue in
               two.page.composing.editor.issues)  # fmt: skip


def test_choosing_another_account_takes_the_approving_away(two: Two, run: Run) -> None:
    run(two.previewed(Draft(targets=targets(), others_excluded=True)))
    choose_both(two, run)
    assert "preview it again" in two.page.composing.why_not_approve()


def test_a_connection_that_went_is_not_offered_any_more(two: Two) -> None:
    two.page.accounts._others = lambda: (("KIS", two.plans),)
    two.page.accounts.refresh()
    assert [one.name for one in two.page.accounts.all] == ["KIS"]

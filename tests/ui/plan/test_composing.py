"""Editing targets, being told what is wrong, previewing and approving exactly what was shown."""

from __future__ import annotations

import asyncio
import csv
from collections.abc import Callable
from datetime import time
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent

from hoga.base.message import Message
from hoga.broker.port import Unreachable
from hoga.domain.tickets import Side
from hoga.plans.inputs import Role, Rules, Target, Weighting
from hoga.plans.inputs_file import load
from hoga.plans.planner import make_plan
from hoga.plans.views import NotApproved
from hoga.ui.order.entry import NumberEdit
from hoga.ui.plan.draft import Draft, with_value, with_weights
from hoga.ui.plan.editor import Leaf
from hoga.ui.plan.page import Leaf as PageLeaf
from hoga.ui.plan.targets_model import At
from tests.support.fake_desk import holding, portfolio
from tests.support.made_up import HALTED, HYNIX, NAVER, SAMSUNG
from tests.ui.conftest import Run
from tests.ui.plan.conftest import WEIGHTS, Stand, targets


async def until(condition: Callable[[], object], seconds: float = 10.0) -> None:
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 the window's own timers bring it about
            await asyncio.sleep(0.01)


def dialog_of(stand: Stand, name: str) -> Any:
    found = [one for one in stand.page.findChildren(object) if one.objectName() == name]
    return found[0] if found else None


def codes(stand: Stand) -> list[str]:
    return [issue.code for issue in stand.page.composing.editor.issues if issue.wrong]


def fields(stand: Stand) -> list[str]:
    return [issue.field for issue in stand.page.composing.editor.issues if issue.wrong]


# --- editing --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("read", ["never", "under way", "before"])
def test_one_press_brings_in_holdings_with_their_weights_of_now(stand: Stand, run: Run, read: str) -> None:
    editor = stand.page.composing.editor
    button = editor.leaf.buttons["plan.current"]

    async def go() -> None:
        if read == "before":
            await stand.page.accounts.read_now(editor.draft)
        elif read == "under way":
            stand.page.accounts.read(editor.draft)
            await asyncio.sleep(0)
            assert stand.page.accounts.reading
        assert button.isEnabled()
        button.click()
        await stand.settled()

    run(go())
    assert len(stand.plans.named("inputs")) == 1 and button.isEnabled()
    rows = {row.code: row for row in editor.model.rows}
    assert set(editor.draft.codes) == {"005930", "000660", "069500"}
    for code in editor.draft.codes:
        assert rows[code].now == rows[code].target
    assert rows[""].target == 1_000_000 - editor.draft.sum


def test_what_was_bought_since_the_account_was_read_comes_in_with_its_weight(stand: Stand, run: Run) -> None:
    editor = stand.page.composing.editor
    run(stand.page.accounts.read_now(editor.draft))
    stand.desk.set_portfolio(portfolio(stand.desk.clock.now(), holding(NAVER, 10, 2_000_000)))
    stand.on_loop(run, editor.holdings.take)
    (row,) = [row for row in editor.draft.targets if row.code == NAVER.id.code]
    assert row.weight


def test_while_holdings_are_read_it_is_said(stand: Stand, run: Run) -> None:
    editor, seen = stand.page.composing.editor, []
    usual = editor.leaf.empty.text()
    editor.holdings.waiting_changed.connect(
        lambda: seen.append((editor.leaf.empty.text(), stand.context.actions.why_not("plan.current")))
    )
    stand.on_loop(run, editor.holdings.take)
    assert seen == [("Reading what the account holds…", "The account is being read."), (usual, "")]
    assert editor.draft.targets


def test_without_holdings_nothing_changes_and_it_is_said(stand: Stand, run: Run) -> None:
    stand.desk.set_portfolio(portfolio(stand.desk.clock.now()))
    before = Draft(targets=targets())
    stand.on_loop(run, lambda: stand.compose(before))
    stand.on_loop(run, stand.page.composing.editor.holdings.take)
    assert stand.page.composing.editor.draft == before
    assert any("holds nothing" in text for text in stand.said)


def test_holdings_that_cannot_be_read_are_told_and_asked_for_again(stand: Stand, run: Run) -> None:
    editor = stand.page.composing.editor
    stand.plans.trouble = Unreachable(Message("PLAN_ACCOUNT_UNREAD", {"why": Message("NOT_READ_YET")}))
    stand.on_loop(run, editor.holdings.take)
    assert any("account is not known" in text for text in stand.said) and not editor.draft.targets
    stand.plans.trouble = None
    stand.on_loop(run, editor.holdings.take)
    assert len(editor.draft.targets) == 3


def test_a_weight_is_typed_in_its_cell_and_undone(stand: Stand, run: Run) -> None:
    def deed() -> None:
        editor = stand.page.composing.editor
        stand.compose()
        place = editor.model.place("005930")
        assert place is not None
        assert editor.model.setData(editor.model.index(place, At.TARGET), "33.3333")
        assert editor.draft.targets[0].weight == 333_333
        assert not editor.model.setData(editor.model.index(place, At.TARGET), "a third")
        assert any("no weight" in text for text in stand.said)
        editor.undo()
        assert editor.draft.targets[0].weight == WEIGHTS[SAMSUNG]
        assert editor.model.setData(editor.model.index(place, At.ROLE), Role.EXCLUDED)
        assert editor.model.setData(
            editor.model.index(place, At.COUNTED), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole
        )
        assert editor.draft.targets[0].counted

    stand.on_loop(run, deed)


def test_rescaling_and_equal_weights(stand: Stand, run: Run) -> None:
    def deed() -> None:
        editor = stand.page.composing.editor
        stand.compose()
        editor.rescale()
        assert editor.draft.sum == 1_000_000
        editor.equal.click()
        assert editor.draft.rules.weighting is Weighting.EQUAL
        shown = editor.model.index(0, At.TARGET).data()
        assert shown == "25 %"
        assert not editor.model.flags(editor.model.index(0, At.TARGET)) & Qt.ItemFlag.ItemIsEditable

    stand.on_loop(run, deed)


def test_rows_are_pasted_and_a_bad_line_is_told(stand: Stand, run: Run) -> None:
    def deed() -> None:
        editor = stand.page.composing.editor
        QGuiApplication.clipboard().setText("종목코드\t비중\n5930\t10\n35420\t20\nwhat?\t7\n")
        editor.files.paste()
        assert [(row.code, row.weight) for row in editor.draft.targets] == [("005930", 100_000), ("035420", 200_000)]
        assert any("what?" in issue.text for issue in editor.issues)
        assert not editor.approvable

    stand.on_loop(run, deed)


def test_targets_go_to_a_file_and_come_back(stand: Stand, run: Run, tmp_path: Path) -> None:
    def deed() -> None:
        editor = stand.page.composing.editor
        stand.compose()
        file = tmp_path / "targets.csv"
        editor.files.csv_out(str(file))
        stand.compose(Draft())
        editor.files.csv_in(str(file))
        assert [(row.code, row.weight) for row in editor.draft.targets] == [(t.code, t.weight) for t in targets()]
        editor.files.csv_in(str(tmp_path / "nothing.csv"))
        assert any("could not be read" in text for text in stand.said)

    stand.on_loop(run, deed)


def test_the_least_deposit_leaves_nothing_to_sell(stand: Stand, run: Run) -> None:
    editor = stand.page.composing.editor
    stand.on_loop(run, stand.compose)
    run(stand.page.accounts.read_now(editor.draft))
    stand.on_loop(run, editor.find_deposit)
    assert editor.draft.rules.deposit > 0
    inputs = stand.page.accounts.own.now(editor.draft)
    assert inputs is not None
    assert all(leg.side is Side.BUY for leg in make_plan(inputs).legs)


# --- what bad input gets --------------------------------------------------------------------------------------------


def judged(stand: Stand, run: Run, draft: Draft) -> None:
    stand.on_loop(run, lambda: stand.compose(draft))
    run(stand.page.accounts.read_now(draft))
    stand.page.composing.editor.judge()


def test_weights_over_the_whole_are_told_at_once(stand: Stand, run: Run) -> None:
    judged(stand, run, with_weights(Draft(targets=targets()), {"005930": 900_000}))
    editor = stand.page.composing.editor
    assert any("145" in issue.text for issue in editor.issues if issue.wrong)
    assert "too much" in editor.leaf.sum.text()
    assert not editor.approvable


@pytest.mark.parametrize("row", [Target(code="999999", weight=1_000), Target(code=HALTED.id.code, weight=1_000)])
def test_an_unknown_or_halted_instrument_is_told_at_its_row(stand: Stand, run: Run, row: Target) -> None:
    stand.desk.feed_all()
    judged(stand, run, Draft(targets=(*targets(), row)))
    assert row.code in codes(stand)
    place = stand.page.composing.editor.model.place(row.code)
    assert place is not None and stand.page.composing.editor.model.rows[place].wrong


def test_a_holding_without_a_row_is_told(stand: Stand, run: Run) -> None:
    judged(stand, run, Draft(targets=targets()[1:]))
    assert "005930" in codes(stand)
    judged(stand, run, Draft(targets=targets()[1:], others_excluded=True))
    assert "005930" not in codes(stand)


def test_a_start_in_the_past_is_told_at_its_field(stand: Stand, run: Run) -> None:
    judged(stand, run, Draft(targets=targets(), sell_at=time(0, 1)))
    editor = stand.page.composing.editor
    assert "sell.start" in fields(stand)
    assert editor.rounds.rows["sell.start"].said.text()
    issue = next(one for one in editor.issues if one.field == "sell.start")
    editor.lead_to(issue)
    assert editor.stack.currentIndex() == tuple(Leaf).index(Leaf.ROUNDS)


def test_both_sides_off_is_told(stand: Stand, run: Run) -> None:
    judged(stand, run, Draft(targets=targets(), rules=Rules(sell=False, buy=False)))
    assert fields(stand)


def test_an_account_that_cannot_be_read_is_told(stand: Stand, run: Run) -> None:
    stand.plans.trouble = Unreachable(Message("PLAN_ACCOUNT_UNREAD", {"why": Message("NOT_READ_YET")}))
    judged(stand, run, Draft(targets=targets()))
    assert any("account is not known" in issue.text for issue in stand.page.composing.editor.issues)
    run(stand.previewed())
    assert stand.page.composing.pane.plan is None
    assert "errors" in stand.page.composing.why_not_approve()


def test_a_field_that_cannot_be_read_forbids_approving(stand: Stand, run: Run) -> None:
    run(stand.previewed())
    row = stand.page.composing.editor.rounds.rows["sell.rounds"]
    assert isinstance(row.control, NumberEdit)
    row.control.setText("many")
    row.control.setModified(True)
    stand.on_loop(run, row._typed)
    assert row.wrong and "from 1 to 120" in row.said.text()
    assert stand.page.composing.why_not_approve()


# --- the preview ----------------------------------------------------------------------------------------------------


def test_the_preview_shows_the_plan_and_its_inputs_make_it_again(stand: Stand, run: Run, tmp_path: Path) -> None:
    run(stand.previewed())
    pane = stand.page.composing.pane
    plan = pane.plan
    assert plan is not None and plan.approvable
    assert {row.line.leg.code for row in pane.sells.rows.all_rows()} == {
        leg.code for leg in plan.legs if leg.side is Side.SELL
    }
    assert len(pane.times.rows.all_rows()) == len(plan.rounds)
    assert plan.digest[:4] in pane.digest.text()
    pane.save_inputs(str(tmp_path / "inputs.json"))
    assert make_plan(load(tmp_path / "inputs.json")).digest == plan.digest
    pane.save_csv(str(tmp_path / "plan.csv"))
    rows = list(csv.reader((tmp_path / "plan.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert rows[-1] == ["digest", plan.digest]
    pane.copy()
    assert "005930" in QGuiApplication.clipboard().text()


def test_any_change_after_the_preview_takes_the_approving_away(stand: Stand, run: Run) -> None:
    composing = stand.page.composing
    run(stand.previewed())
    assert composing.why_not_approve() == ""
    before = composing.editor.draft
    for path, value in (
        (("rules", "least_trade"), 1), (("timing", "buy", "collar"), 9), (("settings", "tries"), 1),
        (("timing", "gap_s"), 11),
    ):  # fmt: skip
        composing.editor.edit(with_value(before, path, value))
        assert "preview it again" in composing.why_not_approve()
        composing.editor.undo()
        assert composing.why_not_approve() == ""
    composing.editor.edit(with_weights(before, {"005930": 1}))
    assert "preview it again" in composing.why_not_approve()


def test_what_was_shown_is_approved_and_nothing_else(stand: Stand, run: Run) -> None:
    composing = stand.page.composing

    async def go() -> None:
        await stand.previewed()
        composing.approve()
        await until(lambda: dialog_of(stand, "plan.approval") is not None)
        dialog = dialog_of(stand, "plan.approval")
        assert not dialog.send.isEnabled()
        await until(lambda: dialog.send.isEnabled())
        assert not dialog.typed.isVisible()
        dialog.send.click()
        await until(lambda: stand.plans.named("approve"))
        await until(lambda: composing.why_not_approve() == "It runs already.")

    run(go())
    ((plan, settings),) = stand.plans.named("approve")
    assert plan == composing.pane.plan and settings == composing.editor.draft.settings


def test_a_change_while_the_question_is_open_approves_nothing(stand: Stand, run: Run) -> None:
    composing = stand.page.composing

    async def go() -> None:
        await stand.previewed()
        composing.approve()
        await until(lambda: dialog_of(stand, "plan.approval") is not None)
        composing.editor.edit(with_weights(composing.editor.draft, {"005930": 1}))
        dialog = dialog_of(stand, "plan.approval")
        await until(lambda: dialog.send.isEnabled())
        dialog.send.click()
        await until(lambda: stand.said)

    run(go())
    assert not stand.plans.named("approve")


def test_real_money_types_the_sum(stand: Stand, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    composing = stand.page.composing
    stand.page.accounts.own.desk = None  # an account that is not known counts as real

    async def go() -> None:
        await stand.previewed()
        composing.approve()
        await until(lambda: dialog_of(stand, "plan.approval") is not None)
        dialog = dialog_of(stand, "plan.approval")
        await until(lambda: dialog._waited)
        assert dialog.typed.isVisible() and not dialog.send.isEnabled()
        dialog.typed.setText(str(dialog.won // 10_000 + 1))
        assert not dialog.send.isEnabled()
        dialog.typed.setText(str(dialog.won // 10_000))
        assert dialog.send.isEnabled()
        dialog.reject()
        await asyncio.sleep(0)

    monkeypatch.setattr(stand.page.accounts, "refresh", lambda: None)
    run(go())
    assert not stand.plans.named("approve")


def test_a_world_that_has_moved_shows_the_new_preview(stand: Stand, run: Run) -> None:
    composing = stand.page.composing

    async def go() -> None:
        await stand.previewed()
        entry = composing.pane.entry
        assert entry is not None and entry.plan is not None
        fresh = make_plan(replace(entry.plan.inputs, rules=replace(entry.plan.inputs.rules, least_trade=1)))
        why = Message("PLAN_MOVED_PRICE", {"code": "005930", "before": 1, "after": 2})
        stand.plans.answers["approve"] = NotApproved((Message("PLAN_WORLD_MOVED"), why), fresh)
        composing.approve()
        await until(lambda: dialog_of(stand, "plan.approval") is not None)
        dialog = dialog_of(stand, "plan.approval")
        await until(lambda: dialog.send.isEnabled())
        dialog.send.click()
        await until(lambda: composing.pane.plan == fresh)

    run(go())
    assert any("005930" in issue.text for issue in composing.pane.list.shown)
    assert any("Not approved" in text for text in stand.said)
    assert composing.pane.plan is not None and composing.pane.plan.inputs.rules.least_trade == 1


def test_search_adds_a_row(stand: Stand, run: Run) -> None:
    def deed() -> None:
        editor = stand.page.composing.editor
        stand.context.set_instruments(stand.desk.master)
        editor.add.setText("ㅎㅇㄴㅅ")
        assert editor.add.hits.count() >= 1
        editor.add.chosen.emit(False)
        assert editor.draft.codes == (HYNIX.id.code,)

    stand.on_loop(run, deed)


def test_what_the_preview_says_is_not_said_twice(stand: Stand, run: Run) -> None:
    composing = stand.page.composing
    editor = composing.editor

    async def go() -> None:
        few = with_value(Draft(targets=targets()), ("timing", "sell", "rounds"), 120)
        await stand.previewed(few)
        assert composing.pane.list.shown and editor.issues
        assert not editor.list.shown, "it stands at the right"
        assert all(row.said for row in editor.model.rows if row.code and any(i.code == row.code for i in editor.issues))
        editor.edit(with_value(editor.draft, ("timing", "sell", "rounds"), 119))
        editor.judge()
        assert editor.list.shown, "the preview is of something else now"

    run(go())
    assert any(f"{stand.context.name(SAMSUNG.id)} (005930)" in one.text for one in editor.issues)


def test_fields_stand_below_each_other_where_there_is_little_room(stand: Stand) -> None:
    form = stand.page.composing.editor.rules
    for width, beside in ((2000, True), (form.minimumSizeHint().width(), False), (2000, True)):
        form.resizeEvent(QResizeEvent(QSize(width, 800), form.size()))
        _row, column, *_spans = form.cells.getItemPosition(form.cells.indexOf(form.rows["buy"]))
        assert (column == 1) is beside


def test_keys_belong_to_the_leaf_that_is_turned_to(stand: Stand) -> None:
    page = stand.page
    assert page.focusProxy() is page.composing.editor.add
    page.show_leaf(PageLeaf.PAST)
    assert page.focusProxy() is page.past.table.view

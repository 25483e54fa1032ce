"""The connections dialog: what is seen, what is asked before it counts, what is done, what is said when it is not."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest

from hoga.base.message import Message
from hoga.base.secret_store import SecretStoreError, StoreState
from hoga.domain.accounts import Stakes, WireProfile
from hoga.trading.connections import (
    Connection,
    ConnectionRefused,
    Field,
    Keep,
    Key,
    Remedy,
    Standing,
    Step,
    StepKind,
    StepState,
)
from hoga.ui.connect.words import Environment, House
from tests.support.fake_connections import MOCK, PRACTICE, REAL, FakeConnections, passed
from tests.ui.conftest import Run
from tests.ui.connect.bench import ACCOUNT, KEY, SECRET, Bench, at_the_list


def rows() -> list[Connection]:
    return [
        Connection(PRACTICE, Standing.OPEN),
        Connection(REAL, Standing.LOCKED),
        Connection(MOCK, Standing.FAILED, why=Message("KIWOOM_8050")),
    ]


def names(bench: Bench) -> list[str]:
    table = bench.dialog.overview.table
    return [table.text_at(row, 1) for row in range(table.rowCount())]


# --- the list ---------------------------------------------------------------------------------------------------------


def test_each_connection_says_what_is_at_stake_whose_it_is_and_how_it_fares(run: Run) -> None:
    async def story() -> None:
        async with at_the_list(FakeConnections(rows())) as bench:
            table = bench.dialog.overview.table
            lines = [[table.text_at(row, column) for column in range(5)] for row in range(3)]
            assert lines[0] == ["연습 PRACTICE", "KIS", "Korea Investment & Securities (KIS)", "–", "● open"]
            assert lines[1][0] == "실전 REAL"
            assert lines[1][3:] == ["******56-01", "■ locked"]
            assert lines[2][0] == "모의 PAPER"
            bench.dialog.overview.choose(MOCK.key)
            assert "Register this computer's IP address" in bench.dialog.overview.detail.text()

    run(story())


def test_a_newcomer_is_told_how_to_begin_and_others_are_not(run: Run) -> None:
    async def story() -> None:
        async with at_the_list(FakeConnections()) as bench:
            assert bench.dialog.overview.hint.isVisible()
            bench.fake.show(*rows())
            assert not bench.dialog.overview.hint.isVisible()

    run(story())


def test_the_list_follows_what_happens_and_keeps_the_chosen_one(run: Run) -> None:
    async def story() -> None:
        async with at_the_list(FakeConnections(rows())) as bench:
            bench.dialog.overview.choose(REAL.key)
            bench.fake.show(*reversed(rows()))
            current = bench.dialog.overview.current
            assert current is not None and current.details.key == REAL.key

    run(story())


def test_order_switching_and_trying_again_go_to_the_desk(run: Run) -> None:
    async def story() -> None:
        async with at_the_list(FakeConnections(rows())) as bench:
            overview = bench.dialog.overview
            overview.choose(MOCK.key)
            assert not overview.buttons["down"].isEnabled()
            bench.press("up")
            await bench.sees(lambda: names(bench)[1] == MOCK.name)
            bench.press("again")
            await bench.sees(lambda: ("enable", MOCK.key, True) in bench.fake.commands)
            bench.press("enable")
            await bench.sees(lambda: ("enable", MOCK.key, False) in bench.fake.commands)
            bench.press("enable")
            await bench.sees(lambda: bench.fake.commands[-1] == ("enable", MOCK.key, True))

    run(story())


def test_a_refused_command_is_said_below_the_list(run: Run) -> None:
    async def story() -> None:
        fake = FakeConnections(rows(), refusals={"enable": ConnectionRefused(Message("CONNECTION_UNKNOWN"))})
        async with at_the_list(fake) as bench:
            bench.press("enable")
            await bench.sees(lambda: "no such connection" in bench.dialog.trouble.text())

    run(story())


def test_deleting_says_what_goes_and_stays_and_is_not_the_easy_button(run: Run) -> None:
    async def story() -> None:
        async with at_the_list(FakeConnections(rows())) as bench:
            bench.dialog.overview.choose(REAL.key)
            bench.press("delete")
            text = bench.asking.text.text()
            assert "keyring" in text and "Stays" in text
            assert bench.asking.back.isDefault()
            bench.asking.reject()
            await asyncio.sleep(0)
            assert not bench.fake.commands
            bench.press("delete")
            bench.asking.go.click()
            await bench.sees(lambda: REAL.name not in names(bench))
            assert bench.dialog.asking is None

    run(story())


def test_a_keyring_that_will_not_delete_keeps_the_connection_and_says_so(run: Run) -> None:
    async def story() -> None:
        fake = FakeConnections(rows(), refusals={"delete": SecretStoreError("x", StoreState.LOCKED)})
        async with at_the_list(fake) as bench:
            bench.dialog.overview.choose(REAL.key)
            bench.press("delete")
            bench.asking.go.click()
            await bench.sees(lambda: "locked" in bench.asking.trouble.text())
            assert REAL.name in names(bench)
            assert bench.asking.go.isEnabled()

    run(story())


# --- real money -------------------------------------------------------------------------------------------------------


def test_real_money_is_unlocked_by_typing_and_locked_by_a_press(run: Run) -> None:
    async def story() -> None:
        async with at_the_list(FakeConnections(rows())) as bench:
            bench.dialog.overview.choose(REAL.key)
            bench.press("unlock")
            asking = bench.digits
            assert not asking.go.isEnabled()
            asking.digits.setText("56a1")
            assert not asking.go.isEnabled()
            asking.digits.setText("9999")
            asking.go.click()
            await bench.sees(lambda: "last four digits" in asking.trouble.text())
            asking.digits.setText("5601")
            QTest.keyClick(asking.digits, Qt.Key.Key_Return)
            await bench.sees(lambda: bench.fake.rows[1].standing is Standing.OPEN)
            bench.press("unlock")
            await bench.sees(lambda: bench.fake.commands[-1] == ("lock", REAL.key))

    run(story())


def test_only_real_money_has_a_lock(run: Run) -> None:
    async def story() -> None:
        async with at_the_list(FakeConnections(rows())) as bench:
            for key, shown in ((PRACTICE.key, False), (REAL.key, True), (MOCK.key, False)):
                bench.dialog.overview.choose(key)
                assert bench.dialog.overview.buttons["unlock"].isVisible() is shown

    run(story())


# --- filling in -------------------------------------------------------------------------------------------------------


def test_a_connection_is_filled_in_and_kept(run: Run) -> None:
    async def story() -> None:
        async with at_the_list(FakeConnections()) as bench:
            bench.press("add")
            assert bench.form.chip.stakes is Stakes.REAL
            assert not bench.dialog.form_page.save.isEnabled()
            assert "App key" in bench.dialog.form_page.save.toolTip()
            bench.fill()
            bench.dialog.form_page.save.click()
            await bench.sees(lambda: bench.shows(bench.dialog.overview))
            name, draft = bench.fake.commands[-1]
            assert name == "save"
            assert (draft.details.profile, draft.details.name) == (WireProfile.KIS_REAL, "KIS real")
            kept = {of: secret.reveal() for of, secret in draft.secrets.items()}
            assert kept == {
                Field.APP_KEY: KEY, Field.APP_SECRET: SECRET, Field.ACCOUNT: ACCOUNT, Field.HTS_ID: "hong12",
            }  # fmt: skip
            assert all(line.edit.text() == "" for line in bench.form.fields.lines.values())

    run(story())


def test_tab_goes_through_the_form_from_top_to_bottom(run: Run) -> None:
    async def story() -> None:
        async with at_the_list(FakeConnections()) as bench:
            bench.press("add")
            form = bench.form
            form.advanced.setChecked(True)
            bench.dialog.activateWindow()
            form.house.setFocus()
            lines = form.fields.lines
            expected = [form.house, form.environment, form.name]
            for of in Field:
                expected += [lines[of].edit, *([lines[of].eye] if lines[of].eye.isVisible() else [])]
            expected += [form.keep, form.advanced, form.rest, form.ws]
            walked = []
            for _ in expected:
                walked.append(bench.dialog.focusWidget())
                QTest.keyClick(bench.dialog.focusWidget(), Qt.Key.Key_Tab)
            assert walked == expected

    run(story())


def test_what_comes_with_a_paste_is_taken_out_and_told(run: Run) -> None:
    async def story() -> None:
        async with at_the_list(FakeConnections()) as bench:
            bench.press("add")
            bench.type(Field.APP_KEY, f" \u200b{KEY}\n")
            assert bench.form.fields.lines[Field.APP_KEY].edit.text() == KEY
            assert all(what in bench.note(Field.APP_KEY) for what in ("blanks", "line breaks", "invisible"))
            bench.type(Field.ACCOUNT, "１２３４５６７８０１")
            bench.form.fields.lines[Field.ACCOUNT].edit.editingFinished.emit()
            assert bench.form.fields.lines[Field.ACCOUNT].edit.text() == ACCOUNT

    run(story())


def test_a_fault_in_a_field_is_named_beside_it_and_holds_saving_back(run: Run) -> None:
    async def story() -> None:
        async with at_the_list(FakeConnections()) as bench:
            bench.press("add")
            bench.fill()
            bench.type(Field.APP_KEY, "x" * 35)
            assert "36" in bench.note(Field.APP_KEY)
            assert not bench.dialog.form_page.test.isEnabled()
            bench.type(Field.APP_KEY, KEY)
            bench.type(Field.HTS_ID, "")
            assert bench.dialog.form_page.test.isEnabled()

    run(story())


def test_kiwoom_asks_for_no_hts_id_and_practice_for_no_keys(run: Run) -> None:
    async def story() -> None:
        async with at_the_list(FakeConnections()) as bench:
            bench.press("add")
            form = bench.form
            form.house.setCurrentIndex(form.house.findData(House.KIWOOM))
            assert not form.fields.lines[Field.HTS_ID].isVisible()
            assert "openapi.kiwoom.com" in form.where.text()
            form.environment.setCurrentIndex(form.environment.findData(Environment.PRACTICE))
            assert not form.fields.isVisible()
            assert form.chip.stakes is Stakes.PRACTICE
            bench.dialog.form_page.save.click()
            await bench.sees(lambda: bench.fake.commands)
            draft = bench.fake.commands[-1][1]
            assert draft.details.practice and not draft.secrets

    run(story())


def test_another_host_makes_it_practice_and_says_so(run: Run) -> None:
    async def story() -> None:
        async with at_the_list(FakeConnections()) as bench:
            bench.press("add")
            bench.fill()
            bench.form.advanced.setChecked(True)
            assert bench.form.chip.stakes is Stakes.REAL
            bench.form.rest.setText("https://127.0.0.1:1")
            assert not bench.dialog.form_page.save.isEnabled()
            bench.form.ws.setText("wss://127.0.0.1:2")
            assert bench.form.chip.stakes is Stakes.PRACTICE
            assert "PRACTICE" in bench.form.elsewhere.text()
            bench.form.advanced.setChecked(False)
            assert bench.form.stakes is Stakes.REAL

    run(story())


def test_editing_leaves_kept_keys_alone_unless_new_ones_are_typed(run: Run) -> None:
    async def story() -> None:
        async with at_the_list(FakeConnections(rows())) as bench:
            bench.dialog.overview.choose(REAL.key)
            bench.press("edit")
            assert all(line.edit.text() == "" for line in bench.form.fields.lines.values())
            assert "******56-01" in bench.form.fields.lines[Field.ACCOUNT].edit.placeholderText()
            bench.form.name.setText("내 계좌")
            bench.dialog.form_page.save.click()
            await bench.sees(lambda: bench.fake.commands)
            draft = bench.fake.commands[-1][1]
            assert draft.details == replace(REAL, name="내 계좌")
            assert not draft.secrets

    run(story())


def test_a_keyring_that_fails_offers_this_run_and_nothing_else_by_itself(run: Run) -> None:
    async def story() -> None:
        fake = FakeConnections(refusals={"save": SecretStoreError("x", StoreState.NO_BACKEND)})
        async with at_the_list(fake) as bench:
            page = bench.dialog.form_page
            bench.press("add")
            bench.fill()
            page.save.click()
            await bench.sees(lambda: "no keyring" in page.trouble.text())
            assert bench.form.keep.currentData() is Keep.KEYRING
            assert bench.form.fields.lines[Field.APP_KEY].edit.text() == KEY
            del fake.refusals["save"]
            page.this_run.click()
            await bench.sees(lambda: bench.shows(bench.dialog.overview))
            assert fake.commands[-1][1].details.keep is Keep.THIS_RUN

    run(story())


@pytest.mark.parametrize("state", [state for state in StoreState if state is not StoreState.NO_BACKEND])
def test_each_fault_of_a_keyring_is_said_plainly(run: Run, state: StoreState) -> None:
    async def story() -> None:
        fake = FakeConnections(refusals={"save": SecretStoreError("x", state)})
        async with at_the_list(fake) as bench:
            page = bench.dialog.form_page
            bench.press("add")
            bench.fill()
            page.save.click()
            await bench.sees(lambda: page.trouble.text().startswith("✕"))
            assert "SECRETS" not in page.trouble.text()
            assert page.this_run.isVisible() is (state is not StoreState.TOO_LONG)

    run(story())


def test_escape_goes_back_one_step_and_leaves_nothing_typed(run: Run) -> None:
    async def story() -> None:
        async with at_the_list(FakeConnections()) as bench:
            bench.press("add")
            bench.fill()
            QTest.keyClick(bench.dialog, Qt.Key.Key_Escape)
            assert bench.shows(bench.dialog.overview)
            assert all(line.edit.text() == "" for line in bench.form.fields.lines.values())
            QTest.keyClick(bench.dialog, Qt.Key.Key_Escape)
            assert not bench.dialog.isVisible()

    run(story())


def test_a_pasted_key_does_not_stay_in_the_clipboard(run: Run) -> None:
    async def story() -> None:
        async with at_the_list(FakeConnections()) as bench:
            clipboard = QGuiApplication.clipboard()
            bench.press("add")
            bench.fill()
            clipboard.setText(f"{SECRET}\n")
            bench.dialog.form_page.save.click()
            await bench.sees(lambda: bench.shows(bench.dialog.overview))
            assert clipboard.text() == ""
            clipboard.setText("something else")
            bench.press("add")
            bench.fill()
            bench.dialog.form_page.save.click()
            await bench.sees(lambda: bench.shows(bench.dialog.overview))
            assert clipboard.text() == "something else"

    run(story())


# --- tests ------------------------------------------------------------------------------------------------------------


def test_a_test_shows_each_step_with_what_to_do(run: Run) -> None:
    async def story() -> None:
        failed = Step(StepKind.BALANCE, StepState.FAILED, Message("KIS_IGW00002"))
        async with at_the_list(FakeConnections(steps=passed(failed))) as bench:
            bench.press("add")
            bench.form.environment.setCurrentIndex(bench.form.environment.findData(Environment.PAPER))
            bench.fill()
            bench.dialog.form_page.test.click()
            view = bench.dialog.form_page.steps
            await bench.sees(lambda: len(view.steps) == len(StepKind) and not view.running)
            text = view._said[StepKind.BALANCE].text()
            assert text.splitlines() == [
                "The account does not belong to this app key.",
                "Check the account number in the connection settings.",
            ]
            assert "Not ready" in view.summary.text()
            assert bench.fake.commands[-1][0] == "test"
            assert bench.fake.tests_ended == 1

    run(story())


def test_real_money_is_reached_only_after_the_digits_were_typed(run: Run) -> None:
    async def story() -> None:
        async with at_the_list(FakeConnections()) as bench:
            bench.press("add")
            bench.fill()
            bench.dialog.form_page.test.click()
            asking = bench.digits
            assert not bench.fake.commands
            assert "no order is sent" in asking.text.text()
            asking.digits.setText("7801")
            asking.go.click()
            await bench.sees(lambda: bench.fake.tests_ended)
            assert bench.fake.commands[-1][2] == "7801"
            assert bench.dialog.asking is None

    run(story())


def test_an_open_connection_is_tested_without_asking(run: Run) -> None:
    async def story() -> None:
        fake = FakeConnections([Connection(REAL, Standing.OPEN)])
        async with at_the_list(fake) as bench:
            bench.press("test")
            await bench.sees(lambda: fake.tests_ended)
            assert bench.dialog.asking is None
            assert "works" in bench.dialog.steps.summary.text()
            bench.dialog.close_button.click()
            assert bench.shows(bench.dialog.overview)

    run(story())


def test_a_refused_test_is_said(run: Run) -> None:
    async def story() -> None:
        fake = FakeConnections(rows(), refusals={"test": ConnectionRefused(Message("CONNECTION_WRONG_DIGITS"))})
        async with at_the_list(fake) as bench:
            bench.dialog.overview.choose(MOCK.key)
            bench.press("test")
            await bench.sees(lambda: "last four digits" in bench.dialog.trouble.text())
            assert not bench.dialog.steps.running

    run(story())


@pytest.mark.parametrize("how", ["stop", "back", "close"])
def test_a_test_ends_at_once_when_it_is_left(run: Run, how: str) -> None:
    async def story() -> None:
        async with at_the_list(FakeConnections(rows(), slow=True)) as bench:
            bench.dialog.overview.choose(MOCK.key)
            bench.press("test")
            await bench.sees(lambda: bench.fake.commands)
            if how == "stop":
                bench.dialog.steps.stop.click()
            elif how == "back":
                bench.dialog.back()
            else:
                bench.dialog.close()
            await bench.sees(lambda: bench.fake.tests_ended == 1 and not bench.dialog.steps.running)
            assert bench.fake.tests_ended == 1

    run(story())


def test_keys_of_the_other_environment_are_one_press_away_from_it(run: Run) -> None:
    async def story() -> None:
        said = Message("TEST_KEY_UNKNOWN_ON_PAPER")
        failed = Step(StepKind.TOKEN, StepState.FAILED, said, Remedy.OTHER_ENVIRONMENT)
        async with at_the_list(FakeConnections(steps=passed(failed))) as bench:
            bench.press("add")
            bench.form.environment.setCurrentIndex(bench.form.environment.findData(Environment.PAPER))
            bench.fill()
            bench.dialog.form_page.test.click()
            view = bench.dialog.form_page.steps
            await bench.sees(lambda: view.other.isVisible())
            view.other.click()
            assert bench.form.environment.currentData() is Environment.REAL
            assert bench.form.fields.lines[Field.APP_KEY].edit.text() == KEY
            bench.digits.reject()

    run(story())


# --- out of files -----------------------------------------------------------------------------------------------------


def env_file(folder: Path) -> Path:
    path = folder / ".env"
    kis = f"KIS_APP_KEY={KEY}\nKIS_APP_SECRET={SECRET}\nCANO=12345678\n"
    path.write_text(f"{kis}KIWOOM_APP_KEY={'k' * 43}\nKIWOOM_SECRET_KEY={'w' * 43}\n")
    return path


def test_keys_come_out_of_a_file_masked_and_the_file_can_go(run: Run, tmp_path: Path) -> None:
    async def story() -> None:
        async with at_the_list(FakeConnections()) as bench:
            page, path = bench.dialog.import_page, env_file(tmp_path)
            bench.press("import")
            page.read(str(path))
            words = [choice.text() for choice in page.choices]
            assert len(words) == 2
            assert "******78-01" in words[0] and "assumed" in words[0]
            assert not any(KEY in text or SECRET in text or "12345678" in text for text in words)
            assert not page.delete.isVisible()
            page.take.click()
            assert bench.form.fields.lines[Field.APP_SECRET].edit.text() == SECRET
            bench.dialog.form_page.save.click()
            await bench.sees(lambda: bench.shows(page))
            assert page.choices[0].text().startswith("✓")
            assert page.choices[1].isChecked()
            assert path.exists()
            page.delete.click()
            assert not path.exists()
            assert "deleted" in page.after.text() and "copies" in page.after.text()
            bench.dialog.back()
            assert bench.shows(bench.dialog.overview)
            assert page.found == ()

    run(story())


def test_a_file_in_a_repository_is_told_as_such(run: Run, tmp_path: Path) -> None:
    async def story() -> None:
        (tmp_path / ".git").mkdir()
        async with at_the_list(FakeConnections()) as bench:
            page = bench.dialog.import_page
            bench.dialog.import_file(str(env_file(tmp_path)))
            page.take.click()
            bench.dialog.form_page.save.click()
            await bench.sees(lambda: bench.shows(page))
            assert "git" in page.after.text()

    run(story())


def test_a_file_without_keys_or_none_at_all_is_said(run: Run, tmp_path: Path) -> None:
    async def story() -> None:
        (tmp_path / "notes.txt").write_text("milk, bread")
        async with at_the_list(FakeConnections()) as bench:
            for name in ("notes.txt", "absent.env"):
                bench.dialog.import_file(str(tmp_path / name))
                assert name in bench.dialog.import_page.said.text()
                assert not bench.dialog.import_page.take.isVisible()

    run(story())


def test_a_file_can_be_dropped_on_the_dialog(run: Run, tmp_path: Path) -> None:
    async def story() -> None:
        async with at_the_list(FakeConnections()) as bench:
            data = QMimeData()
            data.setUrls([QUrl.fromLocalFile(str(env_file(tmp_path)))])
            copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
            enter = QDragEnterEvent(QPoint(5, 5), copy, data, left, none)
            bench.dialog.dragEnterEvent(enter)
            assert enter.isAccepted()
            bench.dialog.dropEvent(QDropEvent(QPointF(5, 5), copy, data, left, none))
            assert bench.shows(bench.dialog.import_page)
            assert len(bench.dialog.import_page.found) == 2
            text = QMimeData()
            text.setText("x")
            other = QDragEnterEvent(QPoint(5, 5), copy, text, left, none)
            other.setAccepted(False)
            bench.dialog.dragEnterEvent(other)
            assert not other.isAccepted()

    run(story())


def test_what_was_found_but_not_chosen_is_forgotten_with_the_dialog(run: Run, tmp_path: Path) -> None:
    async def story() -> None:
        async with at_the_list(FakeConnections()) as bench:
            bench.dialog.import_file(str(env_file(tmp_path)))
            bench.dialog.close()
            assert bench.dialog.import_page.found == ()
            bench.dialog.open_list()
            assert bench.shows(bench.dialog.overview)

    run(story())


def test_saving_twice_in_a_row_saves_once(run: Run) -> None:
    async def story() -> None:
        async with at_the_list(FakeConnections(slow=True)) as bench:
            bench.press("add")
            bench.fill()
            bench.dialog.save()
            bench.dialog.save()
            await bench.sees(lambda: bench.fake.commands)
            assert not bench.dialog.form_page.save.isEnabled()
            bench.fake.go.set()
            await bench.sees(lambda: bench.shows(bench.dialog.overview))
            assert [name for name, *_ in bench.fake.commands] == ["save"]
            assert bench.fake.rows[-1].details.key == Key("kis-real-000001")

    run(story())

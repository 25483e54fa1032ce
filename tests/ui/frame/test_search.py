"""One box for everything: found while a syllable is still being composed, taken by keys alone, nothing typed lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hoga.domain.tickets import Side
from hoga.ui.search.edit import SearchEdit
from hoga.ui.search.finding import Kind, matches
from hoga.ui.settings.dialog import SettingsDialog
from hoga.ui.tabs import Page
from tests.support import made_up
from tests.ui.frame.conftest import Frame


def compose(edit: SearchEdit, preedit: str, commit: str = "") -> None:
    """What an input method sends: ``commit`` becomes text, ``preedit`` is still being composed."""
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QCoreApplication.sendEvent(edit, event)


def opened(frame: Frame) -> SearchEdit:
    assert frame.context.actions.trigger("search")
    frame.settle()
    return frame.window.palette_box.edit


def kinds(frame: Frame) -> list[Kind]:
    return [hit.kind for hit in frame.window.palette_box.hits.hits]


def test_found_while_the_syllable_is_still_being_composed(frame: Frame) -> None:
    edit = opened(frame)
    compose(edit, "삼")
    assert frame.window.palette_box.hits.hits[0].key == made_up.SAMSUNG.id
    compose(edit, "카", commit="")
    assert frame.window.palette_box.hits.hits[0].key == made_up.KAKAO.id
    assert edit.text() == ""
    assert edit.seen() == "카"


def test_enter_while_composing_takes_what_is_seen(frame: Frame, qtbot: QtBot) -> None:
    edit = opened(frame)
    compose(edit, "하", commit="SK")
    assert edit.seen() == "SK하"
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert frame.context.instrument == made_up.HYNIX.id
    assert not frame.window.palette_box.isVisible()


def test_no_syllable_is_lost_when_the_focus_goes(frame: Frame, qtbot: QtBot) -> None:
    edit = SearchEdit()
    qtbot.addWidget(edit)
    edit.show()
    compose(edit, "전", commit="삼성")
    edit.commit()
    assert edit.text() == "삼성전"
    assert edit.seen() == "삼성전"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ㅅㅅㅈㅈ", made_up.SAMSUNG),
        ("005930", made_up.SAMSUNG),
        ("samsung", made_up.SAMSUNG),
        ("삼전", made_up.SAMSUNG),
        ("tkatjd", made_up.SAMSUNG),
        ("하이닉스", made_up.HYNIX),
        ("kodex 레", made_up.LEVERAGE),
        ("247540", made_up.ECOPRO),
    ],
)
def test_instruments_by_every_name(frame: Frame, typed: str, found: object) -> None:
    edit = opened(frame)
    edit.setText(typed)
    assert frame.window.palette_box.hits.hits[0].key == found.id  # type: ignore[attr-defined]


def test_by_keys_alone_and_the_focus_goes_back_where_it_was(frame: Frame, qtbot: QtBot) -> None:
    frame.window.activateWindow()
    frame.window.watch.view.setFocus()
    edit = opened(frame)
    edit.setText("kodex")
    qtbot.keyClick(edit, Qt.Key.Key_Down)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert frame.context.instrument == made_up.LEVERAGE.id
    assert QApplication.focusWidget() is frame.window.watch.view
    edit = opened(frame)
    qtbot.keyClick(edit, Qt.Key.Key_Escape)
    assert not frame.window.palette_box.isVisible()
    assert QApplication.focusWidget() is frame.window.watch.view


def test_ctrl_enter_watches_it_too(frame: Frame, qtbot: QtBot) -> None:
    frame.window.watch.groups.remove((made_up.KAKAO.id,))
    edit = opened(frame)
    edit.setText("카카오")
    qtbot.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert frame.window.watch.groups.instruments[-1] == made_up.KAKAO.id
    assert frame.context.instrument == made_up.KAKAO.id


def test_what_was_shown_lately_comes_first_when_nothing_is_typed(frame: Frame) -> None:
    frame.context.select(made_up.ECOPRO.id)
    frame.context.select(made_up.NAVER.id)
    opened(frame).clear()
    keys = [hit.key for hit in frame.window.palette_box.hits.hits]
    assert keys[:2] == [made_up.NAVER.id, made_up.ECOPRO.id]


def test_actions_run_and_those_that_cannot_say_why(frame: Frame, qtbot: QtBot) -> None:
    edit = opened(frame)
    edit.setText("> holdings")
    assert kinds(frame) == [Kind.ACTION]
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert frame.window.pages.current is Page.HOLDINGS
    edit = opened(frame)
    edit.setText("cancel all")
    hit = next(hit for hit in frame.window.palette_box.hits.hits if hit.key == "cancel.all")
    assert hit.why_not == "There is no working order."
    frame.window.palette_box.take(hit, to_watch=False)
    assert frame.window.palette_box.isVisible()
    assert frame.window.toasts.cards()[-1].words == "There is no working order."


def test_working_orders_by_name_or_number_lead_to_pending(frame: Frame) -> None:
    order = frame.desk.working(made_up.ECOPRO, Side.BUY, 10, 148_000)
    number = str(order.heads[-1].number)
    opened(frame).setText(number)
    (hit,) = [hit for hit in frame.window.palette_box.hits.hits if hit.kind is Kind.ORDER]
    assert hit.text == "EcoPro BM buy 10 sh 148,000"
    frame.window.palette_box.take(hit, to_watch=False)
    assert frame.window.pages.current is Page.PENDING
    assert frame.context.instrument == made_up.ECOPRO.id


def test_settings_open_at_what_was_searched(frame: Frame) -> None:
    opened(frame).setText("theme")
    (hit,) = [hit for hit in frame.window.palette_box.hits.hits if hit.kind is Kind.SETTING]
    frame.window.palette_box.take(hit, to_watch=False)
    dialog = frame.window.findChild(SettingsDialog)
    assert isinstance(dialog, SettingsDialog)
    assert dialog.isVisible()
    assert dialog.boxes["theme"].isVisible()
    assert not dialog.boxes["sounds"].isVisible()
    dialog.close()


def test_nothing_found_says_what_to_try(frame: Frame) -> None:
    opened(frame).setText("zzzzqqq")
    assert frame.window.palette_box.hits.rowCount() == 0
    assert "Nothing found" in frame.window.palette_box.foot_words()


def test_a_slash_opens_it_but_can_be_typed_in_a_field(frame: Frame, qtbot: QtBot) -> None:
    frame.window.activateWindow()
    frame.window.watch.view.setFocus()
    qtbot.keyClick(frame.window.watch.view, Qt.Key.Key_Slash)
    assert frame.window.palette_box.isVisible()
    edit = frame.window.palette_box.edit
    edit.clear()
    qtbot.keyClick(edit, Qt.Key.Key_Slash)
    assert edit.text() == "/"


@pytest.mark.parametrize(
    ("query", "text", "fits"),
    [
        ("can", "Cancel all", True),
        ("all can", "Cancel all", True),
        ("ㅈㅊ", "전체 취소", True),
        ("취소", "전체 취소", True),
        ("c", "Cancel all", False),
        ("ancel", "Cancel all", False),
        ("", "Cancel all", False),
    ],
)
def test_words_match_from_their_beginning(query: str, text: str, fits: bool) -> None:
    assert matches(query, text) is fits

"""The page of limits: a tighter one holds at once, a looser one is confirmed; what is no limit is said and not set."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox

from hoga.app.limits import kept_limits
from hoga.app.words import words
from hoga.base.message import Language
from hoga.domain.accounts import ConnectionId, PracticeAccount, WireProfile
from hoga.domain.instrument_lists import ListedInstrument
from hoga.domain.instruments import InstrumentId
from hoga.domain.risk_limits import DEFAULT_LIMITS, LISTS, OwnCross
from hoga.ui.limits import words as limit_words
from hoga.ui.limits.editor import LimitRow, LimitsEditor
from hoga.ui.limits.lists import ListRow
from hoga.ui.order.entry import NumberEdit
from hoga.ui.preferences import Preferences
from hoga.ui.settings.dialog import SettingsDialog
from hoga.ui.settings.sections import setting_names
from hoga.ui.settings_file import SettingsFile, Theme
from tests.support.fake_desk import CONNECTION, FakeDesk, make_context


class Page:
    """The settings, open, over a fake desk."""

    def __init__(self, app: QApplication, language: Language, path: Path | None = None) -> None:
        self.desk = FakeDesk()
        self.context = make_context(self.desk, language)
        self.context.words = words
        self.preferences = Preferences(app, self.context, path)
        self.preferences.file.change(language=language, theme=Theme.LIGHT)
        self.dialog = SettingsDialog(self.context, self.preferences)
        self.dialog.show()
        app.processEvents()

    @property
    def editor(self) -> LimitsEditor:
        return self.dialog.limits

    def row(self, name: str) -> LimitRow:
        row = self.editor.rows[name]
        assert isinstance(row, LimitRow)
        return row

    def type(self, name: str, text: str) -> None:
        """Into the field of a limit, then Enter."""
        edit = self.row(name).field
        assert isinstance(edit, NumberEdit)
        edit.setFocus()
        edit.selectAll()
        QTest.keyClick(edit, Qt.Key.Key_Backspace)
        committed = QInputMethodEvent("", [])  # as an input method hands over 만 and 억
        committed.setCommitString(text)
        QApplication.sendEvent(edit, committed)
        QTest.keyClick(edit, Qt.Key.Key_Return)

    def text(self, name: str) -> str:
        edit = self.row(name).field
        assert isinstance(edit, NumberEdit)
        return edit.text()

    def close(self) -> None:
        self.dialog.close()
        self.preferences.close()
        self.context.stop()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def page(qapp: QApplication) -> Iterator[Page]:
    made = Page(qapp, Language.EN)
    yield made
    made.close()


def test_every_limit_stands_there_with_its_default_and_what_it_means(page: Page) -> None:
    assert set(page.editor.rows) == {*limit_words.NAMES, *LISTS}
    for name, row in page.editor.rows.items():
        assert row.heading.text() and len(row.about.text()) > 20, name
        assert limit_words.default_words(name) in row.about.text()
        edited = row.table if isinstance(row, ListRow) else row.field
        assert edited.accessibleName() == row.heading.text()
    assert page.text("order_ask") == "30,000,000"
    assert page.text("day_loss") == ""
    assert page.desk.account.label in page.editor.accounts.currentText()


def test_a_tighter_limit_holds_at_once(page: Page) -> None:
    page.type("order_ask", "500만")
    assert page.desk.limits.order_ask == 5_000_000
    assert page.text("order_ask") == "5,000,000"
    assert not page.editor.question.isVisible()
    assert page.preferences.now.limits_of(CONNECTION) == page.desk.limits


def test_a_looser_limit_is_confirmed_first(page: Page) -> None:
    page.type("order_ask", "1억")
    question = page.editor.question
    assert question.isVisible()
    assert "30,000,000 won to 100,000,000 won" in question.question.text()
    assert question.keep.hasFocus(), "the careful answer is the near one"
    assert page.desk.limits == DEFAULT_LIMITS
    question.keep.click()
    assert page.desk.limits == DEFAULT_LIMITS
    assert page.text("order_ask") == "30,000,000"
    page.type("order_ask", "1억")
    question.loosen.click()
    assert page.desk.limits.order_ask == 100_000_000
    assert not question.isVisible()


def test_an_empty_field_switches_a_limit_off_and_that_loosens(page: Page) -> None:
    page.type("order_ask", "")
    assert "30,000,000 won to not used" in page.editor.question.question.text()
    page.editor.question.loosen.click()
    assert page.desk.limits.order_ask is None
    page.type("day_loss", "200,000")
    assert page.desk.limits.day_loss == 200_000, "a limit where there was none is tighter"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("order_ask", "abc", "cannot be read"),
        ("order_ask", "1.5", "cannot be read"),
        ("order_ask", "20%", "cannot be read"),
        ("order_ask", "0", "between 1 and"),
        ("volume_percent", "101", "between 1 and 100"),
        ("order_ask", "5억", "From 300,000,000 on it is refused"),
        ("distance_refuse_percent", "2", "From 2 on it is refused"),
    ],
)
def test_what_is_no_limit_is_said_and_not_set(page: Page, name: str, text: str, said: str) -> None:
    page.type(name, text)
    row = page.editor.rows["distance_ask_percent" if name == "distance_refuse_percent" else name]
    assert said in page.editor.rows[name].said.text() or said in row.said.text()
    assert page.desk.limits == DEFAULT_LIMITS
    assert not page.editor.question.isVisible()
    page.type(name, str(getattr(DEFAULT_LIMITS, name)))
    assert not page.editor.rows[name].said.isVisible()


def test_a_choice_that_lets_more_pass_is_confirmed_too(page: Page) -> None:
    box = page.row("own_cross").field
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData(OwnCross.OFF))
    box.activated.emit(box.currentIndex())
    assert "Refuse to Off" in page.editor.question.question.text()
    page.editor.question.keep.click()
    assert box.currentData() is OwnCross.REFUSE
    assert page.desk.limits.own_cross is OwnCross.REFUSE


def test_back_to_the_default(page: Page) -> None:
    page.type("order_refuse", "200,000,000")
    row = page.editor.rows["order_refuse"]
    assert "300,000,000 won" in row.back.toolTip()
    row.back.click()
    assert page.editor.question.isVisible(), "the default is looser than what is set"
    page.editor.question.loosen.click()
    assert page.desk.limits == DEFAULT_LIMITS


def test_a_newer_wish_takes_the_place_of_one_not_confirmed(page: Page) -> None:
    page.type("order_ask", "1억")
    page.type("orders_ask", "10")
    assert page.desk.limits == replace(DEFAULT_LIMITS, orders_ask=10)
    assert not page.editor.question.isVisible()
    assert page.text("order_ask") == "30,000,000"


def test_each_account_has_limits_of_its_own(qapp: QApplication) -> None:
    page = Page(qapp, Language.EN)
    other = FakeDesk(PracticeAccount(ConnectionId("kiwoom@practice-3f9a"), "****99-10", WireProfile.KIWOOM_REAL))
    page.context.desks = lambda: (page.desk, other)
    dialog = SettingsDialog(page.context, page.preferences)
    box = dialog.limits.accounts
    assert [box.itemText(place).rpartition(" ")[2] for place in range(2)] == ["******56-01", "****99-10"]
    box.setCurrentIndex(1)
    box.activated.emit(1)
    page.dialog = dialog
    dialog.show()
    page.type("order_ask", "1000000")
    assert other.limits.order_ask == 1_000_000
    assert page.desk.limits == DEFAULT_LIMITS
    box.setCurrentIndex(0)
    box.activated.emit(0)
    assert page.text("order_ask") == "30,000,000"
    page.close()


def test_limits_are_found_by_search_and_named_in_it(page: Page) -> None:
    page.dialog.show_only("own order")
    shown = [name for name, row in page.editor.rows.items() if row.isVisible()]
    assert shown == ["own_cross"]
    page.dialog.show_only("order limits")
    assert all(row.isVisible() for row in page.editor.rows.values())
    page.dialog.show_only("theme")
    assert not page.editor.whose.isVisible()
    for language in Language:
        names = dict(setting_names(language))
        assert names["limit.day_loss"] == limit_words.heading("day_loss", language)


def test_they_are_kept_for_the_connection_and_hold_for_a_start_without_a_window(
    qapp: QApplication, tmp_path: Path
) -> None:
    first = Page(qapp, Language.KO, tmp_path / "settings.json")
    first.type("order_refuse", "2억")
    first.close()
    assert kept_limits(tmp_path, CONNECTION).order_refuse == 200_000_000
    assert kept_limits(tmp_path, ConnectionId("another@practice")) == DEFAULT_LIMITS
    second = Page(qapp, Language.KO, tmp_path / "settings.json")
    assert second.desk.limits.order_refuse == 200_000_000
    assert second.text("order_refuse") == "200,000,000"
    second.close()


def test_without_a_readable_file_the_defaults_hold(tmp_path: Path) -> None:
    assert kept_limits(tmp_path, CONNECTION) == DEFAULT_LIMITS
    for damaged in (b"{", msgspec.json.encode({"limits": {CONNECTION: {"order_ask": -5}}}), b"[]"):
        (tmp_path / "settings.json").write_bytes(damaged)
        assert kept_limits(tmp_path, CONNECTION) == DEFAULT_LIMITS


def test_imported_settings_loosen_no_limit(qapp: QApplication) -> None:
    loose, tight, here = SettingsFile(None), SettingsFile(None), SettingsFile(None)
    loose.change(limits={CONNECTION: replace(DEFAULT_LIMITS, order_ask=None)})
    tight.change(limits={CONNECTION: replace(DEFAULT_LIMITS, order_ask=1_000)})
    here.take_over(loose.export())
    assert here.now.limits_of(CONNECTION) == DEFAULT_LIMITS
    here.take_over(tight.export())
    assert here.now.limits_of(CONNECTION).order_ask == 1_000
    here.take_over(loose.export())
    assert here.now.limits_of(CONNECTION).order_ask == 1_000


def test_korean_words(qapp: QApplication) -> None:
    made = Page(qapp, Language.KO)
    made.type("order_ask", "1억")
    assert made.editor.question.question.text() == (
        "'1회 주문금액 확인'을(를) 30,000,000원에서 100,000,000원(으)로 완화할까요?"
    )
    made.type("order_ask", "5억")
    assert "300,000,000부터는 거절하므로" in made.editor.rows["order_ask"].said.text()
    made.close()


# --- the lists ------------------------------------------------------------------------------------------------------


def listed(page: Page, name: str) -> ListRow:
    row = page.editor.rows[name]
    assert isinstance(row, ListRow)
    return row


def enter(row: ListRow, code: str, reason: str = "", until: str = "") -> None:
    for field, text in ((row.code, code), (row.reason, reason), (row.until, until)):
        field.setText(text)
    QTest.keyClick(row.until, Qt.Key.Key_Return)


def test_what_is_not_bought_is_listed_with_reason_and_end_and_removing_it_is_confirmed(page: Page) -> None:
    row = listed(page, "blocked")
    enter(row, "005930", "earnings on Friday", "2026-12-31")
    entry = ListedInstrument(InstrumentId("005930"), "earnings on Friday", date(2026, 12, 31))
    assert page.editor.now.blocked == (entry,)
    assert [row.table.text_at(0, column) for column in range(4)] == [
        "005930", "Samsung Electronics", "2026-12-31", "earnings on Friday",
    ]  # fmt: skip
    assert row.code.text() == "" and not row.remove.isEnabled()
    row.table.selectRow(0)
    QTest.mouseClick(row.remove, Qt.MouseButton.LeftButton)
    assert page.editor.now.blocked == (entry,) and page.editor.question.isVisible()
    assert page.editor.question.question.text() == "Loosen “Instruments not to buy” from 005930 to empty?"
    QTest.mouseClick(page.editor.question.loosen, Qt.MouseButton.LeftButton)
    assert page.editor.now.blocked == () and not row.table.isVisible()


def test_the_first_that_is_allowed_tightens_and_the_next_one_is_confirmed(page: Page) -> None:
    row = listed(page, "allowed")
    enter(row, "005930")
    assert [entry.instrument.code for entry in page.editor.now.allowed] == ["005930"]
    enter(row, "000660")
    assert len(page.editor.now.allowed) == 1 and page.editor.question.isVisible()
    page.editor.question.loosen.setFocus()
    QTest.keyClick(page.editor.question.loosen, Qt.Key.Key_Return)
    assert [entry.instrument.code for entry in page.editor.now.allowed] == ["005930", "000660"]


@pytest.mark.parametrize(
    ("code", "until", "said"),
    [
        ("", "", "Enter the code"),
        ("999999", "", "There is no instrument 999999"),
        ("005930", "31.12.2026", "A day is written like"),
        ("005930", "2020-01-01", "That day is over"),
    ],
)
def test_what_cannot_be_listed_is_said_and_not_set(page: Page, code: str, until: str, said: str) -> None:
    row = listed(page, "blocked")
    enter(row, code, "", until)
    assert said in row.said.text() and page.editor.now == DEFAULT_LIMITS


def test_lists_are_kept_and_read_again(qapp: QApplication, tmp_path: Path) -> None:
    made = Page(qapp, Language.KO, tmp_path / "settings.json")
    enter(listed(made, "blocked"), "005930", "감사의견 확인 전", "2026-12-31")
    made.close()
    kept = kept_limits(tmp_path, CONNECTION)
    assert kept.blocked == (ListedInstrument(InstrumentId("005930"), "감사의견 확인 전", date(2026, 12, 31)),)


def test_what_can_be_set_comes_before_the_buttons_below(page: Page) -> None:
    order, field = [], page.dialog.search.nextInFocusChain()
    while field is not page.dialog.search:
        order.append(field)
        field = field.nextInFocusChain()
    buttons = [place for place, one in enumerate(order) if one in (page.dialog._export, page.dialog._close)]
    assert min(buttons) > order.index(listed(page, "allowed").code)

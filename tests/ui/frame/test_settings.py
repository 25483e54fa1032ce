"""Settings: in effect at once, kept, found by search; a damaged file is set aside; the state likewise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import shiboken6
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QKeySequence
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hoga.base.message import Language
from hoga.ui.activity import make as make_activity
from hoga.ui.app_look import application_font, choose_font, palette
from hoga.ui.context import Event
from hoga.ui.keys_dialog import KeysDialog
from hoga.ui.settings.dialog import SettingsDialog
from hoga.ui.settings_file import Settings, SettingsFile, Theme, When
from hoga.ui.state import StateStore
from hoga.ui.tables.view import TableView
from hoga.ui.theme.tokens import Scheme, UpDown, contrast, tokens
from tests.ui.frame.conftest import Frame, MakeFrame


def test_what_was_set_is_there_at_the_next_start(qapp: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    first = SettingsFile(path)
    first.change(theme=Theme.DARK, font_percent=150, muted=frozenset({Event.FILLED}), shortcuts={"lock": ("F9",)})
    again = SettingsFile(path)
    assert again.now == first.now
    assert again.first_trouble is None
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"font_percent": 5000}', '{"theme": "pink"}'])
def test_a_damaged_file_is_set_aside_never_deleted(qapp: QApplication, tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(text)
    file = SettingsFile(path)
    assert file.now == Settings()
    assert file.first_trouble is not None
    assert (tmp_path / "settings.json.damaged").read_text() == text


def test_a_newer_file_is_not_understood_and_said(qapp: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"version": 99, "font_percent": 200}')
    file = SettingsFile(path)
    assert file.now == Settings()
    assert file.first_trouble is not None


def test_a_file_that_cannot_be_written_is_said_and_the_setting_holds(qapp: QApplication, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder should be")
    file = SettingsFile(blocked / "settings.json")
    told: list[object] = []
    file.trouble.connect(told.append)
    file.change(font_percent=125)
    assert file.now.font_percent == 125
    assert len(told) == 1


def test_what_cannot_be_set_changes_nothing(qapp: QApplication) -> None:
    file = SettingsFile(None)
    with pytest.raises(ValueError, match="percent"):
        file.change(font_percent=90)
    assert file.now.font_percent == 100


def test_exported_settings_can_be_taken_over_and_others_not(qapp: QApplication) -> None:
    one, other = SettingsFile(None), SettingsFile(None)
    one.change(up_down=UpDown.COLOUR_BLIND, sounds=When.OFF)
    other.take_over(one.export())
    assert other.now == one.now
    with pytest.raises(ValueError, match="no settings"):
        other.take_over(b"PK\x03\x04")
    assert other.now == one.now


values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=10,
)


@hypothesis_settings(max_examples=25, deadline=None)
@given(st.dictionaries(st.text(min_size=1, max_size=8), values, max_size=5))
def test_any_json_value_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, kept: dict[str, object]) -> None:
    path = tmp_path_factory.mktemp("state") / "state.json"
    state = StateStore(path)
    for name, value in kept.items():
        state.put(name, value)
    state.flush()
    again = StateStore(path)
    assert {name: again.get(name) for name in kept} == kept


def test_a_value_of_another_version_is_none(qapp: QApplication) -> None:
    state = StateStore(None)
    state.put("columns/pending", ["a"], version=2)
    assert state.get("columns/pending") is None
    assert state.get("columns/pending", version=2) == ["a"]


def test_the_state_is_written_by_itself_a_moment_later(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    state = StateStore(path)
    state.put("tab", "fills")
    qtbot.waitUntil(path.exists, timeout=5_000)
    assert json.loads(path.read_text())["parts"]["tab"]["value"] == "fills"


# --- the look --------------------------------------------------------------------------------------------------------


def test_korean_can_be_shown_and_digits_are_of_one_width(qapp: QApplication) -> None:
    choice = choose_font()
    if not choice.hangul:
        pytest.skip("no font with Hangul is installed here")
    metrics = QFontMetricsF(application_font(choice, 100))
    assert metrics.inFontUcs4(ord("가"))
    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1


@pytest.mark.parametrize("scheme", list(Scheme))
@pytest.mark.parametrize("up_down", list(UpDown))
def test_every_text_of_the_palette_is_readable_on_its_ground(
    qapp: QApplication, scheme: Scheme, up_down: UpDown
) -> None:
    made = palette(tokens(scheme, up_down))
    role = made.ColorRole
    for text, ground in (
        (role.WindowText, role.Window),
        (role.Text, role.Base),
        (role.ButtonText, role.Button),
        (role.HighlightedText, role.Highlight),
        (role.ToolTipText, role.ToolTipBase),
        (role.PlaceholderText, role.Base),
        (role.PlaceholderText, role.Window),
    ):
        assert contrast(made.color(text).name(), made.color(ground).name()) >= 4.5


def test_the_theme_takes_effect_at_once(frame: Frame) -> None:
    looked: list[int] = []
    frame.context.look_changed.connect(lambda: looked.append(1))
    frame.preferences.file.change(theme=Theme.DARK)
    assert frame.context.scheme is Scheme.DARK
    assert looked == [1]
    window = frame.window.palette().color(frame.window.backgroundRole()).name()
    assert window == tokens(Scheme.DARK).raised.lower()
    frame.preferences.file.change(font_percent=200)
    assert looked == [1, 1]


# --- the dialog ------------------------------------------------------------------------------------------------------


@pytest.fixture
def dialog(frame: Frame) -> SettingsDialog:
    shown = frame.window.show_settings()
    frame.settle()
    return shown


def test_tab_goes_from_the_search_to_the_first_setting(frame: Frame, dialog: SettingsDialog, qtbot: QtBot) -> None:
    dialog.search.setFocus()
    qtbot.keyClick(dialog.search, Qt.Key.Key_Tab)
    assert frame.app.focusWidget() is dialog.boxes["language"]


def choose(dialog: SettingsDialog, field: str, value: object) -> None:
    box = dialog.boxes[field]
    place = next(k for k in range(box.count()) if box.itemData(k) == value)
    box.setCurrentIndex(place)
    box.activated.emit(place)


def test_a_choice_is_in_effect_at_once(frame: Frame, dialog: SettingsDialog) -> None:
    choose(dialog, "up_down", UpDown.WORLD)
    assert frame.context.up_down is UpDown.WORLD
    choose(dialog, "confirm_practice", True)
    assert frame.context.confirm_level == 1
    choose(dialog, "confirm_practice", False)
    assert frame.context.confirm_level == 0
    choose(dialog, "language", Language.KO)
    assert dialog.windowTitle() == "설정"
    assert dialog.boxes["language"].currentText().startswith("한국어")


@pytest.mark.parametrize("field", ["language", "theme", "font_percent", "up_down"])
def test_choosing_from_the_open_list_by_keyboard_leaves_the_dialog_whole(
    frame: Frame, dialog: SettingsDialog, qtbot: QtBot, field: str
) -> None:
    """The rows are made anew while the list still tells of the choice: it must outlive its own telling."""
    dialog.show_only(dialog.boxes[field].accessibleName())
    box, lived = dialog.boxes[field], []
    box.activated.connect(lambda _place: lived.append(shiboken6.isValid(box)))
    box.setFocus()
    before = box.currentIndex()
    box.showPopup()
    qtbot.keyClick(box.view(), Qt.Key.Key_Up if before else Qt.Key.Key_Down)
    qtbot.keyClick(box.view(), Qt.Key.Key_Return)
    assert lived == [True]
    frame.settle()
    assert dialog.boxes[field].currentIndex() == (before - 1 if before else 1)
    assert getattr(frame.preferences.now, field) == dialog.boxes[field].currentData()
    assert dialog.boxes[field].isVisible()
    if field == "language":
        assert dialog.boxes[field] is not box
        assert dialog.focusWidget() is dialog.boxes[field], "the keyboard stays at the choice"


def test_the_default_is_named(dialog: SettingsDialog) -> None:
    assert dialog.boxes["sounds"].itemText(0) == "Always (default)"


def test_only_what_was_searched_is_shown(frame: Frame, dialog: SettingsDialog) -> None:
    dialog.show_only("colours")
    assert dialog.boxes["up_down"].isVisible()
    assert not dialog.boxes["language"].isVisible()
    dialog.show_only("cancel all")
    assert dialog.keys.edit_of("cancel.all").isVisible()
    assert not dialog.keys.edit_of("settings").isVisible()
    dialog.show_only("")
    assert dialog.boxes["language"].isVisible()


def test_sound_and_toast_of_each_event_have_their_own_switch(frame: Frame, dialog: SettingsDialog) -> None:
    dialog.event_boxes["muted", Event.FILLED].setChecked(False)
    assert Event.FILLED in frame.preferences.now.muted
    dialog.event_boxes["quiet", Event.FILLED].setChecked(False)
    dialog.event_boxes["muted", Event.FILLED].setChecked(True)
    assert Event.FILLED not in frame.preferences.now.muted
    assert frame.preferences.now.quiet == {Event.FILLED}


def test_a_key_is_changed_by_pressing_another_and_a_taken_one_is_refused_by_name(
    frame: Frame, dialog: SettingsDialog
) -> None:
    edit = dialog.keys.edit_of("settings")
    edit.setKeySequence(QKeySequence("F10"))
    edit.editingFinished.emit()
    assert frame.context.actions.keys("settings") == ("F10",)
    assert frame.preferences.now.shortcuts == {"settings": ("F10",)}
    edit.setKeySequence(QKeySequence("Ctrl+L"))
    edit.editingFinished.emit()
    assert frame.context.actions.keys("settings") == ("F10",)
    assert "belongs to “Lock”" in dialog.keys.said.text()
    assert edit.keySequence().toString() == "F10"
    assert dialog.keys.set_keys("settings", frame.context.actions.defaults("settings"))
    assert frame.preferences.now.shortcuts == {}


def test_changed_keys_hold_at_the_next_start(make_frame: MakeFrame, tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"language": "en", "shortcuts": {"cancel.all": ["F11"], "lock": ["Ctrl+K"]}}')
    frame = make_frame(settings=path)
    frame.show()
    actions = frame.context.actions
    assert actions.keys("cancel.all") == ("F11",)
    assert actions.keys("lock") == ("Ctrl+K",)
    assert actions.keys("search") == ("/",)
    assert any("Find" in card.words and "Without their key" in card.words for card in frame.window.toasts.cards())


def test_settings_go_to_a_file_and_come_back(frame: Frame, dialog: SettingsDialog, tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    frame.preferences.file.change(font_percent=125)
    dialog.export_to(str(path))
    frame.preferences.file.change(font_percent=100)
    dialog.import_from(str(path))
    assert frame.preferences.now.font_percent == 125
    path.write_text("nonsense")
    dialog.import_from(str(path))
    assert "No settings could be read" in frame.window.toasts.cards()[-1].words
    dialog.import_from(str(tmp_path / "absent.json"))
    assert "Could not be read" in frame.window.toasts.cards()[-1].words


def test_it_opens_once_and_again_after_it_was_closed(frame: Frame, dialog: SettingsDialog, qtbot: QtBot) -> None:
    assert frame.window.show_settings() is dialog
    with qtbot.waitSignal(dialog.destroyed):
        dialog.close()
    assert frame.window.show_settings() is not dialog


def test_every_key_is_listed_and_a_panes_own_come_first(frame: Frame) -> None:
    dialog = KeysDialog(frame.context, frame.window, about=frame.window.watch)
    first = [dialog.rows.text_at(row, 1) for row in range(3)]
    assert first == ["Remove from the list", "Move up", "Move down"]
    dialog.search.setText("ctrl+shift+x")
    assert [dialog.rows.text_at(row, 1) for row in range(dialog.rows.rowCount())] == ["Cancel all"]
    dialog.close()


def test_the_keys_follow_the_language_while_they_are_open(frame: Frame) -> None:
    keys = KeysDialog(frame.context, frame.window)
    assert keys.windowTitle() == "Keys"
    frame.preferences.file.change(language=Language.KO)
    assert keys.windowTitle() == "단축키"
    assert "잠그기" in {keys.rows.text_at(row, 1) for row in range(keys.rows.rowCount())}
    keys.close()


def test_tables_are_as_high_and_wide_as_the_text_of_now(frame: Frame, qtbot: QtBot) -> None:
    pane = make_activity(frame.context)
    qtbot.addWidget(pane)
    pane.show()
    view = pane.findChild(TableView)
    assert isinstance(view, TableView)

    def sizes() -> tuple[int, int]:
        return view.verticalHeader().defaultSectionSize(), view.head.sectionSize(0)

    usual = sizes()
    frame.preferences.file.change(font_percent=200)
    assert all(large > 1.5 * small for large, small in zip(sizes(), usual, strict=True))
    frame.preferences.file.change(font_percent=100)
    assert sizes() == usual

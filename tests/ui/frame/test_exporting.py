"""Exporting from the menu: the folder is asked for without stopping the window, and what came of it is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from hoga.base.message import Language, Message
from hoga.trading.export import ExportFailed
from hoga.ui.context import Toast
from tests.ui.frame.conftest import Frame


@pytest.fixture
def said(frame: Frame) -> list[Toast]:
    toasts: list[Toast] = []
    frame.context.toast.connect(toasts.append)
    return toasts


def test_it_stands_in_the_menu_and_asks_for_a_folder(frame: Frame) -> None:
    action = frame.context.actions.action("export")
    assert action is not None
    assert action in frame.window.menu.actions()
    dialog = frame.window.exporting.ask()
    try:
        assert dialog.isVisible()
        assert dialog.fileMode() is QFileDialog.FileMode.Directory
    finally:
        dialog.close()


def test_the_files_are_named_where_they_are(frame: Frame, said: list[Toast], tmp_path: Path) -> None:
    frame.desk.answers["export"] = (tmp_path / "a-orders.csv", tmp_path / "a-fills.csv")
    frame.window.exporting.write_to(str(tmp_path))
    (command,) = frame.desk.named("export")
    assert command.arguments == (tmp_path, frame.context.language)
    (toast,) = said
    assert str(tmp_path) in toast.text
    assert "a-orders.csv, a-fills.csv" in toast.text
    assert toast.sticky


def test_a_folder_that_cannot_be_written_says_why(frame: Frame, said: list[Toast], tmp_path: Path) -> None:
    frame.desk.answers["export"] = ExportFailed(Message("EXPORT_FAILED", {"folder": str(tmp_path), "why": "full"}))
    frame.context.set_language(Language.EN)
    frame.window.exporting.write_to(str(tmp_path))
    (toast,) = said
    assert toast.text.startswith("Nothing was exported.")
    assert "full" in toast.text

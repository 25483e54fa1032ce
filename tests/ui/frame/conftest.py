"""A window over a fake desk, its parts in reach, gone without a trace after each test."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget

from hoga.base.message import Language
from hoga.ui.context import Context
from hoga.ui.preferences import Preferences
from hoga.ui.settings_file import Theme
from hoga.ui.state import StateStore
from hoga.ui.window import DeskWindow, make_window
from tests.support.fake_desk import FakeDesk, make_context

PAGES = ("quote", "order", "pending", "holdings", "fills", "activity")


class Frame:
    """One desk, one window. ``heard`` are the sounds that were played, by file name."""

    def __init__(
        self,
        app: QApplication,
        desk: FakeDesk | None = None,
        *,
        language: Language = Language.EN,
        state: Path | None = None,
        settings: Path | None = None,
    ) -> None:
        self.app = app
        self.desk = desk or FakeDesk()
        self.context: Context = make_context(self.desk)
        self.context.state = StateStore(state, self.context)
        self.preferences = Preferences(app, self.context, settings)
        if settings is None:
            self.preferences.file.change(language=language, theme=Theme.LIGHT)
        self.heard: list[str] = []
        self.now = 0.0
        self.pages = {name: self._page(name) for name in PAGES}
        self.window: DeskWindow = make_window(
            self.context, self.preferences, self.pages, now=lambda: self.now, player=lambda p: self.heard.append(p.stem)
        )

    @staticmethod
    def _page(name: str) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.addWidget(QLabel(name))
        column.addWidget(QLineEdit())
        return page

    def show(self, width: int = 1366, height: int = 768) -> DeskWindow:
        self.window.setGeometry(0, 0, width, height)
        self.window.show()
        self.settle()
        return self.window

    def settle(self) -> None:
        for _ in range(3):
            self.app.processEvents()

    def close(self) -> None:
        self.context.stop()
        self.window.close_for_good()
        self.preferences.close()
        self.context.deleteLater()
        bury()


def bury() -> None:
    """Everything that was to be deleted later is deleted now, and what held on to it."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()


MakeFrame = Callable[..., Frame]


@pytest.fixture
def make_frame(qapp: QApplication) -> Iterator[MakeFrame]:
    made: list[Frame] = []

    def make(desk: FakeDesk | None = None, **more: object) -> Frame:
        made.append(Frame(qapp, desk, **more))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for frame in made:
        frame.close()


@pytest.fixture
def frame(make_frame: MakeFrame) -> Frame:
    made = make_frame()
    made.show()
    return made

"""How the quote tab shares its room: chart side and book side, and on the book side book and tape."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from hoga.ui.context import Context
from hoga.ui.painting import grid
from hoga.ui.quote.book_view import BookView

STATE = "split/quote"
_FEWEST_ROWS = 4
"""Rows of the tape that the book leaves it, where it can."""


class Halves(QSplitter):
    """Until a person moves a handle, the book has the room of its ten levels and the tape what is left. In little room
    the book's rows shrink first, then the tape, and only then the farthest levels go."""

    def __init__(self, context: Context, left: QWidget, book: BookView, tape: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._context = context
        self._book, self._tape = book, tape
        self._moved = False
        self.right = QSplitter(Qt.Orientation.Vertical)
        self.right.addWidget(book)
        self.right.addWidget(tape)
        self.addWidget(left)
        self.addWidget(self.right)
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 0)
        for splitter in (self.right, self):
            splitter.setChildrenCollapsible(False)
            splitter.splitterMoved.connect(self._keep)
        context.layout_reset.connect(self.reset)
        context.look_changed.connect(self.stand)
        self._restore()

    def stand(self) -> None:
        """The usual shares at this size and font; leaves alone what a person has moved."""
        for splitter in (self.right, self):
            splitter.setHandleWidth(grid(self))
        if self._moved or self.width() <= 0:
            return
        handle = self.handleWidth()
        wide = min(self._book.sizeHint().width(), self.width() * 9 // 20)
        self.setSizes([self.width() - handle - wide, wide])
        height, wanted = self.height() - handle, self._book.sizeHint().height()
        least = self._tape.minimumSizeHint().height()
        tape = least + _FEWEST_ROWS * self._tape.fontMetrics().height()
        book = min(max(self._book.tight_height, min(wanted, height - tape)), height - least)
        self.right.setSizes([book, height - book])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.stand()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "right"):
            self.stand()

    def reset(self) -> None:
        """As at first."""
        self._moved = False
        self.stand()

    def _keep(self, *_: object) -> None:
        self._moved = True
        self._context.state.put(STATE, {"halves": self.sizes(), "right": self.right.sizes()})

    def _restore(self) -> None:
        kept = self._context.state.get(STATE)
        if not isinstance(kept, dict):
            return
        for splitter, name in ((self, "halves"), (self.right, "right")):
            sizes = kept.get(name)
            if isinstance(sizes, list) and len(sizes) == 2 and all(type(size) is int and size > 0 for size in sizes):
                splitter.setSizes(sizes)
                self._moved = True

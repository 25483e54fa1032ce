"""The page on which a connection is filled in, tested and saved, and what is said when it cannot be kept."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from hoga.base.message import Message
from hoga.ui.connect.form import ConnectionForm
from hoga.ui.connect.look import Note
from hoga.ui.connect.site import Site
from hoga.ui.connect.steps_view import StepsView
from hoga.ui.painting import grid


class FormPage(QWidget):
    """Signals: test_wanted, save_wanted, back_wanted."""

    test_wanted = Signal()
    save_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, site: Site, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._site = site
        self._busy = False
        self._trouble: Message | None = None
        self.form = ConnectionForm(site, self)
        self.steps = StepsView(site, self)
        self.steps.hide()
        self.trouble = Note(self, little=False)
        self.this_run = QPushButton(self)
        self.test, self.save, self.back = QPushButton(self), QPushButton(self), QPushButton(self)
        self._lay_out()
        self.area.verticalScrollBar().rangeChanged.connect(self._follow_down)
        self.form.edited.connect(self.refresh)
        self.test.clicked.connect(self.test_wanted)
        self.save.clicked.connect(self.save_wanted)
        self.back.clicked.connect(self.back_wanted)
        self.this_run.clicked.connect(self._for_this_run)
        site.changed.connect(self.refresh)
        self.refresh()

    def _lay_out(self) -> None:
        inner = QWidget(self)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, grid(self, 3), 0)
        column.setSpacing(grid(self, 4))
        column.addWidget(self.form)
        column.addWidget(self.steps)
        column.addStretch(1)
        self.area = QScrollArea(self)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidget(inner)
        foot = QHBoxLayout()
        for button in (self.this_run, self.test, self.save, self.back):
            button.setAutoDefault(False)
        foot.addWidget(self.trouble, 1)
        for button in (self.this_run, self.test, self.save, self.back):
            foot.addWidget(button)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(grid(self, 3))
        page.addWidget(self.area, 1)
        page.addLayout(foot)

    # --- what is going on -------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """The form holds another connection: nothing of the one before is shown."""
        self._trouble, self._busy = None, False
        self.steps.hide()
        self.this_run.hide()
        self.area.verticalScrollBar().setValue(0)
        self.refresh()

    def working(self, busy: bool) -> None:
        """While something is under way nothing else is begun."""
        self._busy = busy
        self.refresh()

    def refuse(self, why: Message, *, offer_this_run: bool = False) -> None:
        """It did not go: say why and what to do; ``offer_this_run`` is the way on when a keyring does not do its
        work."""
        self._trouble = why
        self.this_run.setVisible(offer_this_run)
        self.refresh()

    def testing(self) -> StepsView:
        """Show the steps, with nothing on them."""
        self._trouble = None
        self.this_run.hide()
        self.steps.show()
        self.steps.begin()
        self.refresh()
        self._follow_down(0, self.area.verticalScrollBar().maximum())
        return self.steps

    def _follow_down(self, _low: int, high: int) -> None:
        """The steps stand below the form and grow while they are told."""
        if self.steps.isVisible():
            self.area.verticalScrollBar().setValue(high)

    def _for_this_run(self) -> None:
        self.form.keep_for_this_run()
        self.this_run.hide()
        self.save_wanted.emit()

    def refresh(self) -> None:
        why_not = self.form.why_not()
        if self._busy:
            why_not = self.tr("Something is under way.")
        self.test.setText(self.tr("&Test"))
        self.save.setText(self.tr("&Save"))
        self.back.setText(self.tr("&Back"))
        self.this_run.setText(self.tr("Keep for this &run only"))
        self.test.setEnabled(not why_not)
        self.save.setEnabled(not why_not)
        self.test.setToolTip(why_not or self.tr("Tries it step by step. No order is sent, nothing is kept."))
        self.save.setToolTip(why_not or self.tr("Keeps the keys and connects."))
        if self._trouble is not None:
            words = self._site.worded(self._trouble).replace(" · ", "\n")
            self.trouble.tell("✕ " + words, self._site.tokens.bad)
        else:
            self.trouble.tell("" if self._busy else why_not, self._site.tokens.dim)

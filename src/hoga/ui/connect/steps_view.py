"""How a connection test goes: one line for each step, with what it says and what to do."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from hoga.trading.connections import Remedy, Step, StepKind, StepState
from hoga.ui.connect.look import Note
from hoga.ui.connect.site import Site
from hoga.ui.connect.words import STATE_MARKS, state_words, step_words
from hoga.ui.painting import bold, grid


class StepsView(QWidget):
    """Shows steps as they come. Signals:

    stopped: the person does not want to wait.
    remedy (Remedy): the person takes the way out that a failed step offers.
    """

    stopped = Signal()
    remedy = Signal(object)

    def __init__(self, site: Site, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._site = site
        self.steps: dict[StepKind, Step] = {}
        self.running = False
        self._marks: dict[StepKind, QLabel] = {}
        self._names: dict[StepKind, QLabel] = {}
        self._said: dict[StepKind, Note] = {}
        self.summary = Note(self, little=False)
        self.other = QPushButton(self)
        self.other.setAutoDefault(False)
        self.other.clicked.connect(lambda: self.remedy.emit(Remedy.OTHER_ENVIRONMENT))
        self.stop = QPushButton(self)
        self.stop.setAutoDefault(False)
        self.stop.clicked.connect(self.stopped)
        self._lay_out()
        site.changed.connect(self.refresh)

    def _lay_out(self) -> None:
        rows = QGridLayout()
        rows.setHorizontalSpacing(grid(self, 2))
        rows.setVerticalSpacing(grid(self))
        rows.setColumnStretch(2, 1)
        for line, kind in enumerate(StepKind):
            mark, name, said = QLabel(self), QLabel(self), Note(self, little=False)
            mark.setFont(bold(self.font()))
            mark.setMinimumWidth(mark.fontMetrics().horizontalAdvance("✓✓"))
            self._marks[kind], self._names[kind], self._said[kind] = mark, name, said
            for column, label in enumerate((mark, name, said)):
                rows.addWidget(label, line, column)
        foot = QHBoxLayout()
        foot.addWidget(self.summary, 1)
        foot.addWidget(self.other)
        foot.addWidget(self.stop)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(grid(self, 2))
        whole.addLayout(rows)
        whole.addLayout(foot)

    # --- what comes -------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        self.steps = {}
        self.running = True
        self.refresh()

    def show_step(self, step: Step) -> None:
        self.steps[step.kind] = step
        self.refresh()

    def end(self) -> None:
        """Nothing more comes: the test is over, or was stopped."""
        self.running = False
        self.steps = {kind: step for kind, step in self.steps.items() if step.state is not StepState.RUNNING}
        self.refresh()

    @property
    def passed(self) -> bool:
        """Whether a whole test is over and nothing failed."""
        return len(self.steps) == len(StepKind) and not self._failed

    @property
    def _failed(self) -> bool:
        return any(step.state is StepState.FAILED for step in self.steps.values())

    # --- how it looks -----------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        for kind in StepKind:
            self._show_line(kind)
        self._show_summary()
        offered = any(step.remedy is Remedy.OTHER_ENVIRONMENT for step in self.steps.values())
        self.other.setText(self.tr("Change to the other environment and test again"))
        self.other.setVisible(offered and not self.running)
        self.stop.setText(self.tr("Stop the test"))
        self.stop.setVisible(self.running)

    def _show_line(self, kind: StepKind) -> None:
        tokens = self._site.tokens
        step = self.steps.get(kind)
        state = StepState.SKIPPED if step is None else step.state
        colour = {
            StepState.PASSED: tokens.good,
            StepState.WARNED: tokens.warn,
            StepState.FAILED: tokens.bad,
            StepState.RUNNING: tokens.accent,
            StepState.SKIPPED: tokens.dim,
        }[state]
        mark, name, said = self._marks[kind], self._names[kind], self._said[kind]
        mark.setText("" if step is None else STATE_MARKS[state])
        _colour(mark, colour)
        name.setText(step_words(kind))
        _colour(name, tokens.dim if state is StepState.SKIPPED else tokens.text)
        text = "" if step is None else state_words(state)
        if step is not None and step.said is not None:
            text = self._site.worded(step.said).replace(" · ", "\n")
        said.tell(text, colour if state in (StepState.WARNED, StepState.FAILED) else tokens.dim)
        name.setAccessibleName(f"{step_words(kind)}: {state_words(state) if step else ''} {text}".strip())

    def _show_summary(self) -> None:
        tokens = self._site.tokens
        if self.running:
            self.summary.tell(self.tr("Testing. No order is sent, and nothing is kept."), tokens.dim)
        elif not self.steps:
            self.summary.tell("", tokens.dim)
        elif self._failed:
            self.summary.tell(self.tr("Not ready yet: see what failed."), tokens.bad)
        elif self.passed:
            self.summary.tell(self.tr("Everything needed for trading works."), tokens.good)
        else:
            self.summary.tell(self.tr("The test was stopped."), tokens.dim)


def _colour(label: QLabel, colour: str) -> None:
    palette = label.palette()
    palette.setColor(QPalette.ColorRole.WindowText, QColor(colour))
    label.setPalette(palette)

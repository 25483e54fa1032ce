"""A question that only the person can answer: which of the broker's orders is ours, or none of them."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from hoga.domain.broker_orders import BrokerNumber
from hoga.trading.views import Question
from hoga.ui.banner.evidence import Evidence, letter
from hoga.ui.check import RadioButton
from hoga.ui.context import Context
from hoga.ui.dialog import PlainDialog
from hoga.ui.order_line import in_a_line
from hoga.ui.painting import grid


class QuestionDialog(PlainDialog):
    """The evidence side by side. Nothing is chosen beforehand, only a choice can be sent, and what it means is said."""

    def __init__(self, context: Context, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(context, "", parent)
        self.setWindowTitle(self.tr("Which order is yours?"))
        self._question = question
        self._choices: list[BrokerNumber | None] = []
        self._group = QButtonGroup(self)
        self.say(context.worded(question.why))
        self.say(self.tr("Your order: {order}").format(order=in_a_line(context, question.order)))
        self.evidence = Evidence(context, question, self)
        self.body.addWidget(self.evidence)
        self._row = QHBoxLayout()
        self._row.setSpacing(grid(self, 4))
        self.body.addLayout(self._row)
        for place, report in enumerate(question.candidates):
            self._choice(self.tr("{letter} is mine").format(letter=letter(place)), report.number)
        self._choice(self.tr("None of these is mine"), None)
        self._row.addStretch(1)
        self.meaning = self.say(self.tr("Choose one. Until you decide, the order counts as possibly live."))
        later = self.button(self.tr("Decide later"), default=True)
        later.clicked.connect(self.reject)
        self._send = self.button(self.tr("This is it"))
        self._send.setAutoDefault(True)  # Enter presses what has the focus
        self._send.setEnabled(False)
        self._send.setToolTip(self.tr("Choose first."))
        self._send.clicked.connect(self._answer)
        self._group.idClicked.connect(self._chosen)
        context.questions_changed.connect(self._look)

    def choose(self, place: int) -> None:
        """Press the choice at ``place``; the last one is "none of these"."""
        self._group.button(place).click()

    def _choice(self, text: str, number: BrokerNumber | None) -> None:
        button = RadioButton(text, self)
        self._group.addButton(button, len(self._choices))
        self._choices.append(number)
        self._row.addWidget(button)

    def _chosen(self, place: int) -> None:
        self._send.setEnabled(True)
        self._send.setToolTip("")
        number = self._choices[place]
        if number is None:
            text = self.tr("Then yours never arrived and is closed; these were made elsewhere.")
        else:
            text = self.tr("Then number {number} is yours; any other was made elsewhere.").format(
                number=f"{number.number:010d}"
            )
        self.meaning.setText(text)

    def _answer(self) -> None:
        number = self._choices[self._group.checkedId()]
        self.accept()
        self.context.do(f"answer {self._question.id}", self.context.desk.answer(self._question.id, number))

    def _look(self) -> None:
        """A question that has answered itself meanwhile is not asked any more."""
        if self.isVisible() and all(one.id != self._question.id for one in self.context.desk.questions()):
            self.reject()

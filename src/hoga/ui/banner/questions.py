"""A question that only the person can answer: which of the broker's orders is ours, or none of them."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from hoga.domain.broker_orders import BrokerNumber, OrderReport
from hoga.domain.tickets import OrderType
from hoga.trading.views import Question
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.dialog import PlainDialog
from hoga.ui.order_line import in_a_line, terms


class QuestionDialog(PlainDialog):
    """Nothing is chosen beforehand, and only a choice can be sent."""

    def __init__(self, context: Context, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(context, "", parent)
        self.setWindowTitle(self.tr("Which order is yours?"))
        self._question = question
        self._choices: list[BrokerNumber | None] = []
        self._group = QButtonGroup(self)
        self.say(context.worded(question.why))
        self.say(self.tr("Your order: {order}").format(order=in_a_line(context, question.order)))
        self.say(self.tr("At the broker:"))
        for report in question.candidates:
            self._choice(self._row(report), report.number)
        self._choice(self.tr("None of these is mine"), None)
        later = self.button(self.tr("Later"), default=True)
        later.clicked.connect(self.reject)
        self._send = self.button(self.tr("This is it"))
        self._send.setEnabled(False)
        self._send.setToolTip(self.tr("Choose a line first."))
        self._send.clicked.connect(self._answer)
        self._group.idClicked.connect(self._chosen)

    def choose(self, place: int) -> None:
        """Press the line at ``place``; the last one is "none of these"."""
        self._group.button(place).click()

    def _row(self, report: OrderReport) -> str:
        type = report.type or OrderType.LIMIT
        what = terms(self.context, report.instrument, report.side, type, report.quantity, report.limit)
        return self.tr("{time} · number {number} · {what} · filled {filled} · entered through {channel}").format(
            time=fmt.clock(report.at),
            number=report.number.number,
            what=what,
            filled=f"{report.filled.count:,}",
            channel=report.channel or fmt.DASH,
        )

    def _choice(self, text: str, number: BrokerNumber | None) -> None:
        button = QRadioButton(text, self)
        self._group.addButton(button, len(self._choices))
        self._choices.append(number)
        self.body.addWidget(button)

    def _chosen(self, _place: int) -> None:
        self._send.setEnabled(True)
        self._send.setToolTip("")

    def _answer(self) -> None:
        number = self._choices[self._group.checkedId()]
        self.context.do(f"answer {self._question.id}", self.context.desk.answer(self._question.id, number))
        self.accept()

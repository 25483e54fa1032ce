"""The answer to 'why this number?', beside the number: inputs with their sources, the rule, the figure anew."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from hoga.ui.context import Context
from hoga.ui.holdings.why import Input, Why
from hoga.ui.painting import bold, grid
from hoga.ui.tables.column import HIDDEN, Tone

_MOST_INPUTS = 14


class WhyPopover(QFrame):
    """Closed by Esc or a click elsewhere. Built anew each time: what it says is of one moment."""

    def __init__(self, context: Context, why: Why, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._context = context
        self.why = why
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFrameShape(QFrame.Shape.Box)
        self.setAccessibleName(why.title)
        palette = self.palette()
        palette.setColor(palette.ColorRole.Window, QColor(context.tokens.raised))
        palette.setColor(palette.ColorRole.WindowText, QColor(context.tokens.text))
        self.setPalette(palette)
        self._lines = QGridLayout(self)
        unit = grid(self)
        self._lines.setContentsMargins(unit * 4, unit * 3, unit * 4, unit * 3)
        self._lines.setHorizontalSpacing(unit * 5)
        self._lines.setVerticalSpacing(unit)
        self._fill()

    def show_at(self, beside: QRect) -> None:
        """Below the number (``beside`` in global places), kept on the screen."""
        self.adjustSize()
        screen = self.screen().availableGeometry()
        at = QPoint(beside.right() - self.width(), beside.bottom() + 2)
        if at.y() + self.height() > screen.bottom():
            at.setY(beside.top() - self.height() - 2)
        at.setX(max(min(at.x(), screen.right() - self.width()), screen.left()))
        at.setY(max(at.y(), screen.top()))
        self.move(at)
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def _fill(self) -> None:
        why = self.why
        self._text(0, 0, why.title, strong=True, span=3)
        row = 1
        for one in why.inputs[:_MOST_INPUTS]:
            self._input(row, one)
            row += 1
        if len(why.inputs) > _MOST_INPUTS:
            more = self.tr("and {count} more").format(count=len(why.inputs) - _MOST_INPUTS)
            self._text(row, 0, more, tone=Tone.DIM, span=3)
            row += 1
        self._text(row, 0, self.tr("Rule: {rule}").format(rule=why.rule), tone=Tone.DIM, span=3)
        self._result(row + 1)
        if why.note:
            self._text(row + 3, 0, why.note, tone=Tone.DIM, span=3)

    def _result(self, row: int) -> None:
        why = self.why
        self._text(row, 0, self.tr("Reckoned anew"), strong=True)
        if why.again is None:
            self._text(row, 1, self.tr("not from this alone"), tone=Tone.DIM, span=2)
            return
        self._text(row, 1, self._amount(why.again), strong=True, right=True)
        if why.differs:
            text = self.tr("Shown: {shown}. Something moved in between, or the figures do not fit: F5 in Pending asks "
                           "the broker.").format(shown=self._amount(why.shown))  # fmt: skip
            self._text(row + 1, 0, text, tone=Tone.WARN, span=3)
        else:
            self._text(row, 2, self.tr("as shown"), tone=Tone.GOOD)

    def _input(self, row: int, one: Input) -> None:
        self._text(row, 0, one.what)
        self._text(row, 1, self._amount(one.value), right=True)
        self._text(row, 2, one.source, tone=Tone.DIM)

    def _amount(self, text: str) -> str:
        return HIDDEN if self._context.hidden and any(letter.isdigit() for letter in text) else text

    def _text(
        self, row: int, column: int, text: str, *, tone: Tone = Tone.TEXT, strong: bool = False, right: bool = False,
        span: int = 1,
    ) -> None:  # fmt: skip
        label = QLabel(text, self)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        palette = label.palette()
        palette.setColor(palette.ColorRole.WindowText, QColor(tone.colour(self._context.tokens)))
        label.setPalette(palette)
        if strong:
            label.setFont(bold(self.font()))
        if span > 1:
            label.setWordWrap(True)
            label.setMinimumWidth(self.fontMetrics().averageCharWidth() * 36)
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        self._lines.addWidget(label, row, column, 1, span, side if span == 1 else Qt.AlignmentFlag(0))

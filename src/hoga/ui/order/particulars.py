"""A proposal as it is read before it is approved: the sentence, the account, what it costs, what would happen now."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from hoga.base.message import Message
from hoga.ui.context import Context
from hoga.ui.order import dress
from hoga.ui.order.cautions import Level
from hoga.ui.order.figures import Figure
from hoga.ui.order.measures import strengthen
from hoga.ui.order.proposals import Now, Proposal
from hoga.ui.order.reasons import in_lines, in_words, sentence_of
from hoga.ui.painting import draw_text, grid


class _Value(QLabel):
    """A figure that makes nothing wider: cut with a mark where it does not fit, whole in its tip."""

    def minimumSizeHint(self) -> QSize:
        return QSize(1, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        draw_text(painter, self.contentsRect(), self.text(), Qt.AlignmentFlag.AlignRight)

    def say(self, text: str, tip: str) -> None:
        self.setText(text)
        cut = self.fontMetrics().horizontalAdvance(text) > self.contentsRect().width()
        self.setToolTip("\n".join(filter(None, (text if cut else "", tip))))


class FigureGrid(QWidget):
    """Labels left, exact values right; rows are made once and shown as needed, so that nothing jumps."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._rows: list[tuple[QLabel, _Value]] = []
        self._shown: dict[int, tuple[object, ...]] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(grid(self, 3))
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)

    def show_figures(self, figures: tuple[Figure, ...]) -> None:
        while len(self._rows) < len(figures):
            self._rows.append(self._made(len(self._rows)))
        for place, (label, value) in enumerate(self._rows):
            shown = place < len(figures)
            label.setVisible(shown)
            value.setVisible(shown)
            wanted = (figures[place], self._context.tokens, value.width(), value.font().key()) if shown else ()
            if wanted != self._shown.get(place):
                self._shown[place] = wanted
                if shown:
                    self._show(label, value, figures[place])

    def _made(self, row: int) -> tuple[QLabel, _Value]:
        label, value = QLabel(self), _Value(self)
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(value, row, 1)
        return label, value

    def _show(self, label: QLabel, value: _Value, figure: Figure) -> None:
        label.setText(figure.label)
        label.setToolTip(figure.tip)
        strengthen(value, figure.strong)
        value.say(figure.value, figure.tip)
        value.setAccessibleName(f"{figure.label} {figure.value}")
        dress.ink(label, self._context.tokens.dim)
        dress.ink(value, self._context.tokens.text)


class Particulars(QWidget):
    """``show`` a proposal, then ``refresh`` it as the market moves; ``blocks`` say why it cannot go any more."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._proposal: Proposal | None = None
        self.sentence = QLabel(self)
        self.sentence.setWordWrap(True)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.account = QLabel(self)
        self.figures = FigureGrid(context, self)
        self.line, self.cautions = dress.note(self), dress.note(self)
        self.notes, self.why_not = dress.note(self), dress.note(self)
        self.blocks: tuple[Message, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(grid(self))
        for widget in (self.sentence, self.account, self.cautions, self.figures, self.line, self.notes, self.why_not):
            column.addWidget(widget)

    def show_proposal(self, proposal: Proposal) -> None:
        self._proposal = proposal
        strengthen(self.sentence, True)
        self.sentence.setText(proposal.sentence)
        self.sentence.setAccessibleName(proposal.sentence)
        self.account.setText(proposal.account)
        self.refresh()

    def refresh(self) -> None:
        if self._proposal is None:
            return
        now: Now = self._proposal.now()
        self.blocks = now.blocks
        self.figures.show_figures(now.figures)
        dress.say(self.line, now.line)
        # The dialog has its reasons on top, larger.
        cautions = self._proposal.cautions if self._proposal.level is Level.SLIP else ()
        dress.say(self.cautions, "\n".join(f"! {in_words(self._context, caution)}" for caution in cautions))
        dress.say(self.notes, "\n".join(sentence_of(self._context, note) for note in now.notes))
        dress.say(self.why_not, in_lines(self._context, now.blocks))
        tokens = self._context.tokens
        dress.ink(self.sentence, dress.side_colour(self._proposal.side, tokens))
        dress.ink(self.account, tokens.text)
        dress.ink(self.line, tokens.dim)
        dress.ink(self.notes, tokens.dim)
        dress.ink(self.cautions, tokens.warn)
        dress.ink(self.why_not, tokens.bad)

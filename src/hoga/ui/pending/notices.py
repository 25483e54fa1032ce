"""What the person must decide about orders, above the table: which of the broker's orders is ours, and what becomes of
orders that had not left when the desk last ended."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from hoga.base.message import Message
from hoga.domain.broker_orders import OrderReport
from hoga.domain.tickets import OrderId, RequestId
from hoga.trading.views import NO_CONSENT, Consent, Offer, Question
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.order.reasons import in_words
from hoga.ui.order.text import type_word
from hoga.ui.painting import bold, grid
from hoga.ui.pending.commands import OrderCommands
from hoga.ui.pending.words import order_line
from hoga.ui.tables.words import request_word

_MOST_HEIGHT = 14
"""Lines of text before the cards scroll."""


class Decisions(QScrollArea):
    """A card for each question and each offer; hidden while there is none."""

    def __init__(self, context: Context, commands: OrderCommands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._commands = commands
        self._shown: tuple[tuple[Question, ...], tuple[Offer, ...]] | None = None
        self._said: dict[OrderId, str] = {}
        self._asked: dict[OrderId, tuple[Message, ...]] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        commands.stopped.connect(self._stopped)
        commands.asked.connect(self._must_ask)
        context.language_changed.connect(self.rebuild)
        context.look_changed.connect(self.rebuild)
        context.instruments_changed.connect(self.rebuild)
        self.refresh()

    def refresh(self) -> None:
        desk = self._context.desk
        shown = (desk.questions(), desk.offers())
        if shown != self._shown:
            self._shown = shown
            open_orders = {one.order.id for one in shown[1]}
            self._said = {order: text for order, text in self._said.items() if order in open_orders}
            self._asked = {order: asked for order, asked in self._asked.items() if order in open_orders}
            self.rebuild()

    def rebuild(self) -> None:
        """Make the cards anew: language, look, or what was answered."""
        if self._shown is None:
            return
        questions, offers = self._shown
        inner = QWidget()
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(grid(self), grid(self), grid(self), 0)
        lines.setSpacing(grid(self))
        for question in questions:
            lines.addWidget(self._question(question))
        for offer in offers:
            lines.addWidget(self._offer(offer))
        self.setWidget(inner)
        self.setVisible(bool(questions or offers))
        most = self.fontMetrics().height() * _MOST_HEIGHT
        self.setFixedHeight(min(inner.sizeHint().height() + grid(self), most))

    # --- cards ------------------------------------------------------------------------------------------------------

    def _question(self, question: Question) -> QFrame:
        card, lines = self._card()
        self._head(lines, self.tr("Which order is ours?"), order_line(self._context, question.order))
        self._text(lines, in_words(self._context, question.why))
        for place, row in enumerate(question.candidates):
            evidence = self._evidence(row)
            label = QLabel(evidence, card)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            lines.addWidget(label, 2 + place, 0)
            self._button(
                lines, 2 + place, 1, self.tr("This one is ours"), evidence,
                partial(self._commands.answer, question.id, row.number),
            )  # fmt: skip
        none_of_them = self.tr("None of them is ours: it never arrived.")
        self._button(
            lines, 2 + len(question.candidates), 1, self.tr("None of them"), none_of_them,
            partial(self._commands.answer, question.id, None),
        )  # fmt: skip
        return card

    def _evidence(self, row: OrderReport) -> str:
        price = fmt.price(row.limit) if row.limit is not None else type_word(row.type) if row.type else fmt.DASH
        return self.tr("{time} · number {number} · {filled} / {quantity} at {price} · {channel}").format(
            time=fmt.clock(row.at), number=row.number.number, filled=fmt.shares(row.filled),
            quantity=fmt.shares(row.quantity), price=price, channel=row.channel or fmt.DASH,
        )  # fmt: skip

    def _offer(self, offer: Offer) -> QFrame:
        card, lines = self._card()
        title = self.tr("Never sent: {what}").format(what=request_word(offer.request.kind))
        self._head(lines, title, order_line(self._context, offer.order))
        asked = self._asked.get(offer.order.id, ())
        waited = self.tr("It was waiting when the desk ended at its last run ({time}).").format(
            time=fmt.clock(offer.request.made_at)
        )
        self._text(lines, " ".join(filter(None, (waited, self._said.get(offer.order.id, "")))))
        row = QHBoxLayout()
        send = self.tr("Send all the same") if asked else self.tr("Send now")
        locked = self._context.locked
        about = self.tr("The account is locked (Ctrl+L).") if locked else self.tr("Judged anew by today's rules first.")
        button = self._button(None, 0, 0, send, about, lambda: self._send(offer))
        button.setEnabled(not locked)
        row.addWidget(button)
        drop = self.tr("It is taken back; nothing was ever at the broker.")
        row.addWidget(self._button(None, 0, 0, self.tr("Discard"), drop, lambda: self._discard(offer.request.id)))
        lines.addLayout(row, 0, 1, 2, 1)
        return card

    def _send(self, offer: Offer) -> None:
        asked = self._asked.get(offer.order.id, ())
        consent = NO_CONSENT
        if asked:
            words = " ".join(in_words(self._context, question) for question in asked)
            consent = Consent(frozenset(question.code for question in asked), words)
        self._commands.resume(offer.request.id, consent)

    def _discard(self, request: RequestId) -> None:
        self._commands.discard(request)

    def _stopped(self, order: OrderId, why: str) -> None:
        self._remember(order, why, ())

    def _must_ask(self, order: OrderId, questions: tuple[Message, ...]) -> None:
        self._remember(order, " ".join(in_words(self._context, question) for question in questions), questions)

    def _remember(self, order: OrderId, words: str, questions: tuple[Message, ...]) -> None:
        if self._shown is not None and any(offer.order.id == order for offer in self._shown[1]):
            self._said[order], self._asked[order] = words, questions
            self.rebuild()

    # --- parts ------------------------------------------------------------------------------------------------------

    def _card(self) -> tuple[QFrame, QGridLayout]:
        card = QFrame()
        card.setFrameShape(QFrame.Shape.StyledPanel)
        card.setAutoFillBackground(True)
        palette = card.palette()
        palette.setColor(palette.ColorRole.Window, self._context.tokens.warn_ground)
        card.setPalette(palette)
        lines = QGridLayout(card)
        lines.setContentsMargins(grid(self, 3), grid(self), grid(self, 3), grid(self))
        lines.setColumnStretch(0, 1)
        lines.setVerticalSpacing(grid(self) // 2)
        return card, lines

    def _head(self, lines: QGridLayout, title: str, order: str) -> None:
        label = QLabel(f"{title}  {order}")
        label.setFont(bold(self.font()))
        lines.addWidget(label, 0, 0)

    def _text(self, lines: QGridLayout, text: str) -> None:
        label = QLabel(text)
        label.setWordWrap(True)
        lines.addWidget(label, 1, 0)

    def _button(
        self, lines: QGridLayout | None, row: int, column: int, text: str, about: str, slot: Callable[[], object]
    ) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.setToolTip(about)
        button.setAccessibleDescription(about)
        button.clicked.connect(lambda _checked=False: slot())
        if lines is not None:
            lines.addWidget(button, row, column)
        return button

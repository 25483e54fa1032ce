"""The ticket: everything about one order on one tinted ground, with its costs and its one button."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from hoga.base.message import Message
from hoga.domain.tickets import Side, Ticket
from hoga.ui.context import Context
from hoga.ui.order import dress
from hoga.ui.order.cautions import Level
from hoga.ui.order.confirming import Confirmer
from hoga.ui.order.figures import blank_figures, figures_of, now_line
from hoga.ui.order.kind_row import KindRow
from hoga.ui.order.measures import lettered, sized
from hoga.ui.order.model import TicketModel
from hoga.ui.order.particulars import FigureGrid
from hoga.ui.order.price_row import PriceRow
from hoga.ui.order.proposals import Placing, Proposal
from hoga.ui.order.quantity_row import QuantityRow
from hoga.ui.order.reasons import in_lines, sentence_of
from hoga.ui.order.side_row import SideRow
from hoga.ui.order.slip import Slip
from hoga.ui.order.text import side_word
from hoga.ui.order.ticket_head import TicketHead
from hoga.ui.order.watch import Watch
from hoga.ui.painting import grid

_READY_MS = 3_000
"""An order's connection is kept open a little longer than that."""
_NOT_YET = frozenset({"QUANTITY_MISSING", "PRICE_MISSING", "CHOOSE_INSTRUMENT", "MASTER_NOT_READ"})


class TicketView(QWidget):
    """Composes orders over ``model`` and hands them to ``confirmer``; shows its slip underneath.

    Its ground is tinted by side, with a bar on the left for buys and on the right for sells.
    """

    def __init__(
        self, context: Context, watch: Watch, model: TicketModel, confirmer: Confirmer, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._context, self.watch, self.model, self._confirmer = context, watch, model, confirmer
        self.head = TicketHead(context, model, self)
        self.sides = SideRow(context, model, self)
        self.kind = KindRow(context, model, self)
        self.price = PriceRow(context, model, self)
        self.quantity = QuantityRow(context, model, self)
        self.now = dress.note(self)
        self.figures = FigureGrid(context, self)
        self.heeds, self.why_not = dress.note(self), dress.note(self)
        self.send, self.sell_all = QPushButton(self), QPushButton(self)
        lettered(self.send, strong=True)
        sized(self.send, lines=2)
        self.send.clicked.connect(self.review)
        self.slip = Slip(context, self)
        self._touched = False
        self._shown: object = None
        self._tinted: object = None
        self._got_ready = QElapsedTimer()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        step = grid(self)
        self._form = QWidget()
        rows = QVBoxLayout(self._form)
        rows.setContentsMargins(step * 2, step * 2, step * 2, step)
        rows.setSpacing(step * 2)
        for widget in (self.head, self.sides, self.kind, self.price, self.quantity, self.now, self.figures):
            rows.addWidget(widget)
        rows.addStretch(1)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidget(self._form)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        buttons = QHBoxLayout()
        buttons.setSpacing(step * 2)
        buttons.addWidget(self.send, 1)
        buttons.addWidget(self.sell_all)
        bottom = QVBoxLayout()
        bottom.setContentsMargins(step * 2, step, step * 2, step * 2)
        bottom.setSpacing(step)
        bottom.addWidget(self.heeds)
        bottom.addWidget(self.why_not)
        bottom.addLayout(buttons)
        bottom.addWidget(self.slip)
        column = QVBoxLayout(self)
        self._bar = step
        column.setContentsMargins(step, 0, step, 0)  # the bar that says the side
        column.setSpacing(0)
        column.addWidget(self._scroll, 1)
        column.addLayout(bottom)

    def _connect(self) -> None:
        model, confirmer = self.model, self._confirmer
        model.changed.connect(self.refresh)
        model.moved.connect(self._follow)
        model.edited.connect(self._on_edited)
        model.cleared.connect(self._on_cleared)
        for field in (self.price.edit, self.quantity.edit):
            field.entered.connect(self.review)
        confirmer.slip_wanted.connect(self._open_slip)
        confirmer.started.connect(self._on_started)
        confirmer.done.connect(self._on_done)
        confirmer.denied.connect(self._on_denied)
        confirmer.given_up.connect(self._on_given_up)
        self.slip.approved.connect(confirmer.approve)
        self.slip.put_away.connect(lambda _proposal: self.refresh())
        self.sell_all.clicked.connect(lambda: self._context.actions.trigger("order.sell_all"))
        self._context.look_changed.connect(self.refresh)
        self._context.amounts_hidden.connect(lambda _hidden: model.refresh())

    # --- what it does -----------------------------------------------------------------------------------------------

    def review(self) -> None:
        """The ticket as it stands now becomes one value; that value is confirmed and sent."""
        self.model.refresh()
        ticket = self.model.ready()
        if ticket is None or self.slip.proposal is not None:
            return
        self._propose(ticket, unread=not self.model.all_of_it)  # selling everything is never sent unread

    def review_on_slip(self) -> None:
        """As ``review``, but never at once: what came by a click is read before it goes."""
        self.model.refresh()
        ticket = self.model.ready()
        if ticket is not None:
            self._propose(ticket, unread=False)

    def start_sell_all(self) -> None:
        self.model.sell_all()
        self.review()

    def focus_side(self, side: Side) -> None:
        """F2, F3: the ticket of that side, ready for a quantity."""
        self.model.set_side(side)
        self.quantity.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.quantity.edit.selectAll()

    def _propose(self, ticket: Ticket, *, unread: bool) -> None:
        """Where orders go at once (``unread``), one that is shown first is shown on the slip, with its cautions."""
        level = self._context.confirm_level
        base = level if unread else max(level, 1)
        most = Level.SLIP if level <= 0 else Level.TYPED
        self._confirmer.propose(
            Placing(self._context, self.watch, ticket, base, most=most, all_of_it=self.model.all_of_it)
        )

    def _open_slip(self, proposal: Proposal) -> None:
        self.slip.open_for(proposal)
        self._touched = True
        self.refresh()

    def _on_started(self, proposal: Proposal) -> None:
        if self._is_mine(proposal):
            self.model.sending = True
            self.refresh()

    def _on_done(self, proposal: Proposal) -> None:
        if self._is_mine(proposal):
            self.model.sending = False
            self.model.consumed()
            self.price.edit.setModified(False)
            self.model.clear_size()

    def _on_denied(self, proposal: Proposal, reasons: object) -> None:
        if self._is_mine(proposal):
            self.model.sending = False
            self.model.consumed()
            self.model.refuse(tuple(reasons) if isinstance(reasons, tuple) else ())

    def _on_given_up(self, proposal: Proposal) -> None:
        if self._is_mine(proposal):
            self.model.sending = False
            self.refresh()

    def _is_mine(self, proposal: Proposal) -> bool:
        """Whether a proposal is the ticket that stands here, and not one that the ladder or an older draft sent."""
        return isinstance(proposal, Placing) and proposal.ticket.id == self.model.id

    def _get_ready(self) -> None:
        """A person is at it: what it needs to leave is there when it goes."""
        ticket = self.model.ready() if self._touched and not self._context.locked else None
        if ticket is None or (self._got_ready.isValid() and self._got_ready.elapsed() < _READY_MS):
            return
        self._touched = False
        self._got_ready.start()
        self._context.desk.get_ready(ticket)

    def _on_edited(self) -> None:
        """What stands on the slip is not what stands in the fields any more: it is put away, not changed."""
        self._touched = True
        if isinstance(self.slip.proposal, Placing):
            self.slip.go_back()

    def _on_cleared(self) -> None:
        self.slip.go_back()
        for edit in (self.price.edit, self.quantity.edit):
            edit.setModified(False)
        self.refresh()

    # --- what it shows ----------------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        for part in (self.head, self.sides, self.kind, self.price, self.quantity):
            part.retranslate()
        self.setAccessibleName(self.tr("Order ticket"))
        self.sell_all.setAccessibleName(self.tr("Sell all"))
        self.slip.refresh()
        self.refresh()

    def _follow(self) -> None:
        """The market moved: all but the line of what would trade at once follows from how the draft stands."""
        if self._seen() != self._shown:
            self.refresh()
        else:
            self._say_now()

    def _seen(self) -> tuple[object, ...]:
        standing, context = self.model.standing, self._context
        stands = standing.ticket, standing.preview, standing.blocks, standing.waits, standing.market is None
        return *stands, self.model.sending, context.confirm_level, context.locked, context.hidden, context.tokens

    def _say_now(self) -> None:
        standing = self.model.standing
        line = ""
        if standing.ticket is not None and standing.market is not None and standing.preview is not None:
            line = now_line(standing.ticket, standing.market)
        if line != self.now.text():
            self.now.setText(line)
        self.now.setVisible(bool(line) and self.slip.proposal is None)

    def refresh(self) -> None:
        self._shown = self._seen()
        model, tokens = self.model, self._context.tokens
        standing, side = model.standing, model.draft.side
        slip_open = self.slip.proposal is not None
        if standing.ticket is not None and standing.market is not None and standing.preview is not None:
            self.figures.show_figures(figures_of(self._context, standing.ticket, standing.preview, standing.market))
        else:
            self.figures.show_figures(blank_figures(side))
        self.figures.setVisible(not slip_open)
        self._say_now()
        self._show_button(side, slip_open)
        self._get_ready()
        messages = (*model.refused, *(m for m in model.blocks if m not in model.refused))
        dress.say(self.why_not, "" if slip_open else in_lines(self._context, messages))
        dress.ink(self.why_not, self._why_ink(messages))
        dress.say(self.heeds, "" if slip_open else self._heeds())
        dress.ink(self.heeds, tokens.warn)
        dress.ink(self.now, tokens.dim)
        dress.ground(self, dress.side_ground(side, tokens))
        dress.ground(self._form, dress.side_ground(side, tokens))
        if (side, tokens) != self._tinted:  # all that lies on the ground is painted with it
            self._tinted = side, tokens
            self.update()

    def _heeds(self) -> str:
        """What sending it will ask about, and what could not be judged: said while it is composed, not after."""
        preview = self.model.standing.preview
        if preview is None:
            return ""
        asked = [f"! {sentence_of(self._context, question)}" for question in preview.questions]
        return "\n".join([*asked, *(sentence_of(self._context, note) for note in preview.notes)])

    def _why_ink(self, messages: tuple[Message, ...]) -> str:
        """A field still empty is no mistake, and waiting is no refusal."""
        tokens = self._context.tokens
        if all(message.code in _NOT_YET for message in messages):
            return tokens.dim
        return tokens.warn if self.model.standing.waits and not self.model.refused else tokens.bad

    def _show_button(self, side: Side, slip_open: bool) -> None:
        model, tokens = self.model, self._context.tokens
        ready = model.ready() is not None
        verb = side_word(side)
        if model.sending:
            words = self.tr("On its way …")
        elif not ready and model.standing.waits:
            words = self.tr("{verb}: waits").format(verb=verb)
        elif self._context.confirm_level <= 0 and not model.all_of_it:
            words = self.tr("{verb} now  Enter").format(verb=verb)
        else:
            words = self.tr("Review {verb}  Enter").format(verb=verb)
        self.send.setText(words)
        self.send.setAccessibleName(words)
        self.send.setEnabled(ready)
        why = in_lines(self._context, model.blocks)
        self.send.setToolTip(why if why else words)
        self.send.setVisible(not slip_open)
        if ready:
            dress.filled(self.send, dress.side_colour(side, tokens), tokens.on_accent)
        else:
            dress.plain(self.send, tokens)
        reason = self._context.actions.why_not("order.sell_all")
        self.sell_all.setText(self.tr("Sell all …"))
        self.sell_all.setEnabled(not reason)
        self.sell_all.setToolTip(reason or self._context.actions.tooltip("order.sell_all"))
        self.sell_all.setVisible(not slip_open and side is Side.SELL)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.model.rest(False)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.model.rest(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        width, side = self._bar, self.model.draft.side
        left = 0 if side is Side.BUY else self.width() - width
        with QPainter(self) as painter:
            painter.fillRect(left, 0, width, self.height(), QColor(dress.side_colour(side, self._context.tokens)))

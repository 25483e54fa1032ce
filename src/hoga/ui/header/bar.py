"""The header's row: what it shows when, and what gives way when the window is narrow."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from hoga.broker.port import Stream, StreamHealth
from hoga.domain.known import Known, Maybe
from hoga.domain.positions import Portfolio
from hoga.domain.values import Money
from hoga.ui import format as fmt
from hoga.ui.accounts import broker_word
from hoga.ui.context import Context
from hoga.ui.header.parts import Figure, Press, StakesBadge, StoppedBadge, look_of
from hoga.ui.painting import grid
from hoga.ui.stopping import stopped_since
from hoga.ui.switcher import CHOOSE
from hoga.ui.theme.tokens import REPLAY

HIDDEN = "•••••"
_LIVE_S = 0.25
"""Between two readings of the live profit: often enough to be watched, cheap enough to forget."""


class HeaderBar(QWidget):
    """Permanent: stakes, broker and account, orderable cash, open and realised profit, the stop button, menu."""

    def __init__(self, context: Context, menu: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.look = look_of(context.desk)
        self.badge = StakesBadge(self.look, self)
        self.account = Figure(self.look, self, right=False)
        self.cash = Figure(self.look, self)
        self.open_profit = Figure(self.look, self)
        self.realised = Figure(self.look, self)
        self.stopped = StoppedBadge(context, self.look, self)
        self.stop = Press(self.look, self)
        self.menu_button = Press(self.look, self)
        self._menu = menu
        self._read_at = 0.0
        self._lay_out()
        self.badge.clicked.connect(self._explain)
        self.menu_button.clicked.connect(self._open_menu)
        for figure in (self.cash, self.open_profit, self.realised):
            figure.clicked.connect(lambda: context.show_tab("holdings"))
        self.account.clicked.connect(self._account_pressed)
        if context.accounts is not None:
            context.accounts.changed.connect(self._name_account)
            context.second.connect(self._name_account)
        context.actions.bind(self.stop, "stop", show_text=False)
        context.actions.bind(self.stopped, "release", show_text=False)
        context.actions.changed.connect(self._action_changed)
        context.portfolio_changed.connect(self.refresh)
        context.amounts_hidden.connect(self.refresh)
        context.health_changed.connect(self.refresh)
        context.language_changed.connect(self.remeasure)
        context.look_changed.connect(self.remeasure)
        context.frame.connect(self._frame)
        self.retranslate()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        for part in (self.badge, self.account):
            row.addWidget(part)
        row.addStretch(1)
        for part in (self.cash, self.open_profit, self.realised):
            row.addWidget(part)
            part.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        for button in (self.stopped, self.stop, self.menu_button):
            row.addWidget(button)
        self._space()

    def _space(self) -> None:
        row = self.layout()
        if row is not None:
            row.setContentsMargins(grid(self, 2), grid(self), grid(self, 2), grid(self))
            row.setSpacing(grid(self, 2))

    def minimumSizeHint(self) -> QSize:
        always = [self.badge, self.account, self.cash, self.stop, self.menu_button]
        always += [self.stopped] if not self.stopped.isHidden() else []
        width = sum(part.sizeHint().width() + grid(self, 2) for part in always) + grid(self, 4)
        return QSize(width, super().minimumSizeHint().height())

    def account_words(self) -> str:
        """Broker and masked account number."""
        return f"{self._broker()} {self._context.desk.account.label}"

    def _broker(self) -> str:
        """As its person calls it, else the broker."""
        if self.look is REPLAY:
            return self.tr("Recording")
        label = self._context.desk.account.label
        return self._context.account_name.replace(label, "").strip()

    def _name_account(self) -> None:
        account, context = self._context.desk.account, self._context
        name = self._broker()
        broker = name if self.look is REPLAY else broker_word(account.profile, context.language)
        failing = context.accounts.failing(account.connection) if context.accounts is not None else ()
        mark = f" ▾{' ✕' if failing else ''}" if context.accounts is not None else ""
        self.account.show_text(f"{name}{mark}", account.label)
        tip = self.tr("{broker}, account {label}").format(broker=broker, label=account.label)
        actions = context.actions
        if actions.has(CHOOSE):
            tip += f"\n{actions.text(CHOOSE)} ({actions.hint(CHOOSE)})"
        self.account.setToolTip("\n".join([tip, *failing]))

    def _account_pressed(self) -> None:
        """The other accounts, where there may be some; else what this one holds."""
        if self._context.accounts is None:
            self._context.show_tab("holdings")
        else:
            self._context.actions.trigger(CHOOSE)

    def retranslate(self) -> None:
        self._name_account()
        self.badge.setToolTip(self.stakes_sentence())
        self.badge.setAccessibleName(self.stakes_sentence())
        self.menu_button.setText("☰")
        self.menu_button.setAccessibleName(self.tr("Menu"))
        self.menu_button.setToolTip(self.tr("Menu: settings, layout, keys"))
        self._action_changed("stop")
        self.refresh()

    def stakes_sentence(self) -> str:
        """What is at stake, in one sentence."""
        return {
            "REAL": self.tr("REAL: orders are sent to the exchange with real money."),
            "PAPER": self.tr("PAPER: the broker's simulation. No real money."),
            "REPLAY": self.tr("REPLAY: a recording is played. What is shown is past, and nothing can be ordered."),
            "PRACTICE": self.tr("PRACTICE: an exchange on this computer. No real money, nothing leaves it."),
        }[self.look.en]

    # --- figures ----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self._read_at = time.monotonic()
        self.stopped.show_since(stopped_since(self._context))
        portfolio = self._context.desk.portfolio()
        fills, quotes = self._old(Stream.FILLS), self._old(Stream.QUOTES)
        self._show(self.cash, self.tr("Orderable"), self._amount(portfolio.orderable, signed=False), fills)
        self._show(self.open_profit, self.tr("Open profit"), self._with_rate(portfolio), quotes or fills)
        self._show(self.realised, self.tr("Realised today"), self._amount(portfolio.realised_today, signed=True), fills)
        self.cash.setToolTip(self._why(portfolio.orderable, self.tr("What new buys may use now, after open orders.")))
        self.open_profit.setToolTip(
            self._why(portfolio.open_profit, self.tr("Holdings at the last price over their cost, before costs."))
        )
        self.realised.setToolTip(
            self._why(
                portfolio.realised_today,
                self.tr("What today's sells brought, less the fees and taxes of today's buys and sells."),
            )
        )
        self._fit()

    def _show(self, figure: Figure, heading: str, value: str, old: bool) -> None:
        known = value != fmt.DASH
        figure.show_text(heading, HIDDEN if self._context.hidden and known else value, old=old and known)

    def _old(self, stream: Stream) -> bool:
        """What comes over this stream may have changed unheard."""
        heard = self._context.desk.health().streams.get(stream)
        return heard is None or heard.health is not StreamHealth.LIVE

    @staticmethod
    def _amount(value: Maybe[Money], *, signed: bool) -> str:
        if not isinstance(value, Known):
            return fmt.DASH
        units, currency = value.value.units, value.value.currency
        return fmt.signed(units, currency) if signed else fmt.units(units, currency)

    def _with_rate(self, portfolio: Portfolio) -> str:
        text = self._amount(portfolio.open_profit, signed=True)
        if isinstance(portfolio.open_profit, Known) and isinstance(portfolio.holdings, Known):
            cost = sum(held.position.cost.units for held in portfolio.holdings.value)
            if cost:
                return f"{text} ({fmt.rate(portfolio.open_profit.value.units, cost)})"
        return text

    def _why(self, value: Maybe[Money], meaning: str) -> str:
        if isinstance(value, Known):
            return meaning
        return f"{meaning}\n{self._context.words(value.why, self._context.language)}"

    def _frame(self, _dirty: object) -> None:
        if self.isVisible() and time.monotonic() - self._read_at >= _LIVE_S:
            self.refresh()

    # --- behaviour --------------------------------------------------------------------------------------------------

    def remeasure(self) -> None:
        for figure in (self.account, self.cash, self.open_profit, self.realised):
            figure.remeasure()
        self._space()
        self.retranslate()

    def _fit(self) -> None:
        """On a narrow window the realised profit gives way first, then the open profit."""
        spare = self.width() - self.minimumSizeHint().width()
        for figure in (self.open_profit, self.realised):
            need = figure.sizeHint().width() + grid(self, 2)
            figure.setVisible(spare >= need)
            spare -= need
        if (row := self.layout()) is not None:
            row.activate()  # what came has its place before anything is painted

    def _action_changed(self, id: str) -> None:
        actions = self._context.actions
        if id == "stop" and actions.has(id):
            self.stop.setText(f"■ {actions.text(id)}  {actions.hint(id)}".rstrip())
            self.stop.updateGeometry()
            self.stop.update()

    def _open_menu(self) -> None:
        self._menu.popup(self.menu_button.mapToGlobal(self.menu_button.rect().bottomLeft()))

    def _explain(self) -> None:
        self._context.actions.trigger("help.status")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.remeasure()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), QColor(self.look.ground))

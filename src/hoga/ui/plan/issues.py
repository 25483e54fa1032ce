"""What stands against a plan, or is to be read before it: which of it belongs to which field or row, and in what words.

The list is short and always in sight; pressing a line leads to where it can be mended.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from hoga.base.message import Language, Message
from hoga.domain.instruments import InstrumentId
from hoga.domain.tickets import Side
from hoga.plans.plan import Issue, Severity
from hoga.ui.context import Context
from hoga.ui.plan.specs import COURSE, RULES, Spec, rounds_of
from hoga.ui.plan.words import said

_OF_SIDE = {
    "PLAN_START_PAST": "start",
    "PLAN_STYLE_NOT_TAKEN": "style",
    "PLAN_ROUNDS_DO_NOT_FIT": "rounds",
    "PLAN_SPACING_SHORT": "spacing_s",
}
_OF_FIELD = {
    "PLAN_BOTH_SIDES_OFF": "sell",
    "PLAN_BUYS_WAIT": "buy.start",
    "PLAN_MARKET_BUYS": "buy.style",
    "PLAN_MARKET_SELLS": "sell.style",
    "PLAN_DEPOSIT_FIRST": "deposit",
    "PLAN_VOLUME_UNKNOWN": "volume_part",
}


class Told(Struct, frozen=True):
    """One issue in words. ``field`` and ``code`` say where it belongs, ``kind`` what it is; ``account`` whose plan it
    is about, where there are several."""

    text: str
    wrong: bool
    code: str = ""
    field: str = ""
    account: str = ""
    kind: str = ""

    def same_as(self, other: Told) -> bool:
        """Whether both are about the same thing, though perhaps at prices of different moments."""
        return (self.kind, self.code, self.field, self.account) == (other.kind, other.code, other.field, other.account)


def told(context: Context, issues: Iterable[Issue], account: str = "") -> tuple[Told, ...]:
    """In the order of the planner; what cannot be approved comes first."""
    found = [_told(context, issue, account) for issue in issues]
    return tuple(sorted(found, key=lambda one: not one.wrong))


def _told(context: Context, issue: Issue, account: str) -> Told:
    message, values = issue.message, issue.message.values
    field = _OF_FIELD.get(message.code, "")
    if message.code in _OF_SIDE:
        field = f"{values.get('side', '')}.{_OF_SIDE[message.code]}"
    elif message.code == "PLAN_NUMBER":
        field = str(values.get("field", ""))
        message = Message(message.code, {**values, "field": field_label(field)})
    text = said(context, _with_name(context, message))
    return Told(
        f"{account}: {text}" if account else text, issue.severity is Severity.ERROR, issue.code or "", field, account,
        issue.message.code,
    )  # fmt: skip


def _with_name(context: Context, message: Message) -> Message:
    """A code is told with its name where the message has none."""
    code = message.values.get("code")
    if not isinstance(code, str) or "name" in message.values:
        return message
    name = context.name(InstrumentId(code))
    if name == code:
        return message
    both = f"{name} ({code})" if context.language is Language.EN else f"{name}({code})"
    return Message(message.code, {**message.values, "code": both})


def field_label(name: str) -> str:
    """What a field is called in the window; its own name where it has none there."""
    specs: tuple[Spec, ...] = (*RULES, *COURSE, *rounds_of(Side.SELL), *rounds_of(Side.BUY))
    return next((spec.label() for spec in specs if spec.name == name), name)


class IssueList(QListWidget):
    """``picked`` (Told): lead there."""

    picked = Signal(object)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._shown: tuple[Told, ...] = ()
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("What to mend or to read"))
        self.hide()
        self.itemActivated.connect(self._picked)
        self.itemClicked.connect(self._picked)
        context.look_changed.connect(lambda: self.show_told(self._shown, again=True))

    @property
    def shown(self) -> tuple[Told, ...]:
        return self._shown

    def show_told(self, issues: Sequence[Told], *, again: bool = False) -> None:
        """Nothing to tell takes no room."""
        issues = tuple(issues)
        if issues == self._shown and not again:
            return
        self._shown = issues
        self.clear()
        tokens = self._context.tokens
        for one in issues:
            item = QListWidgetItem(("✖ " if one.wrong else "⚠ ") + one.text, self)
            item.setForeground(QColor(tokens.bad if one.wrong else tokens.warn))
            item.setToolTip(one.text)
        lines = min(sum(1 + len(one.text) // 60 for one in issues), 5)
        self.setFixedHeight((lines * self.fontMetrics().lineSpacing() + self.fontMetrics().height()) if issues else 0)
        self.setVisible(bool(issues))

    def _picked(self, item: QListWidgetItem) -> None:
        place = self.row(item)
        if 0 <= place < len(self._shown):
            self.picked.emit(self._shown[place])

"""One line for a key: cleaned as it comes, masked, shown only while a button is held down.

While it is shown it is painted, not made text of a widget: nothing that reads windows (a screen reader, the clipboard,
undo) ever gets it.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QFontDatabase, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QToolButton, QWidget

from hoga.trading.key_fields import Removed, cleaned
from hoga.ui.painting import grid
from hoga.ui.theme.tokens import Tokens

_LETTERS_A_LINE = 45


class KeyEdit(QLineEdit):
    """Takes only what can be part of a key. Signals:

    edited: the text is another, already cleaned; ``removed`` says what was taken out of what came.
    """

    edited = Signal()

    def __init__(self, secret: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._secret = secret
        self.removed: frozenset[Removed] = frozenset()
        hints = Qt.InputMethodHint.ImhNoPredictiveText | Qt.InputMethodHint.ImhNoAutoUppercase
        if secret:
            self.setEchoMode(QLineEdit.EchoMode.Password)
            hints |= Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhHiddenText
        self.setInputMethodHints(hints)
        self.textChanged.connect(self._clean)

    def _clean(self, text: str) -> None:
        found = cleaned(text)
        self.removed = found.removed
        if found.text != text:
            place = len(cleaned(text[: self.cursorPosition()]).text)
            self.blockSignals(True)
            self.setText(found.text)
            self.blockSignals(False)
            self.setCursorPosition(place)
        self.edited.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """For a secret only what puts something in; the usual menu takes out as well."""
        if not self._secret:
            super().contextMenuEvent(event)
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Paste")).triggered.connect(self.paste)
        menu.addAction(self.tr("Clear")).triggered.connect(self.clear)
        menu.popup(event.globalPos())


class Peek(QWidget):
    """Paints a text over whatever lies below. Has no text that could be read from outside."""

    def __init__(self, parent: QWidget, text: str, tokens: Tokens) -> None:
        super().__init__(parent)
        self._lines = [text[k : k + _LETTERS_A_LINE] for k in range(0, len(text), _LETTERS_A_LINE)] or [""]
        self._tokens = tokens
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(parent.font().pointSizeF())
        self.setFont(font)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        widest = max(metrics.horizontalAdvance(line) for line in self._lines)
        return QSize(widest + grid(self, 4), metrics.lineSpacing() * len(self._lines) + grid(self, 3))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._tokens.raised))
        painter.setPen(QColor(self._tokens.focus))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.setPen(QColor(self._tokens.text))
        line = self.fontMetrics().lineSpacing()
        for row, text in enumerate(self._lines):
            area = QRect(grid(self, 2), grid(self) + row * line, self.width(), line)
            painter.drawText(area, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), text)


class SecretLine(QWidget):
    """A KeyEdit and, for a secret, the button that shows it while it is held down."""

    def __init__(self, tokens: Tokens, secret: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tokens = tokens
        self._peek: Peek | None = None
        self.edit = KeyEdit(secret, self)
        self.setFocusProxy(self.edit)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(grid(self))
        row.addWidget(self.edit, 1)
        self.eye = QToolButton(self)
        self.eye.setText("◉")
        self.eye.setVisible(secret)
        self.eye.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.eye.pressed.connect(self._show)
        self.eye.released.connect(self.hide_again)
        self.eye.installEventFilter(self)
        row.addWidget(self.eye)

    def retranslate(self, name: str, tokens: Tokens) -> None:
        self._tokens = tokens
        self.edit.setAccessibleName(name)
        about = self.tr("Hold down to see it: {field}").format(field=name)
        self.eye.setToolTip(about)
        self.eye.setAccessibleName(about)

    @property
    def shown(self) -> bool:
        return self._peek is not None

    def _show(self) -> None:
        self.hide_again()
        window = self.window()
        peek = Peek(window, self.edit.text(), self._tokens)
        size = peek.sizeHint()
        at = self.edit.mapTo(window, QPoint(0, self.edit.height()))
        left = max(0, min(at.x(), window.width() - size.width()))
        top = at.y() if at.y() + size.height() <= window.height() else at.y() - self.edit.height() - size.height()
        peek.setGeometry(QRect(QPoint(left, max(0, top)), size))
        peek.show()
        peek.raise_()
        self._peek = peek

    def hide_again(self) -> None:
        if self._peek is not None:
            self._peek.hide()
            self._peek.deleteLater()
            self._peek = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The button may lose the keyboard or the window while it is held down."""
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide, QEvent.Type.WindowDeactivate):
            self.hide_again()
        return False

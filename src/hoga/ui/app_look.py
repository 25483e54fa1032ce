"""The application's look: Fusion, one palette from the tokens, one font with Hangul and even digits.

Fonts are the system's own: its general font where that shows Hangul and digits of one width, else the best Hangul font
that is installed.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPalette, QRawFont
from PySide6.QtWidgets import QApplication, QStyleFactory, QToolTip

from hoga.ui.focus_ring import FocusRing
from hoga.ui.settings_file import Settings, Theme
from hoga.ui.theme.tokens import Scheme, Tokens
from hoga.ui.theme.tokens import tokens as tokens_of

if TYPE_CHECKING:
    from hoga.ui.context import Context

HANGUL_FAMILIES = (
    "Noto Sans KR",
    "Noto Sans CJK KR",
    "Malgun Gothic",
    "Apple SD Gothic Neo",
    "Pretendard",
    "NanumBarunGothic",
    "NanumGothic",
    "Nanum Gothic",
    "UnDotum",
    "Baekmuk Gulim",
)
"""Preferred in this order; all have tabular digits."""
_SAMPLE = "가"
_DEFAULT_POINTS = 10.0


class FontChoice(Struct, frozen=True):
    """The families to use, first one first; ``hangul`` False when no installed font can show Korean."""

    families: tuple[str, ...]
    hangul: bool


@cache
def choose_font() -> FontChoice:
    """The system's font, or the best Hangul font there is where the system's has none. Looked for once: it takes as
    long as a window takes to paint."""
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    installed = set(QFontDatabase.families(QFontDatabase.WritingSystem.Korean)) | set(QFontDatabase.families())
    preferred = [family for family in HANGUL_FAMILIES if family in installed]
    if QRawFont.fromFont(system).supportsCharacter(ord(_SAMPLE)) and _tabular(system):
        return FontChoice((system.family(),), True)
    able = [family for family in preferred if _has_hangul(family)]
    if not able:
        able = [f for f in QFontDatabase.families(QFontDatabase.WritingSystem.Korean) if _has_hangul(f)][:1]
    return FontChoice((*able[:1], system.family()), bool(able))


def _has_hangul(family: str) -> bool:
    return QRawFont.fromFont(QFont(family)).supportsCharacter(ord(_SAMPLE))


def _tabular(font: QFont) -> bool:
    """Whether all digits are equally wide, so that figures do not dance."""
    metrics = QFontMetricsF(font)
    return len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1


def application_font(choice: FontChoice, percent: int, base_points: float = _DEFAULT_POINTS) -> QFont:
    font = QFont()
    font.setFamilies(list(choice.families))
    font.setPointSizeF(base_points * percent / 100)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def palette(tokens: Tokens) -> QPalette:
    """Every role from the tokens, so that no widget needs a sheet of its own."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    made = QPalette()
    colours = {
        role.Window: tokens.raised,
        role.WindowText: tokens.text,
        role.Base: tokens.ground,
        role.AlternateBase: tokens.raised,
        role.Text: tokens.text,
        role.Button: tokens.raised,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.bad,
        role.ToolTipBase: tokens.ground,
        role.ToolTipText: tokens.text,
        role.PlaceholderText: tokens.dim,
        role.Highlight: tokens.selection,
        role.HighlightedText: tokens.text,
        role.Accent: tokens.accent,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.Light: tokens.ground,
        role.Midlight: tokens.raised,
        role.Mid: tokens.line,
        role.Dark: tokens.line,
        role.Shadow: tokens.line,
    }
    for which, colour in colours.items():
        made.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText, role.PlaceholderText):
        made.setColor(group.Disabled, which, QColor(tokens.stale))
    made.setColor(group.Disabled, role.Base, QColor(tokens.raised))
    return made


def field_palette(tokens: Tokens) -> QPalette:
    """Of what is typed into: the style's edges are hardly seen in the dark."""
    made = palette(tokens)
    made.setColor(QPalette.ColorRole.Base, QColor(tokens.field))
    made.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Base, QColor(tokens.raised))
    return made


def scheme_of(app: QApplication, settings: Settings) -> Scheme:
    """The theme in force: the person's choice, else the system's."""
    if settings.theme is not Theme.SYSTEM:
        return Scheme.DARK if settings.theme is Theme.DARK else Scheme.LIGHT
    return Scheme.DARK if app.styleHints().colorScheme() is Qt.ColorScheme.Dark else Scheme.LIGHT


class Look(QObject):
    """Keeps the application and every context looking as the settings, and the system, say."""

    def __init__(self, app: QApplication, context: Context, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._contexts = [context]
        self._settings = settings
        self.font_choice = choose_font()
        style = QStyleFactory.create("Fusion")
        if style is not None:
            app.setStyle(style)
        self._applied: tuple[Tokens, int] | None = None
        self.ring = FocusRing(app, self, self)
        app.styleHints().colorSchemeChanged.connect(self._system_changed)
        self.apply(settings)

    def apply(self, settings: Settings) -> None:
        """Take over theme, palette and font size; every open view repaints."""
        self._settings = settings
        hints = self._app.styleHints()
        if settings.theme is Theme.SYSTEM:
            hints.unsetColorScheme()
        else:
            dark = settings.theme is Theme.DARK
            hints.setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)
        self._show()

    @property
    def tokens(self) -> Tokens:
        return tokens_of(self.scheme(), self._settings.up_down)

    def join(self, context: Context) -> None:
        """Let one more look like the others."""
        self._contexts.append(context)
        context.set_look(self.scheme(), self._settings.up_down)

    def leave(self, context: Context) -> None:
        self._contexts.remove(context)

    def close(self) -> None:
        self.ring.close()
        self._app.styleHints().colorSchemeChanged.disconnect(self._system_changed)

    def scheme(self) -> Scheme:
        return scheme_of(self._app, self._settings)

    def _system_changed(self, _scheme: Qt.ColorScheme) -> None:
        self._show()

    def _show(self) -> None:
        scheme, up_down = self.scheme(), self._settings.up_down
        look = tokens_of(scheme, up_down)
        wanted = (look, self._settings.font_percent)
        if wanted == self._applied:
            return
        self._applied, before = wanted, self._applied
        self._app.setFont(application_font(self.font_choice, self._settings.font_percent))
        self._app.setPalette(palette(look))
        self._app.setPalette(field_palette(look), "QLineEdit")  # type: ignore[arg-type]  # its stub asks for bytes
        # Who is told of the look asks its widgets for their colours and sizes: they have the new ones by then.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.ApplicationPaletteChange)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.ApplicationFontChange)
        QToolTip.setPalette(palette(look))
        for context in tuple(self._contexts):
            if (scheme, up_down) != (context.scheme, context.up_down):
                context.set_look(scheme, up_down)
            elif before is not None:
                context.look_changed.emit()  # another size: who keeps measures measures anew

"""Every colour of the window, by what it means. Contrast is tested over this file, not judged by eye.

Korea: up and buying are red, down and selling are blue. World: green and red. The colour-blind palette is orange and
blue and always comes with marks (▲▼), because colour is never the only sign.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from types import MappingProxyType

from msgspec import Struct

from hoga.domain.accounts import Stakes


class Scheme(Enum):
    LIGHT = "light"
    DARK = "dark"


class UpDown(Enum):
    """Which colours mean up and down."""

    KOREA = "korea"
    WORLD = "world"
    COLOUR_BLIND = "colour-blind"


class Tokens(Struct, frozen=True):
    """Colours as ``#rrggbb``. ``*_ground`` are backgrounds; texts are readable (4.5:1) on every ground they name."""

    ground: str
    raised: str
    sunken: str
    field: str
    """What is typed into; seen against every ground."""
    line: str
    text: str
    dim: str
    """Secondary text; still 4.5:1."""
    stale: str
    accent: str
    on_accent: str
    selection: str
    focus: str
    up: str
    down: str
    up_ground: str
    """Behind bids and in a buy ticket."""
    down_ground: str
    up_bar: str
    down_bar: str
    flash: str
    good: str
    warn: str
    bad: str
    warn_ground: str
    bad_ground: str

    def items(self) -> Iterator[tuple[str, str]]:
        for name in self.__struct_fields__:
            yield name, getattr(self, name)


_LIGHT = Tokens(
    ground="#FFFFFF",
    raised="#F6F7F9",
    sunken="#ECEEF2",
    field="#FFFFFF",
    line="#D5D9E0",
    text="#15181D",
    dim="#555C68",
    stale="#6B7280",
    accent="#0F5FD2",
    on_accent="#FFFFFF",
    selection="#DCE8FB",
    focus="#0F5FD2",
    up="#C4161C",
    down="#1458C8",
    up_ground="#FDF0F0",
    down_ground="#EFF4FD",
    up_bar="#F3B9BB",
    down_bar="#B5CDF3",
    flash="#FFF3C4",
    good="#17703A",
    warn="#8A5A00",
    bad="#B3261E",
    warn_ground="#FFF6DF",
    bad_ground="#FDECEA",
)
_DARK = Tokens(
    ground="#15181D",
    raised="#1C2027",
    sunken="#101318",
    field="#2A313C",
    line="#343A45",
    text="#E8EAEE",
    dim="#A3ABB8",
    stale="#8B93A1",
    accent="#6EA8FF",
    on_accent="#0B1220",
    selection="#24364F",
    focus="#8DBBFF",
    up="#FF6B6B",
    down="#6EA8FF",
    up_ground="#2A1A1D",
    down_ground="#172233",
    up_bar="#6E2A2E",
    down_bar="#27476F",
    flash="#3F3A1E",
    good="#5BD68B",
    warn="#F0B64A",
    bad="#FF8A80",
    warn_ground="#2E2614",
    bad_ground="#331B1A",
)
_BASE: Mapping[Scheme, Tokens] = MappingProxyType({Scheme.LIGHT: _LIGHT, Scheme.DARK: _DARK})

_OTHER_UP_DOWN: Mapping[tuple[Scheme, UpDown], Mapping[str, str]] = MappingProxyType(
    {
        (Scheme.LIGHT, UpDown.WORLD): {
            "up": "#17703A",
            "down": "#C4161C",
            "up_ground": "#EDF8F1",
            "down_ground": "#FDF0F0",
            "up_bar": "#A9DDBD",
            "down_bar": "#F3B9BB",
        },
        (Scheme.DARK, UpDown.WORLD): {
            "up": "#5BD68B",
            "down": "#FF6B6B",
            "up_ground": "#14251B",
            "down_ground": "#2A1A1D",
            "up_bar": "#23593A",
            "down_bar": "#6E2A2E",
        },
        (Scheme.LIGHT, UpDown.COLOUR_BLIND): {
            "up": "#A34700",
            "down": "#1458C8",
            "up_ground": "#FFF3E8",
            "down_ground": "#EFF4FD",
            "up_bar": "#F5C79E",
            "down_bar": "#B5CDF3",
        },
        (Scheme.DARK, UpDown.COLOUR_BLIND): {
            "up": "#FFA45C",
            "down": "#6EA8FF",
            "up_ground": "#2B2015",
            "down_ground": "#172233",
            "up_bar": "#70431C",
            "down_bar": "#27476F",
        },
    }
)


def tokens(scheme: Scheme, up_down: UpDown = UpDown.KOREA) -> Tokens:
    base = _BASE[scheme]
    changed = _OTHER_UP_DOWN.get((scheme, up_down))
    return base if changed is None else Tokens(**{**dict(base.items()), **changed})


class Dash(Enum):
    """The frame's pattern: stakes are told apart without colour too."""

    SOLID = "solid"
    DASHED = "dashed"
    DOTTED = "dotted"
    DASH_DOT = "dash-dot"


class StakesLook(Struct, frozen=True):
    """The header and frame of a window (ux.md 3.3). ``ground`` and ``text`` are the header's own, in both schemes."""

    ko: str
    en: str
    ground: str
    text: str
    frame: str
    dash: Dash
    width: int

    @property
    def words(self) -> str:
        return f"{self.ko} {self.en}"


STAKES: Mapping[Stakes, StakesLook] = MappingProxyType(
    {
        Stakes.REAL: StakesLook("실전", "REAL", "#5E0B10", "#FFFFFF", "#D32027", Dash.SOLID, 3),
        Stakes.PAPER: StakesLook("모의", "PAPER", "#5A3E00", "#FFFFFF", "#E0A100", Dash.DASHED, 3),
        Stakes.PRACTICE: StakesLook("연습", "PRACTICE", "#0E4A2A", "#FFFFFF", "#2FA463", Dash.DOTTED, 3),
    }
)


REPLAY = StakesLook("재생", "REPLAY", "#3A2467", "#FFFFFF", "#9A6BFF", Dash.DASH_DOT, 5)
"""A window that plays a recording: nothing is at stake, and nothing of it is now."""


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio of two ``#rrggbb`` colours, 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

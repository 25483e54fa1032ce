"""Contrast over the token file: at least 4.5:1 for every text on every ground it is drawn on."""

from __future__ import annotations

import itertools
import re

import pytest

from hoga.domain.accounts import Stakes
from hoga.ui.theme.tokens import REPLAY, STAKES, Scheme, UpDown, contrast, tokens

PALETTES = list(itertools.product(Scheme, UpDown))
TEXTS = ("text", "dim", "up", "down", "accent", "good", "warn", "bad")
GROUNDS = ("ground", "raised", "up_ground", "down_ground")


@pytest.mark.parametrize(("scheme", "up_down"), PALETTES)
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("ground", GROUNDS)
def test_texts_are_readable(scheme: Scheme, up_down: UpDown, text: str, ground: str) -> None:
    look = tokens(scheme, up_down)
    assert contrast(getattr(look, text), getattr(look, ground)) >= 4.5


@pytest.mark.parametrize(("scheme", "up_down"), PALETTES)
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("on_accent", "accent"),
        ("text", "selection"),
        ("text", "flash"),
        ("text", "sunken"),
        ("text", "field"),
        ("dim", "field"),
        ("text", "up_bar"),
        ("text", "down_bar"),
        ("stale", "ground"),
        ("warn", "warn_ground"),
        ("bad", "bad_ground"),
    ],
)
def test_pairs_are_readable(scheme: Scheme, up_down: UpDown, text: str, ground: str) -> None:
    look = tokens(scheme, up_down)
    assert contrast(getattr(look, text), getattr(look, ground)) >= 4.5


@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize("name", ["focus", "line"])
def test_lines_are_seen(scheme: Scheme, name: str) -> None:
    look = tokens(scheme)
    assert contrast(getattr(look, name), look.ground) >= (3 if name == "focus" else 1.3)


@pytest.mark.parametrize(("scheme", "up_down"), PALETTES)
def test_every_token_is_a_colour(scheme: Scheme, up_down: UpDown) -> None:
    assert all(re.fullmatch("#[0-9A-F]{6}", value) for _, value in tokens(scheme, up_down).items())


def test_the_reference_pairs_of_korea() -> None:
    assert (tokens(Scheme.LIGHT).up, tokens(Scheme.LIGHT).down) == ("#C4161C", "#1458C8")
    assert (tokens(Scheme.DARK).up, tokens(Scheme.DARK).down) == ("#FF6B6B", "#6EA8FF")


def test_stakes_differ_in_word_colour_and_pattern() -> None:
    looks = [*(STAKES[stakes] for stakes in Stakes), REPLAY]
    for name in ("ko", "en", "ground", "frame", "dash"):
        assert len({getattr(look, name) for look in looks}) == len(looks), name
    assert all(contrast(look.text, look.ground) >= 4.5 for look in looks)


def test_contrast_is_the_known_scale() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)

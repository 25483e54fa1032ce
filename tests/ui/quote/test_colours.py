"""Every text of the quote tab is readable on every ground that it is drawn on."""

from __future__ import annotations

import itertools

import pytest

from hoga.ui.theme.tokens import Scheme, UpDown, contrast, tokens

PAIRS = [
    *itertools.product(("up", "down", "text"), ("ground", "up_ground", "down_ground", "sunken", "warn_ground")),
    *itertools.product(("stale",), ("ground", "raised")),
    *itertools.product(("text",), ("up_bar", "down_bar")),
    *itertools.product(("dim",), ("ground", "raised", "sunken", "up_ground", "down_ground")),
    *itertools.product(("warn",), ("ground", "raised", "sunken", "warn_ground")),
    *itertools.product(("accent",), ("ground", "raised")),
    *itertools.product(("on_accent",), ("accent", "up", "down")),
    *itertools.product(("up", "down"), ("raised",)),
    ("good", "ground"),
]


@pytest.mark.parametrize(("scheme", "up_down"), list(itertools.product(Scheme, UpDown)))
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_readable(scheme: Scheme, up_down: UpDown, text: str, ground: str) -> None:
    look = tokens(scheme, up_down)
    assert contrast(getattr(look, text), getattr(look, ground)) >= 4.5

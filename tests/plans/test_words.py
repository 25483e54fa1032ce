"""Nothing that plans may say is without words in both languages."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import hoga.plans
from hoga.app.words import CATALOGUES
from hoga.plans.wording import WORDING


def spoken() -> set[str]:
    sources = Path(hoga.plans.__path__[0]).glob("*.py")
    texts = [path.read_text(encoding="utf-8") for path in sources if not path.name.startswith("wording")]
    return {code for text in texts for code in re.findall(r'"(PLAN_[A-Z_0-9]+)"', text)}


def test_every_code_has_words_and_no_words_are_left_over() -> None:
    assert spoken() == set(WORDING)


@pytest.mark.parametrize("code", sorted(WORDING))
def test_both_languages_speak_of_the_same_values(code: str) -> None:
    wording = WORDING[code]
    assert bool(wording.do_ko) == bool(wording.do_en)
    ko, en = ({name for _, name, _, _ in Formatter().parse(text) if name} for text in (wording.ko, wording.en))
    assert ko == en
    assert any("가" <= letter <= "힣" for letter in wording.ko)
    assert not any("가" <= letter <= "힣" for letter in wording.en + wording.do_en)


def test_the_desk_knows_these_words_and_no_other_room_uses_the_codes() -> None:
    assert sum(code in catalogue for catalogue in CATALOGUES for code in WORDING) == len(WORDING)

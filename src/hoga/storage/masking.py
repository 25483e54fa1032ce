"""Raw replies are stored masked, or not at all.

A raw reply is the flat mapping of names to texts that an adapter hands over, masked by the adapter, which knows its
broker's names. What is stored is that mapping once more through a mask that knows no broker: the desk's own scrubber,
which has learned the secrets and account numbers of this run. Two masks, because what is written stays for years.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

from msgspec.structs import replace

from hoga.domain.order_facts import Adopted, Answered, Fact, Joined, Listed, Noticed

Mask: TypeAlias = Callable[[object], Any]
"""Gives a text, or a mapping of names to texts, in the form in which it may be stored."""

_NO_RAW: Mapping[str, str] = MappingProxyType({})

LONGEST = 400
"""Longer texts are cut: a page of HTML in place of an answer is evidence enough in its first lines."""


def masked_raw(raw: Mapping[str, str], mask: Mask) -> Mapping[str, str]:
    """The form in which a raw reply may be stored: same names, every text masked and of bounded length."""
    if not raw:
        return raw
    return MappingProxyType({str(name): _cut(str(text)) for name, text in mask(dict(raw)).items()})


def masked(fact: Fact, mask: Mask) -> Fact:
    """The fact with its raw reply and the broker's free text as they may be stored; everything else unchanged.

    Rows of a list that only bring a known number up to date are stored without their raw form: they come by the
    hundred, and what they say is in their fields.
    """
    match fact:
        case Answered():
            return replace(fact, raw=masked_raw(fact.raw, mask), text=_cut(str(mask(fact.text))))
        case Noticed():
            return replace(fact, notice=dataclasses.replace(fact.notice, raw=masked_raw(fact.notice.raw, mask)))
        case Listed():
            return replace(fact, row=dataclasses.replace(fact.row, raw=_NO_RAW))
        case Adopted() | Joined():
            return replace(fact, row=dataclasses.replace(fact.row, raw=masked_raw(fact.row.raw, mask)))
        case _:
            return fact


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"

"""A recording says exactly what was received, and nothing that was spoiled."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoga.storage.recordings.frames import (
    AGGRESSORS,
    CURRENCIES,
    MAGIC,
    SESSIONS,
    VENUES,
    Arrived,
    FrameSpoiled,
    NewerFormat,
    decode,
    encode,
    framed,
    header,
    payload_at,
    read_header,
)
from tests.storage.recordings.events import OPEN, arrivals, trade


@given(st.lists(arrivals, min_size=1, max_size=6))
def test_what_was_encoded_is_decoded_the_same(events: list[Arrived]) -> None:
    assert decode(encode(events)) == events


@given(st.binary(max_size=200), st.data())
def test_a_spoiled_byte_is_noticed(payload: bytes, data: st.DataObject) -> None:
    whole = framed(payload)
    assert payload_at(whole, 0) == (payload, len(whole))
    place = data.draw(st.integers(0, len(whole) - 1))
    bit = data.draw(st.integers(0, 7))
    spoiled = whole[:place] + bytes([whole[place] ^ (1 << bit)]) + whole[place + 1 :]
    with pytest.raises(FrameSpoiled):
        payload_at(spoiled, 0)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(junk: bytes) -> None:
    with pytest.raises(FrameSpoiled):
        decode(b"x" + junk)
    with pytest.raises(FrameSpoiled):
        read_header(junk)


def test_every_word_of_the_market_has_its_place() -> None:
    for places in (AGGRESSORS, SESSIONS, VENUES, CURRENCIES):
        assert set(places) == set(type(places[0]))


def test_a_newer_version_is_refused_as_such() -> None:
    assert read_header(header("korea")) == ("korea", len(header("korea")))
    newer = MAGIC + framed(msgspec.msgpack.encode([2, "korea", "more"]))
    with pytest.raises(NewerFormat):
        read_header(newer)


def test_a_thousand_trades_take_less_than_twenty_bytes_each() -> None:
    events = [Arrived(trade(number).at, trade(number)) for number in range(1000)]
    assert len(encode(events)) < 20_000


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(TypeError):
        encode([Arrived(OPEN.replace(tzinfo=None), trade(0))])

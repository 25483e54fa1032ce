"""Lists of what is not bought, and of what alone is: reasons, ends, and when a change lets more pass."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from hoga.domain.instrument_lists import (
    Listed,
    ListedInstrument,
    added,
    find,
    lets_more_pass,
    may_be_bought,
)
from hoga.domain.instruments import InstrumentId
from hoga.domain.risk_limits import DEFAULT_LIMITS, changes

ONE, OTHER = InstrumentId("005930"), InstrumentId("000660")
TODAY = date(2026, 11, 23)
DAYS = st.none() | st.dates(date(2026, 11, 20), date(2026, 11, 26))
ENTRIES = st.builds(ListedInstrument, st.sampled_from([ONE, OTHER]), st.just(""), DAYS)
LISTS = st.lists(ENTRIES, max_size=2, unique_by=lambda entry: entry.instrument).map(tuple)


def codes(blocked: Listed, allowed: Listed = (), instrument: InstrumentId = ONE) -> list[str]:
    return [reason.code for reason in may_be_bought(instrument, blocked, allowed, TODAY).reasons]


def test_what_is_blocked_is_refused_with_its_reason_up_to_its_end() -> None:
    entry = ListedInstrument(ONE, "관리종목 우려", TODAY)
    (reason,) = may_be_bought(ONE, (entry,), (), TODAY).reasons
    assert (reason.code, dict(reason.values)) == (
        "INSTRUMENT_BLOCKED",
        {"code": "005930", "reason": "관리종목 우려", "until": "2026-11-23"},
    )
    assert codes((replace(entry, until=None),)) == ["INSTRUMENT_BLOCKED"]
    assert codes((replace(entry, until=date(2026, 11, 22)),)) == []
    assert codes((entry,), instrument=OTHER) == []


def test_where_some_are_allowed_no_others_are_bought() -> None:
    allowed = (ListedInstrument(ONE),)
    assert codes((), allowed) == []
    assert codes((), allowed, OTHER) == ["INSTRUMENT_NOT_ALLOWED"]
    assert codes((ListedInstrument(ONE),), allowed) == ["INSTRUMENT_BLOCKED"], "a block stands above"
    assert codes((), (ListedInstrument(ONE, until=date(2026, 11, 22)),)) == ["INSTRUMENT_ALLOWED_UNTIL"]


def test_an_instrument_stands_in_a_list_once() -> None:
    first, newer = ListedInstrument(ONE), ListedInstrument(ONE, "newer", TODAY)
    assert added(added((), first), newer) == (newer,)
    assert find(OTHER, (first,)) is None


@pytest.mark.parametrize("reason", ["x" * 101, "two\nlines"])
def test_a_reason_is_one_line(reason: str) -> None:
    with pytest.raises(ValueError, match="one line"):
        ListedInstrument(ONE, reason)


@given(st.sampled_from(["blocked", "allowed"]), LISTS, LISTS, st.dates(date(2026, 11, 19), date(2026, 11, 28)))
def test_a_change_that_loosens_nothing_lets_nothing_more_pass(
    name: str, before: Listed, after: Listed, day: date
) -> None:
    def passes(listed: Listed, instrument: InstrumentId) -> bool:
        lists = (listed, ()) if name == "blocked" else ((), listed)
        return not may_be_bought(instrument, *lists, day).reasons

    newly = [one for one in (ONE, OTHER) if passes(after, one) and not passes(before, one)]
    if newly:
        assert lets_more_pass(name, before, after)
        assert any(
            change.loosens
            for change in changes(replace(DEFAULT_LIMITS, **{name: before}), replace(DEFAULT_LIMITS, **{name: after}))
        )

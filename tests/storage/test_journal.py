"""The journal: every fact comes back exactly, each question finds its facts, and damage is told, not fatal."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from hoga.domain.accounts import ConnectionId
from hoga.domain.broker_orders import BrokerNumber
from hoga.domain.order_facts import FACTS, Answer, Answered, Fact, Found, Listed, Noticed
from hoga.domain.tickets import OrderId
from hoga.storage.codec import Undecodable, decode, encode, number_text, read_number
from hoga.storage.database import Database
from hoga.storage.errors import Conflict
from hoga.storage.journal import Journal
from tests.storage.samples import AT, CONNECTION, DAY, NUMBER, ORDER, REQUEST, every_kind, intended, notice, row

NEXT_DAY = DAY + timedelta(days=1)


def run(main: Coroutine[Any, Any, None]) -> None:
    asyncio.run(main)


def unmasked(value: object) -> Any:
    return value


def open_journal(tmp_path: Path, connection: ConnectionId = CONNECTION) -> tuple[Database, Journal]:
    database = Database(tmp_path / "j.sqlite", inline=True, fsync=False)
    return database, Journal(database, connection, unmasked)


# --- the form on the disk -------------------------------------------------------------------------------------------


def test_every_kind_of_fact_is_among_the_samples() -> None:
    assert {type(fact) for fact in every_kind()} == set(FACTS)


@pytest.mark.parametrize("fact", every_kind(), ids=lambda fact: type(fact).__name__)
def test_a_fact_comes_back_exactly(fact: Fact) -> None:
    text = encode(fact)
    again = decode(type(fact), text)
    assert again == fact
    assert encode(again) == text, "raw evidence does not count in a comparison, but has to come back as well"


@given(
    branch=st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=6),
    number=st.integers(0, 10**10),
    day=st.dates(date(2000, 1, 1)),
)
def test_any_number_of_a_broker_comes_back(branch: str, number: int, day: date) -> None:
    told = BrokerNumber(day, branch, number)
    assert read_number(number_text(told)) == told


def test_a_field_added_later_reads_old_entries_and_an_unknown_one_is_ignored() -> None:
    fact = Found(AT, ORDER, REQUEST, NUMBER)
    assert "by_person" not in encode(fact), "a default is not written, so that entries without the field read alike"
    newer = encode(fact).replace("}", ', "something_new": 1}')
    assert decode(Found, newer) == fact


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"at": 5}', '{"at": "yesterday"}', '"Found"'])
def test_what_is_no_fact_does_not_pass_for_one(text: str) -> None:
    with pytest.raises(Undecodable):
        decode(Found, text)


# --- questions ------------------------------------------------------------------------------------------------------


def test_a_replay_holds_recent_orders_and_old_open_ones_in_the_order_of_writing(tmp_path: Path) -> None:
    async def main() -> None:
        database, journal = open_journal(tmp_path)
        old_open, old_done, recent = intended(1), intended(2), intended(3)
        await journal.append([(old_open.order, old_open)], DAY, opened=[old_open.order])
        await journal.append([(old_done.order, old_done)], DAY, opened=[old_done.order])
        await journal.append([(None, Noticed(AT, notice()))], DAY)
        await journal.append([(recent.order, recent)], NEXT_DAY, opened=[recent.order], closed=[old_done.order])
        late = Listed(AT, old_open.order, row())
        await journal.append([(old_open.order, late)], NEXT_DAY)
        replay = await journal.replay(NEXT_DAY)
        assert [entry.fact for entry in replay.entries] == [old_open, recent, late]
        assert [entry.trading_date for entry in replay.entries] == [DAY, NEXT_DAY, NEXT_DAY]
        everything = await journal.replay(DAY)
        assert len(everything.entries) == 5
        assert await journal.open_orders() == (old_open.order, recent.order)
        assert await journal.orders_since(NEXT_DAY) == (recent.order, old_open.order)
        await database.aclose()

    run(main())


def test_one_connection_sees_nothing_of_another(tmp_path: Path) -> None:
    async def main() -> None:
        database, journal = open_journal(tmp_path)
        other = Journal(database, ConnectionId("kis-paper@practice-3f9a"), unmasked)
        fact = intended(1)
        await journal.append([(fact.order, fact)], DAY, opened=[fact.order])
        assert (await other.replay(DAY)).entries == ()
        assert await other.open_orders() == ()
        assert await other.last_sequence(DAY) == 0
        await database.aclose()

    run(main())


def test_a_ticket_is_consumed_once_for_good(tmp_path: Path) -> None:
    async def main() -> None:
        database, journal = open_journal(tmp_path)
        first = intended(1)
        await journal.append([(first.order, first)], DAY)
        second = replace(intended(2), ticket=first.ticket)
        with pytest.raises(Conflict):
            await journal.append([(second.order, second)], NEXT_DAY)
        assert await journal.order_of_ticket(first.ticket) == first.order
        assert [entry.order for entry in (await journal.replay(DAY)).entries] == [first.order]
        await database.aclose()

    run(main())


def test_a_biography_begins_with_notices_that_came_before_the_number_was_known(tmp_path: Path) -> None:
    async def main() -> None:
        database, journal = open_journal(tmp_path)
        fact, early = intended(1), Noticed(AT, notice())
        await journal.append([(fact.order, fact)], DAY)
        await journal.append([(None, early)], DAY)
        await journal.append([(None, Noticed(AT, notice(number=BrokerNumber(DAY, "9", 1))))], DAY)
        answer = Answered(AT, fact.order, fact.request, Answer.ACCEPTED, NUMBER)
        await journal.append([(fact.order, answer)], DAY)
        facts = [entry.fact for entry in (await journal.biography(fact.order)).entries]
        assert facts == [fact, early, answer]
        assert await journal.order_of_number(NUMBER) == fact.order
        assert await journal.order_of_number(BrokerNumber(NEXT_DAY, NUMBER.branch, NUMBER.number)) is None
        await database.aclose()

    run(main())


def test_the_first_to_claim_a_number_keeps_it(tmp_path: Path) -> None:
    async def main() -> None:
        database, journal = open_journal(tmp_path)
        other = OrderId(f"{CONNECTION}/20261123-0002")
        await journal.append([(ORDER, Found(AT, ORDER, REQUEST, NUMBER))], DAY)
        await journal.append([(other, Found(AT, other, REQUEST, NUMBER))], DAY)
        assert await journal.order_of_number(NUMBER) == ORDER
        await database.aclose()

    run(main())


def test_the_sequence_goes_on_after_a_restart_and_begins_anew_each_date(tmp_path: Path) -> None:
    async def main() -> None:
        database, journal = open_journal(tmp_path)
        assert await journal.last_sequence(DAY) == 0
        for n in (1, 2, 11):
            await journal.append([(intended(n).order, intended(n))], DAY)
        assert await journal.last_sequence(DAY) == 11
        assert await journal.last_sequence(NEXT_DAY) == 0
        await database.aclose()

    run(main())


def test_a_line_that_cannot_be_read_is_told_and_the_rest_is_used(tmp_path: Path) -> None:
    async def main() -> None:
        database, journal = open_journal(tmp_path)
        insert = "INSERT INTO entries (connection, at, trading_date, kind, order_id, body) VALUES (?, ?, ?, ?, ?, ?)"
        for kind, body in (("Intended", "{torn"), ("FromTheFuture", "{}")):
            await database.write((insert, (CONNECTION, AT.isoformat(), DAY.isoformat(), kind, ORDER, body)))
        good = intended(5)
        await journal.append([(good.order, good)], DAY)
        replay = await journal.replay(DAY)
        assert [entry.fact for entry in replay.entries] == [good]
        assert [damage.seq for damage in replay.damaged] == [1, 2]
        await database.aclose()

    run(main())

"""What is stored holds no account number, no id and no key: checked on the bytes of the file."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import MappingProxyType

import pytest
from msgspec.structs import replace

from hoga.base.message import Message
from hoga.base.scrub import Scrubber
from hoga.domain.order_facts import Adopted, Answer, Answered, Fact, Joined, Listed, Noticed
from hoga.storage.activity import ActivityLog, Level, Line
from hoga.storage.database import Database
from hoga.storage.journal import Journal
from hoga.storage.masking import LONGEST, masked
from tests.storage.samples import AT, CONNECTION, DAY, NUMBER, ORDER, REQUEST, notice, row

ACCOUNT, HTS_ID, TOKEN = "5012345601", "hongkd77", "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzUxMiJ9.body.signature"
RAW = MappingProxyType({"CANO": "50123456", "rmrk": f"{HTS_ID} {ACCOUNT}", "note": f"Bearer {TOKEN}", "ODNO": "157001"})
TEXT = f"계좌 {ACCOUNT}의 주문을 {HTS_ID}님이 냈습니다"


@pytest.fixture
def scrubber() -> Scrubber:
    scrubber = Scrubber(account_names=("CANO",))
    scrubber.learn_account("50123456-01")
    scrubber.learn(HTS_ID)
    scrubber.learn(TOKEN)
    return scrubber


def facts() -> list[Fact]:
    return [
        Answered(AT, ORDER, REQUEST, Answer.REFUSED, code="APBK0919", text=TEXT, raw=RAW),
        Noticed(AT, notice(raw=RAW)),
        Adopted(AT, ORDER, row(raw=RAW)),
        Joined(AT, ORDER, row(raw=RAW)),
        Listed(AT, ORDER, row(raw=RAW)),
    ]


def test_no_secret_reaches_the_file(tmp_path: Path, scrubber: Scrubber) -> None:
    async def main() -> None:
        database = Database(tmp_path / "j.sqlite")
        journal = Journal(database, CONNECTION, scrubber.value)
        await journal.append([(ORDER, fact) for fact in facts()], DAY)
        log = ActivityLog(database, scrubber.value)
        reason = Message("KIS_CODE_UNKNOWN", {"text": TEXT})
        log.add(Line(AT, CONNECTION, Level.ERROR, Message("BROKER_REFUSED", {"said": TEXT, "why": reason}), ORDER))
        assert ACCOUNT not in str(log.recent)
        await database.aclose()

    asyncio.run(main())
    stored = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    for secret in (ACCOUNT, "50123456", HTS_ID, TOKEN):
        assert secret.encode() not in stored
    assert b"157001" in stored, "order numbers are evidence and stay"
    assert "님이 냈습니다".encode() in stored, "the rest of the broker's words stays as it was"


def test_rows_that_only_bring_a_number_up_to_date_keep_no_raw_form(scrubber: Scrubber) -> None:
    listed = masked(Listed(AT, ORDER, row(raw=RAW)), scrubber.value)
    assert isinstance(listed, Listed)
    assert dict(listed.row.raw) == {}


def test_a_page_of_html_in_place_of_an_answer_is_cut(scrubber: Scrubber) -> None:
    page = "<p>점검 중입니다</p>" * 200
    answer = masked(Answered(AT, ORDER, REQUEST, Answer.UNANSWERED, text=page, raw={"body": page}), scrubber.value)
    assert isinstance(answer, Answered)
    assert len(answer.text) == len(answer.raw["body"]) == LONGEST
    assert answer.text.startswith("<p>점검")


def test_the_fact_itself_is_unchanged(scrubber: Scrubber) -> None:
    kept = masked(Answered(AT, ORDER, REQUEST, Answer.ACCEPTED, NUMBER, raw=RAW), scrubber.value)
    assert isinstance(kept, Answered)
    assert replace(kept, raw=RAW) == Answered(AT, ORDER, REQUEST, Answer.ACCEPTED, NUMBER, raw=RAW)
    assert kept.raw["ODNO"] == "157001"

"""Every recorded Kiwoom message that the adapter can meet decodes to the right values."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from hoga.broker.calls import NothingThere
from hoga.broker.kiwoom import decode_rest
from hoga.broker.kiwoom.answers import judge
from hoga.broker.kiwoom.fields import BadField
from hoga.broker.port import Refused
from tests.broker.golden_checks import body_of, records
from tests.broker.kiwoom_golden_checks import CHECKS, NOT_MET, NOW, SAMSUNG, check_trades, is_met, kind_of


def test_every_recorded_message_decodes_to_its_values(
    goldens: Path, record_property: Callable[[str, object], None]
) -> None:
    every = records(goldens, "kiwoom_rest.jsonl") + records(goldens, "kiwoom_ws.jsonl")
    met = [record for record in every if is_met(record)]
    read = 0
    for record in met:
        try:
            CHECKS[kind_of(record)](record)
        except KeyError as error:
            raise AssertionError(f"{record['id']} was not read: nothing knows {kind_of(record)} ({error})") from error
        except AssertionError as error:
            raise AssertionError(f"{record['id']} ({record['tr']}) decodes wrongly: {error}") from error
        read += 1
    line = (
        f"read {read} of {len(met)} Kiwoom records that the adapter can meet ({len(every) - len(met)} others left out)"
    )
    record_property("goldens", line)
    assert read == len(met) >= 60


def test_every_record_left_out_has_a_reason_and_no_reason_is_idle(goldens: Path) -> None:
    every = records(goldens, "kiwoom_rest.jsonl") + records(goldens, "kiwoom_ws.jsonl")
    kinds = {kind_of(record) for record in every}
    assert kinds - CHECKS.keys() == NOT_MET.keys()
    assert not CHECKS.keys() - kinds


def test_doubtful_records_do_no_harm(goldens: Path) -> None:
    doubtful = [record for record in records(goldens, "doubtful.jsonl") if record["for"].startswith("kiwoom")]
    assert doubtful
    for record in doubtful:
        outcome = judge(200, record["raw"].encode(), NOW)
        if record["kind"] == "order-error":
            assert isinstance(outcome, Refused) and outcome.text == json.loads(record["raw"])["return_msg"]
        elif record["kind"] == "stock-info":
            assert decode_rest.facts(body_of(record)).per == "32.47"
            try:
                decode_rest.book(body_of(record), SAMSUNG, NOW)
            except (BadField, NothingThere) as error:
                assert "005930" not in str(error)
        elif record["tr"] == "0B":
            try:
                check_trades(record)
            except (AssertionError, KeyError):
                continue  # its fields contradict each other; that it does no harm is all that is asked

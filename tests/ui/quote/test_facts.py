"""What is known of an instrument: the quote, carried on by later trades; nothing unknown becomes a number."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest
from msgspec.structs import replace

from hoga.base.message import Language, Message
from hoga.domain.known import Known, Unknown
from hoga.domain.market_data import Aggressor
from hoga.domain.values import Money, Price
from hoga.ui.format import DASH, Direction
from hoga.ui.quote.card_fields import Depth, Field, fields_of, printed
from hoga.ui.quote.facts import Facts, facts_of
from hoga.ui.quote.flow import Flow
from hoga.ui.quote.headline import change_text
from tests.support import made_up

S, START = made_up.SAMSUNG, made_up.START
NOTHING = Unknown(Message("NO_DATA_YET"))
QUOTE = made_up.quote(S)


def known_quote(**changes: object) -> Known:  # type: ignore[type-arg]
    return Known(replace(QUOTE, **changes), START, "rest")  # type: ignore[arg-type]


def known_trade(price: int = 71_800, volume: int = QUOTE.volume + 10, **changes: object) -> Known:  # type: ignore[type-arg]
    trade = made_up.trade(S, START + timedelta(seconds=1), price, day_volume=volume)
    return Known(msgspec.structs.replace(trade, **changes), START + timedelta(seconds=1), "stream")  # type: ignore[arg-type]


def fields(facts: Facts, flow: Flow | None = None, depth: Depth = Depth.COMPANY) -> dict[str, Field]:
    return {field.key: field for field in fields_of(facts, flow or Flow(), depth, Language.EN)}


def test_nothing_known_is_dashes_everywhere() -> None:
    facts = facts_of(None, NOTHING, NOTHING)
    assert {field.value for field in fields(facts).values()} == {DASH}
    assert {field.copy for field in fields(facts).values()} == {""}
    assert change_text(facts) == "" and facts.direction is Direction.FLAT


def test_a_later_trade_carries_the_quote_on() -> None:
    facts = facts_of(S, known_quote(), known_trade())
    assert (facts.last, facts.volume) == (71_800, QUOTE.volume + 10)
    assert QUOTE.upper_limit is not None and facts.upper == QUOTE.upper_limit.units
    assert change_text(facts) == "▲1,100 (+1.56%)"


def test_a_trade_that_the_quote_has_counted_does_not_win() -> None:
    assert facts_of(S, known_quote(), known_trade(volume=QUOTE.volume - 1)).last == QUOTE.last.units


def test_a_new_date_begins_its_volume_anew() -> None:
    morning = known_quote(at=START + timedelta(days=1), volume=0)
    assert facts_of(S, morning, known_trade()).volume == 0, "yesterday's trade is not newer for its larger volume"
    tomorrow = known_trade(volume=5, at=START + timedelta(days=1))
    assert facts_of(S, known_quote(), tomorrow).volume == 5


def test_a_trade_alone_tells_the_previous_close() -> None:
    facts = facts_of(None, NOTHING, known_trade(price=71_000, change_units=-500))
    assert (facts.base, facts.change, facts.direction) == (71_500, -500, Direction.DOWN)


def test_a_trade_that_says_halted_is_believed() -> None:
    assert facts_of(S, known_quote(), known_trade(halted=True)).flags.halted


def test_a_date_without_trades_has_no_open_yet() -> None:
    facts = facts_of(S, known_quote(open=None, high=None, low=None), NOTHING)
    assert {fields(facts)[key].value for key in ("open", "high", "low")} == {DASH}


def test_the_limits_have_their_own_sign() -> None:
    at_top = facts_of(S, known_quote(last=QUOTE.upper_limit), NOTHING)
    assert at_top.direction is Direction.UPPER_LIMIT and change_text(at_top).startswith("↑")
    assert facts_of(S, known_quote(last=QUOTE.lower_limit), NOTHING).direction is Direction.LOWER_LIMIT


@pytest.mark.parametrize(("depth", "count"), [(Depth.PRICE, 4), (Depth.DAY, 10), (Depth.COMPANY, 20)])
def test_each_depth_holds_the_ones_before_it(depth: Depth, count: int) -> None:
    found = fields_of(facts_of(S, known_quote(), NOTHING), Flow(), depth, Language.EN)
    assert len(found) == count
    assert [field.key for field in found][:4] == ["open", "high", "low", "volume"]


def test_big_sums_are_short_and_copied_whole() -> None:
    amount = fields(facts_of(S, known_quote(amount=Money(640_901_123_456)), NOTHING))["amount"]
    assert (amount.value, amount.copy, amount.tip) == ("640.9B", "640901123456", "640,901,123,456")


def test_company_figures_come_as_the_broker_printed_them() -> None:
    found = fields(facts_of(S, known_quote(eps="-5416.00", per="", high_52w=Price(88_400)), NOTHING))
    assert (found["eps"].value, found["eps"].copy) == ("−5,416.00", "-5416.00")
    assert found["per"].value == DASH
    assert found["high_52w"].tip == f"{QUOTE.high_52w_on:%Y-%m-%d}"


@pytest.mark.parametrize(
    ("text", "shown"),
    [("13.20", "13.20"), ("54580", "54,580"), ("-0.50", "−0.50"), ("N/A", "N/A"), ("1.2.3", "1.2.3"), ("-", "-")],
)
def test_printed_numbers(text: str, shown: str) -> None:
    assert printed(text) == shown


def test_strength_counts_by_aggressor_from_the_first_trade() -> None:
    trades = [
        made_up.trade(S, quantity=30, aggressor=Aggressor.BUYER),
        made_up.trade(S, quantity=20, aggressor=Aggressor.SELLER),
        made_up.trade(S, quantity=500, aggressor=Aggressor.NONE),
    ]
    flow = Flow().plus(trades)
    assert flow == Flow(30, 20, START) and str(flow.strength) == "150.00"
    field = fields(Facts(), flow)["strength"]
    assert field.value == "150.00%" and "since 10:00:00: 30 / 20" in field.tip
    assert Flow().plus(trades[:1]).strength is None, "nobody sold: no ratio, and no infinity"


def test_strength_begins_anew_with_the_date() -> None:
    before = Flow().plus([made_up.trade(S, quantity=900), made_up.trade(S, quantity=40, aggressor=Aggressor.SELLER)])
    midnight = START.replace(hour=0) + timedelta(days=1)
    after = before.plus([made_up.trade(S, midnight, quantity=40, aggressor=Aggressor.SELLER)])
    assert after == Flow(0, 40, midnight)


def test_the_exchanges_own_sums_of_the_day_win() -> None:
    told = msgspec.structs.replace(made_up.trade(S), day_bought=1_159_996, day_sold=1_366_314)
    flow = Flow().plus([made_up.trade(S, quantity=10**9), told])
    assert flow.whole_day and str(flow.strength) == "84.90"
    assert "today: 1,159,996 / 1,366,314" in fields(Facts(), flow)["strength"].tip

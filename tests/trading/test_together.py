"""Several accounts together: sums that are whole or say what is missing, and holdings across accounts."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from hoga.base.clock import KST
from hoga.base.message import Language, Message
from hoga.domain.accounts import CashReport, ConnectionId, PracticeAccount, RealAccount, Stakes, WireProfile
from hoga.domain.instruments import InstrumentId
from hoga.domain.known import Known, Maybe, Unknown
from hoga.domain.positions import Holding, Portfolio, Position
from hoga.domain.values import Currency, Money, Price, Shares
from hoga.trading.together import Part, Total, together
from hoga.trading.wording import WORDING

NOON = datetime(2026, 11, 20, 12, tzinfo=KST)
SAMSUNG, HYNIX = InstrumentId("005930"), InstrumentId("000660")
KIS = PracticeAccount(ConnectionId("kis-real@practice-1"), "******10-01", WireProfile.KIS_REAL)
KIWOOM = PracticeAccount(ConnectionId("kiwoom-real@practice-1"), "******67-11", WireProfile.KIWOOM_REAL)
GONE = Unknown(Message("NOT_READ_YET"))


def known(units: int, at: datetime = NOON) -> Known[Money]:
    return Known(Money(units), at, "balance")


def held(code: InstrumentId, quantity: int, cost: int, last: int | None) -> Holding:
    position = Position(code, code.code, Shares(quantity), Money(cost), None)
    price: Maybe[Price] = GONE if last is None else Known(Price(last), NOON, "stream")
    value: Maybe[Money] = GONE if last is None else known(last * quantity)
    profit: Maybe[Money] = GONE if last is None else known(last * quantity - cost)
    return Holding(position, Shares(quantity), price, value, profit, known(0))


def account(
    holdings: Maybe[tuple[Holding, ...]], cash: Maybe[tuple[CashReport, ...]] = GONE, **more: object
) -> Portfolio:
    fields: dict[str, object] = {
        "orderable": known(5),
        "reserved": Money(1),
        "realised_today": known(7),
        "open_profit": known(3),
        "total": known(100),
        **more,
    }
    return Portfolio(at=NOON, holdings=holdings, cash=cash, **fields)  # type: ignore[arg-type]


def has(*holdings: Holding) -> Known[tuple[Holding, ...]]:
    return Known(holdings, NOON, "balance")


def won(total: Total) -> int:
    assert isinstance(total.value, Known) and total.missing == ()
    assert total.value.value == total.so_far
    return total.value.value.units


def test_sums_over_two_accounts() -> None:
    cash = Known((CashReport(Currency.KRW, Money(9), Money(9), Money(40)),), NOON - timedelta(seconds=5), "balance")
    first = Part("연습 KIS", KIS, account(has(held(SAMSUNG, 3, 210, 80), held(HYNIX, 1, 500, 600)), cash))
    second = Part("연습 키움", KIWOOM, account(has(held(SAMSUNG, 5, 390, 80)), cash, total=known(11)))
    both = together([first, second])
    assert (won(both.total), won(both.cash), won(both.orderable), won(both.realised_today)) == (111, 80, 10, 14)
    assert both.reserved == Money(2) and both.unread == () and both.stakes == {Stakes.PRACTICE}
    assert isinstance(both.cash.value, Known) and both.cash.value.at == NOON - timedelta(seconds=5)
    samsung, hynix = both.holdings  # by value
    assert (hynix.instrument, won(hynix.value)) == (HYNIX, 600)
    assert (samsung.quantity, samsung.cost, samsung.average) == (Shares(8), Money(600), Decimal("75.0000"))
    assert (won(samsung.value), won(samsung.open_profit), samsung.sellable) == (640, 40, Shares(8))
    assert [one for one, _ in samsung.held_in] == [KIS, KIWOOM]


def test_a_sum_with_a_missing_part_is_unknown_and_names_the_account() -> None:
    first = Part("연습 KIS", KIS, account(has(held(SAMSUNG, 3, 210, None))))
    second = Part("연습 키움", KIWOOM, account(GONE, total=GONE))
    both = together([first, second])
    assert isinstance(both.total.value, Unknown)
    assert both.total.so_far == Money(100) and both.total.missing == (KIWOOM,) and both.unread == (KIWOOM,)
    said = both.total.value.why
    assert said.code == "ACCOUNTS_MISSING" and said.values["accounts"] == "연습 키움"
    assert said.code in WORDING and WORDING[said.code].sentence(Message(said.code, {"accounts": "x"}), Language.KO)
    (samsung,) = both.holdings
    assert isinstance(samsung.value.value, Unknown) and samsung.value.missing == (KIS,) and samsung.cost == Money(210)


def test_another_currency_is_missing_and_never_mixed_in() -> None:
    dollars = Known(Money(1_000_000, Currency.USD), NOON, "balance")
    both = together([Part("a", KIS, account(has())), Part("b", KIWOOM, account(has(), orderable=dollars))])
    assert isinstance(both.orderable.value, Unknown)
    assert both.orderable.so_far == Money(5) and both.orderable.missing == (KIWOOM,)


def test_mixed_stakes_are_told() -> None:
    real = RealAccount(ConnectionId("kis-real@own-1"), "******10-01", WireProfile.KIS_REAL)
    both = together([Part("a", KIS, account(has())), Part("b", real, account(has()))])
    assert both.stakes == {Stakes.PRACTICE, Stakes.REAL}


def test_no_account_is_no_zero() -> None:
    nothing = together([])
    assert isinstance(nothing.total.value, Unknown) and nothing.holdings == ()


amounts = st.integers(-(10**12), 10**12)


@given(st.lists(st.tuples(amounts, st.booleans(), st.integers(0, 1000), st.integers(1, 10**6)), min_size=1, max_size=6))
def test_no_part_is_lost_or_counted_twice(rows: list[tuple[int, bool, int, int]]) -> None:
    parts = [
        Part(
            str(place),
            PracticeAccount(ConnectionId(f"c{place}"), str(place), WireProfile.KIS_REAL),
            account(has(held(SAMSUNG, quantity, quantity * price, price)), total=known(total) if there else GONE),
        )
        for place, (total, there, quantity, price) in enumerate(rows)
    ]
    seen = together(parts)
    assert seen.total.so_far.units == sum(total for total, there, _, _ in rows if there)
    assert isinstance(seen.total.value, Known) is all(there for _, there, _, _ in rows)
    assert len(seen.total.missing) == sum(not there for _, there, _, _ in rows)
    (samsung,) = seen.holdings
    assert samsung.quantity.count == sum(quantity for _, _, quantity, _ in rows)
    assert won(samsung.value) == sum(quantity * price for _, _, quantity, price in rows)
    assert won(samsung.open_profit) == 0

"""The price of a call auction: the vector of markets.md 6.3, and the rule in KRX's own words as a check."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hoga.domain.auction import AuctionResult, Interest, call_auction

VECTOR_BUYS = [Interest(None, 50), Interest(10_020, 100), Interest(10_010, 200), Interest(10_000, 300)]
VECTOR_SELLS = [
    Interest(None, 80),
    Interest(9_990, 120),
    Interest(10_000, 150),
    Interest(10_010, 250),
    Interest(10_020, 100),
]


def test_the_vector() -> None:
    assert call_auction(VECTOR_BUYS, VECTOR_SELLS, 10_000) == AuctionResult(10_000, 350)


def test_of_equal_quantities_the_price_nearest_to_the_previous_one_wins() -> None:
    # The smallest imbalance would say 10,010 for each of these: that line is not KRX's.
    assert call_auction(VECTOR_BUYS, VECTOR_SELLS, 10_010) == AuctionResult(10_010, 350)
    assert call_auction(VECTOR_BUYS, VECTOR_SELLS, 9_950) == AuctionResult(10_000, 350)
    assert call_auction(VECTOR_BUYS, VECTOR_SELLS, 10_500) == AuctionResult(10_010, 350)


def test_the_previous_price_itself_wins_inside_the_range() -> None:
    assert call_auction([Interest(10_100, 10)], [Interest(9_900, 10)], 10_000) == AuctionResult(10_000, 10)


def test_nobody_with_a_better_price_is_left_out() -> None:
    # 995 and 996 both trade one share and 995 is nearer, but then the rest of the bid at 996 would stand unserved.
    assert call_auction([Interest(996, 2)], [Interest(995, 1)], 990) == AuctionResult(996, 1)
    assert call_auction([Interest(996, 1)], [Interest(995, 2)], 996) == AuctionResult(995, 1)


def test_market_orders_alone_trade_at_the_previous_price() -> None:
    assert call_auction([Interest(None, 7)], [Interest(None, 9)], 10_000) == AuctionResult(10_000, 7)


def test_more_market_orders_than_the_other_side_has_leave_the_price_at_the_previous_one() -> None:
    buys, sells = [Interest(None, 2), Interest(1_005, 1)], [Interest(995, 1)]
    assert call_auction(buys, sells, 995) == AuctionResult(995, 1)
    # Ranked with the daily limit, as the exchange does, they carry the price there.
    assert call_auction([Interest(1_300, 2), Interest(1_005, 1)], sells, 995) == AuctionResult(1_300, 1)
    assert call_auction([Interest(1_005, 1)], [Interest(None, 2), Interest(995, 1)], 1_005) == AuctionResult(1_005, 1)
    assert call_auction([Interest(1_005, 1)], [Interest(700, 2), Interest(995, 1)], 1_005) == AuctionResult(700, 1)


def test_what_does_not_cross_has_no_price() -> None:
    assert call_auction([Interest(9_990, 10)], [Interest(10_000, 10)], 10_000) is None
    assert call_auction([], [Interest(None, 10)], 10_000) is None
    assert call_auction([], [], 10_000) is None


interests = st.lists(
    st.builds(
        Interest,
        st.one_of(st.none(), st.integers(min_value=995, max_value=1_005)),
        st.integers(min_value=1, max_value=50),
    ),
    max_size=12,
)


limit_interests = interests.map(lambda orders: [order for order in orders if order.price is not None])


def bought(buys: list[Interest], price: int) -> int:
    return sum(order.quantity for order in buys if order.price is None or order.price >= price)


def sold(sells: list[Interest], price: int) -> int:
    return sum(order.quantity for order in sells if order.price is None or order.price <= price)


def fair(buys: list[Interest], sells: list[Interest], price: int, most: int) -> bool:
    """KRX's words: all bids above and all asks below are served (and with the most matched, one side at the price)."""
    return bought(buys, price + 1) <= most and sold(sells, price - 1) <= most


@given(interests, interests, st.integers(min_value=990, max_value=1_010))
def test_no_price_trades_more_and_none_as_good_is_nearer(
    buys: list[Interest], sells: list[Interest], previous: int
) -> None:
    result = call_auction(buys, sells, previous)
    matched = {price: min(bought(buys, price), sold(sells, price)) for price in range(985, 1_016)}
    most = max(matched.values())
    if result is None:
        assert most == 0
        return
    best = [price for price, quantity in matched.items() if quantity == most]
    good = [price for price in best if fair(buys, sells, price, most)] or best
    assert result.quantity == most
    assert result.price in good
    assert abs(result.price - previous) == min(abs(price - previous) for price in good)


@given(limit_interests, limit_interests, st.integers(min_value=990, max_value=1_010))
def test_with_limit_orders_everybody_with_a_better_price_is_served(
    buys: list[Interest], sells: list[Interest], previous: int
) -> None:
    result = call_auction(buys, sells, previous)
    if result is not None:
        assert fair(buys, sells, result.price, result.quantity)
        assert result.quantity in (bought(buys, result.price), sold(sells, result.price))

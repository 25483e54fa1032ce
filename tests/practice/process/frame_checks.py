"""What was found to hold for every recorded frame of the real servers; ours must not be told apart by it."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from itertools import pairwise

CENT = Decimal("0.01")
UP, FLAT, DOWN = "2", "3", "5"


def ratio(part: int, whole: int, scale: int = 1) -> str:
    if whole == 0:
        return "0.00"
    value = (Decimal(part * scale) / Decimal(whole)).quantize(CENT, ROUND_HALF_UP)
    return f"{abs(value) if value == 0 else value:f}"


def sign(difference: int) -> str:
    return UP if difference > 0 else DOWN if difference < 0 else FLAT


def check_trade(record: list[str], *, width: int = 47, recorded: bool = False) -> None:
    """low <= price <= high, ask >= bid, change, rate and differences agree with prices, counts and strength agree.

    In ``recorded`` frames of the real market auctions have no aggressor, and some trades count in the weighted average
    that do not count in the volume.
    """
    assert len(record) == width
    number = {at: int(record[at]) for at in (2, 4, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 19, 20, 26, 29, 32)}
    price, change, base = number[2], number[4], number[2] - number[4]
    assert number[9] <= price <= number[8] and number[9] <= number[7] <= number[8]
    assert not number[10] or not number[11] or number[10] >= number[11]
    assert record[3] in ({sign(change)} | ({"1"} if change > 0 else {"4"} if change < 0 else set()))
    assert record[5] == ratio(change, base, 100)
    average = Decimal(ratio(number[14], number[13]))
    assert abs(Decimal(record[6]) - average) <= (average / 100_000 if recorded else 0)
    for mark, at in ((7, 24), (8, 27), (9, 30)):
        assert number[at + 2] == price - number[mark]
        assert record[at + 1] == sign(price - number[mark])
        assert len(record[at]) == 6 and record[at] <= record[1]
    assert number[17] == number[16] - number[15]
    flow = number[19] + number[20]
    assert flow <= number[13] if recorded else flow == number[13]
    assert record[18] == ratio(number[20], number[19], 100)
    assert record[21] in ("1", "5")
    assert Decimal(record[22]) == (Decimal(number[20]) / number[13]).quantize(CENT, ROUND_CEILING)
    assert len(record[33]) == 8 and record[34] == "20" and record[35] == "N"
    assert record[44] == ""
    blank = [at for at, field in enumerate(record) if field == ""]
    assert blank == [44]


def check_growth(records: list[list[str]]) -> None:
    """The running volume, amount and counts grow by each trade; a record's time never runs back."""
    for before, after in pairwise(records):
        quantity, price = int(after[12]), int(after[2])
        assert int(after[13]) == int(before[13]) + quantity
        assert int(after[14]) == int(before[14]) + quantity * price
        bought, sold = (1, 0) if after[21] == "1" else (0, 1)
        assert int(after[16]) == int(before[16]) + bought and int(after[15]) == int(before[15]) + sold
        assert int(after[20]) == int(before[20]) + bought * quantity
        assert int(after[19]) == int(before[19]) + sold * quantity
        assert after[1] >= before[1]


def check_book(record: list[str], *, width: int = 63) -> None:
    """Sorted, uncrossed levels whose sums equal the totals; empty levels only at the far end."""
    assert len(record) == width
    asks, bids, ask_sizes, bid_sizes = ([int(field) for field in record[at : at + 10]] for at in (3, 13, 23, 33))
    for prices, sizes in ((asks, ask_sizes), (bids, bid_sizes)):
        there = [price for price in prices if price]
        assert prices == there + [0] * (10 - len(there))
        assert [bool(size) for size in sizes] == [bool(price) for price in prices]
    assert [price for price in asks if price] == sorted({price for price in asks if price})
    assert [price for price in bids if price] == sorted({price for price in bids if price}, reverse=True)
    assert not asks[0] or not bids[0] or asks[0] > bids[0]
    assert sum(ask_sizes) == int(record[43]) and sum(bid_sizes) == int(record[44])
    assert record[47:50] == ["0", "0", "0"] and record[51:53] == ["5", "-100.00"] and int(record[50]) < 0
    assert all(field != "" for field in record)

"""A pre-rendered recording: frames of both brokers' live streams as text, the same for every run."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from datetime import datetime

_KIS_TAIL = (
    "3052507^219853241700^5105^6937^1832^84.90^1366314^1159996^1^0.39^20.28^090020^5^-100^090820^5^-500^092619^2^200^"
    "{day}^20^N^65945^216924^1118750^2199206^0.05^2424142^125.92^0^^72100"
)

_BLANK = (851, 1890, 1891, 1892, 1032, 1071, 1072, 1313, 1315, 1316, 1314, 1497, 1498, 620, 732, 852)


def codes(count: int) -> list[str]:
    return [f"{5930 + 10 * n:06d}" for n in range(count)]


def _price(chance: random.Random, about: int | None = None) -> int:
    return chance.randrange(50_000, 90_000, 100) if about is None else about + 100 * chance.randrange(-2, 3)


def kis_trades(number: int, at: datetime, prices: Mapping[str, int] | None = None) -> list[str]:
    """One record a frame, as trades come. ``prices``: the instruments, each about its price."""
    chance, names = random.Random(7), list(prices or codes(41))
    told = (chance.choice(names) for _ in range(number))
    return [_kis_trade(chance, code, at, _price(chance, (prices or {}).get(code))) for code in told]


def kis_day(number: int, at: datetime, base: int) -> list[str]:
    """Trades of one market day: what the exchange reckons for the day follows from them. Change and rate stand against
    ``base``; volume, amount and what was bought and sold grow with every trade; high and low are those so far."""
    days: dict[str, list[int]] = {}
    return ["|".join((*text.split("|", 3)[:3], _of_the_day(text, days, base))) for text in kis_trades(number, at)]


def _of_the_day(text: str, days: dict[str, list[int]], base: int) -> str:
    fields = text.split("|", 3)[3].split("^")
    code, price, quantity = fields[0], int(fields[2]), int(fields[12])
    day = days.setdefault(code, [price, price, price, 3_000_000, 210_000_000_000, 1_300_000, 1_200_000])
    day[1], day[2] = max(day[1], price), min(day[2], price)
    day[3], day[4] = day[3] + quantity, day[4] + quantity * price
    side = 6 if quantity % 2 else 5
    day[side] += quantity
    fields[3:6] = ["2" if price > base else "5", str(price - base), f"{(price - base) * 100 / base:.2f}"]
    fields[7:10], fields[13:15] = map(str, day[:3]), map(str, day[3:5])
    fields[18:22] = [f"{day[6] * 100 / day[5]:.2f}", str(day[5]), str(day[6]), "1" if side == 6 else "5"]
    return "^".join(fields)


def _kis_trade(chance: random.Random, code: str, at: datetime, price: int) -> str:
    head = (
        f"{code}^{at:%H%M%S}^{price}^5^-100^-0.14^{price - 17}.25^{price + 100}^{price + 700}^{price - 500}"
        f"^{price + 100}^{price}^{chance.randrange(1, 900)}^"
    )
    return "0|H0STCNT0|001|" + head + _KIS_TAIL.format(day=f"{at:%Y%m%d}")


def kis_books(number: int, at: datetime, prices: Mapping[str, int] | None = None) -> list[str]:
    chance, names = random.Random(8), list(prices or codes(41))
    told = (chance.choice(names) for _ in range(number))
    return [_kis_book(chance, code, at, _price(chance, (prices or {}).get(code))) for code in told]


def _kis_book(chance: random.Random, code: str, at: datetime, price: int) -> str:
    asks = [str(price + 100 * n) for n in range(1, 11)]
    bids = [str(price - 100 * n) for n in range(10)]
    quantities = [str(chance.randrange(1, 90_000)) for _ in range(20)]
    totals = [str(sum(map(int, quantities[:10]))), str(sum(map(int, quantities[10:]))), "0", "0"]
    rest = ["0", "0", "0", "0", "5", "-100.00", "3052507", "12", "-7", "0", "0", "0"]
    fields = [code, f"{at:%H%M%S}", "0", *asks, *bids, *quantities, *totals, *rest]
    return "0|H0STASP0|001|" + "^".join(fields[:59])


def kiwoom_trades(number: int, at: datetime, instruments: int = 41) -> list[str]:
    chance, names = random.Random(9), codes(instruments)
    return [_push("0B", names[chance.randrange(instruments)], _trade_values(chance, at)) for _ in range(number)]


def _trade_values(chance: random.Random, at: datetime) -> dict[str, str]:
    price = _price(chance)
    blank = dict.fromkeys(map(str, _BLANK), "")
    return {
        "20": f"{at:%H%M%S}", "10": f"-{price}", "11": "-100", "12": "-0.14", "27": f"-{price + 100}",
        "28": f"-{price}", "15": f"+{chance.randrange(1, 900)}", "13": "3052507", "14": "219853",
        "16": f"-{price + 100}", "17": f"+{price + 700}", "18": f"-{price - 500}", "25": "5", "26": "-1057122",
        "29": "-22041267850", "30": "-96.64", "31": "0.05", "32": "0", "228": "84.90", "311": "4304161", "290": "2",
        "691": "0", "567": "000000", "568": "000000", "1030": "1366314", "1031": "1159996", **blank, "9081": "KRX",
    }  # fmt: skip


def kiwoom_books(number: int, at: datetime, instruments: int = 41) -> list[str]:
    chance, names = random.Random(10), codes(instruments)
    return [_push("0D", names[chance.randrange(instruments)], _book_values(chance, at)) for _ in range(number)]


def _book_values(chance: random.Random, at: datetime) -> dict[str, str]:
    price, values = _price(chance), {"21": f"{at:%H%M%S}"}
    for n in range(10):
        values |= {str(41 + n): f"-{price + 100 * (n + 1)}", str(61 + n): str(chance.randrange(1, 90_000))}
        values |= {str(81 + n): "0", str(51 + n): f"-{price - 100 * n}", str(71 + n): str(chance.randrange(1, 90_000))}
        values |= {str(91 + n): "0"}
    return values | {"121": "400000", "122": "0", "125": "500000", "126": "0", "291": "0", "292": "0", "215": "2"}


def _push(type_: str, item: str, values: dict[str, str]) -> str:
    entry = {"values": values, "type": type_, "name": "주식체결", "item": item}
    return json.dumps({"data": [entry], "trnm": "REAL"}, ensure_ascii=False)

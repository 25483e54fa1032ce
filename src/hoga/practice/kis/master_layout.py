"""Layout of the Korean master files: fixed-width tails, one field after the other (kis.md 6.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

SHORT_CODE = 9
STANDARD_CODE = 12
NAME_BYTES = 40
ENCODING = "cp949"

Layout = Sequence[tuple[str, int]]
"""Names and widths of the tail's fields, from its first byte. A name that begins with ``-`` is never filled here."""


def _flags(*names: str) -> Layout:
    return [(name, 1) for name in names]


_TRADING: Layout = [
    ("base", 9),
    ("lot", 5),
    ("overtime_lot", 5),
    ("halted", 1),
    ("liquidation", 1),
    ("managed", 1),
    ("warning", 2),
    *_flags("warning_notice", "unfaithful", "backdoor"),
    ("ex_rights", 2),
    ("par_change", 2),
    ("increase", 2),
    ("margin_rate", 3),
    ("credit", 1),
    ("credit_days", 3),
    ("previous_volume", 12),
    ("par", 12),
    ("listed_on", 8),
    ("shares_thousands", 15),
    ("capital", 21),
    ("fiscal_month", 2),
    ("offer_price", 7),
    ("preferred", 1),
    *_flags("short_overheat", "abnormal_rise", "krx300"),
]
_FIGURES: Layout = [
    ("sales", 9),
    ("operating_profit", 9),
    ("ordinary_profit", 9),
    ("net_profit", 5),
    ("roe", 9),
    ("base_month", 8),
    ("market_cap", 9),
]
_CREDIT: Layout = _flags("credit_over", "collateral_loan", "short_loan")
_SECTORS: Layout = [("sector_large", 4), ("sector_middle", 4), ("sector_small", 4)]

KOSPI: Layout = [
    ("group", 2),
    ("cap_size", 1),
    *_SECTORS,
    *_flags("manufacturing", "low_liquidity", "governance", "kospi200", "kospi100", "kospi50", "krx"),
    ("etp", 1),
    *_flags("elw", "krx100", "auto", "semiconductor", "bio", "bank", "spac", "energy", "steel"),
    ("overheat", 1),
    *_flags("media", "construction", "-deleted", "securities", "ship", "insurance", "transport", "sri"),
    *_TRADING,
    ("kospi", 1),
    *_FIGURES,
    ("-group_company", 3),
    *_CREDIT,
]

KOSDAQ: Layout = [
    ("group", 2),
    ("cap_size", 1),
    *_SECTORS,
    *_flags("venture", "low_liquidity", "krx"),
    ("etp", 1),
    *_flags("krx100", "auto", "semiconductor", "bio", "bank", "spac", "energy", "steel"),
    ("overheat", 1),
    *_flags("media", "construction", "attention", "securities", "ship", "insurance", "transport", "kosdaq150"),
    *_TRADING,
    *_FIGURES,
    ("-group_company", 3),
    *_CREDIT,
]

KONEX: Layout = [("group", 2), *_TRADING, *_FIGURES, *_CREDIT]


def tail(layout: Layout, values: Mapping[str, str]) -> bytes:
    """The tail of one line. Flags that nobody set are ``N``, other fields blank; a value that does not fit is a bug."""
    parts = []
    for name, width in layout:
        value = values.get(name, "N" if width == 1 and not name.startswith("-") else "")
        if len(value) > width:
            raise ValueError(f"master field {name}: {value!r} is wider than {width}")
        parts.append(value.ljust(width))
    return "".join(parts).encode(ENCODING)


def head(short_code: str, standard_code: str, name: str) -> bytes:
    """Codes and the name in 40 bytes, cut between characters when it is longer."""
    encoded = name.encode(ENCODING, "replace")
    while len(encoded) > NAME_BYTES:
        name = name[:-1]
        encoded = name.encode(ENCODING, "replace")
    codes = short_code.ljust(SHORT_CODE) + standard_code.ljust(STANDARD_CODE)
    return codes.encode(ENCODING) + encoded.ljust(NAME_BYTES)

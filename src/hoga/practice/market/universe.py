"""What is listed on the practice exchange: about sixty well-known KRX names.

Names, codes, ISINs and share counts are those of the real listings. Prices and volumes are only typical ones, and
whether a name is halted, managed, thin or at its limit is made up: each kind has at least one name to practise on.
"""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import msgspec

from hoga.domain.english_names import english_name
from hoga.domain.instruments import Flags, Instrument, InstrumentId, Market, ProductType
from hoga.practice.api import Character, Listing

BEGINNING = date(2016, 1, 4)
"""The first trading day of 2016: where the made-up past begins, but for names that came to the market later."""


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    code: str
    isin: str
    market: Market
    product: ProductType
    name_ko: str
    sector: str
    listed_shares: int
    anchor: int
    average_volume: int
    volatility_bp: int
    listed_on: date = BEGINNING
    beta_percent: int = 100
    limit_multiple: int = 1
    managed: bool = False
    character: str = Character.LIQUID.name


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    anchor_date: date
    listings: tuple[_Row, ...]


def universe() -> dict[str, Listing]:
    """Every listing by its six-character short code, in the order of the file; the same on each call.

    The ETN carries its bare code (``530107``); a wire that writes it as ``Q530107`` does so at its own door.
    """
    content = files("hoga.practice.market").joinpath("data", "universe.json").read_bytes()
    file = msgspec.json.decode(content, type=_File)
    return {row.code: _listing(row, file.anchor_date) for row in file.listings}


def _listing(row: _Row, anchor_date: date) -> Listing:
    character = Character[row.character]
    instrument = Instrument(
        id=InstrumentId(row.code),
        market=row.market,
        product=row.product,
        name_ko=row.name_ko,
        name_en=english_name(row.code),
        isin=row.isin,
        limit_multiple=row.limit_multiple,
        listed_shares=row.listed_shares,
        sector=row.sector,
        flags=Flags(halted=character is Character.HALTED, managed=row.managed),
    )
    return Listing(
        instrument=instrument,
        anchor=row.anchor,
        anchor_date=anchor_date,
        average_volume=row.average_volume,
        volatility_bp=row.volatility_bp,
        character=character,
        listed_on=row.listed_on,
        beta_percent=row.beta_percent,
    )

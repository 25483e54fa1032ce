"""The daily symbol files: fixed width, CP949, one line an issue (kis.md 6.1).

A line is code (9), ISIN (12), Korean name, and a tail of fixed width; the name's length in characters varies, so the
tail is cut from the right. English names are not in the files: ``hoga.domain.english_names`` has the well-known ones.
"""

from __future__ import annotations

import io
import zipfile

from msgspec import Struct

from hoga.broker.kis.codes import bare_code
from hoga.domain.english_names import english_name
from hoga.domain.instruments import Flags, Instrument, InstrumentId, InvestmentWarning, Market, ProductType
from hoga.domain.values import Money

_LARGEST = 64 * 1024 * 1024
_HEAD = 21
_HUNDRED_MILLION = 100_000_000


class BadMaster(ValueError):
    """The file is no master file that can be read as a whole."""


class Layout(Struct, frozen=True):
    """Where the needed fields start in a file's tail, with their widths."""

    file: str
    market: Market
    tail: int
    lot: int
    halted: int
    warning: int
    overheated: int | None
    shares: int
    cap: int


LAYOUTS = (
    Layout("kospi_code.mst", Market.KOSPI, 227, lot=50, halted=60, warning=63, overheated=32, shares=113, cap=212),
    Layout("kosdaq_code.mst", Market.KOSDAQ, 221, lot=45, halted=55, warning=58, overheated=27, shares=108, cap=206),
    Layout("konex_code.mst", Market.KONEX, 184, lot=11, halted=21, warning=24, overheated=None, shares=74, cap=172),
)

_PRODUCTS = {
    "ST": ProductType.STOCK,
    "FS": ProductType.STOCK,
    "KN": ProductType.STOCK,
    "EF": ProductType.ETF,
    "FE": ProductType.ETF,
    "EN": ProductType.ETN,
    "RT": ProductType.REIT,
    "DR": ProductType.DR,
    "BC": ProductType.FUND,
    "MF": ProductType.FUND,
    "IF": ProductType.FUND,
    "SC": ProductType.FUND,
}
"""Groups worth showing. Warrants and rights (EW, SW, SR) are left out, as kis.md 6.1 says."""

_WARNINGS = {"01": InvestmentWarning.CAUTION, "02": InvestmentWarning.WARNING, "03": InvestmentWarning.RISK}


def unzip(archive: bytes, layout: Layout) -> str:
    """The text of a master file; its name inside the zip may be in another case. Raises BadMaster."""
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as folder:
            names = [info for info in folder.infolist() if info.filename.lower() == layout.file]
            if not names:
                raise BadMaster(f"{layout.file} is not in its zip")
            if names[0].file_size > _LARGEST:
                raise BadMaster(f"{layout.file} is too large to be true")
            return folder.read(names[0]).decode("cp949")
    except (zipfile.BadZipFile, UnicodeDecodeError, EOFError) as error:
        raise BadMaster(f"{layout.file} cannot be unpacked") from error


def instruments(text: str, layout: Layout) -> list[Instrument]:
    """Every tradable issue of the file. Raises BadMaster when any line cannot be read: half a list is no list."""
    lines = [line for line in text.replace("\r", "").split("\n") if line.strip()]
    found = (_instrument(line, layout) for line in lines)
    return [instrument for instrument in found if instrument is not None]


def _instrument(line: str, layout: Layout) -> Instrument | None:
    tail = line[-layout.tail :]
    head = line[: -layout.tail]
    if len(head) <= _HEAD:
        raise BadMaster(f"{layout.file}: a line is too short")
    product = _PRODUCTS.get(tail[:2])
    if product is None:
        return None
    code, name = bare_code(head[:9].strip()), head[_HEAD:].strip()
    try:
        return Instrument(
            id=InstrumentId(code),
            market=layout.market,
            product=product,
            name_ko=name,
            name_en=english_name(code),
            isin=head[9:_HEAD].strip(),
            lot=int(tail[layout.lot : layout.lot + 5]),
            limit_multiple=_limit_multiple(product, name),
            listed_shares=int(tail[layout.shares : layout.shares + 15]) * 1000,
            flags=_flags(tail, layout),
            market_cap=_market_cap(tail[layout.cap : layout.cap + 9].strip()),
        )
    except ValueError as error:
        raise BadMaster(f"{layout.file}: a line cannot be read") from error


def _market_cap(text: str) -> Money | None:
    """The file has it in units of 100 million won; blank or zero where there is none to show."""
    return Money(int(text) * _HUNDRED_MILLION) if text.strip("0") else None


def _flags(tail: str, layout: Layout) -> Flags:
    """Halt, liquidation and managed stand side by side in every layout."""
    halted, liquidation, managed = (tail[layout.halted + place] == "Y" for place in range(3))
    return Flags(
        halted=halted,
        liquidation=liquidation,
        managed=managed,
        overheated=layout.overheated is not None and tail[layout.overheated] in ("2", "3", "Y"),
        warning=_WARNINGS.get(tail[layout.warning : layout.warning + 2], InvestmentWarning.NONE),
    )


def _limit_multiple(product: ProductType, name: str) -> int:
    """Doubly leveraged products have limits twice as wide (markets.md 1.3); the file tells them by name alone."""
    leveraged = product in (ProductType.ETF, ProductType.ETN) and ("레버리지" in name or "2X" in name.upper())
    return 2 if leveraged else 1

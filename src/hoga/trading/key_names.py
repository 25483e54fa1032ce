"""What the names in a file of keys stand for: ``KIS_PAPER_APP_SECRET``, ``my_acct_stock``, ``CANO``."""

from __future__ import annotations

import re
from enum import Enum

from msgspec import Struct

from hoga.trading.connections import Field


class Of(Enum):
    """Whose keys a name speaks of."""

    KIS = "kis"
    KIWOOM = "kiwoom"


class Place(Struct, frozen=True):
    """Where a value belongs. ``paper`` and ``broker`` None: the name does not say. ``product``: the last two digits of
    an account number."""

    what: Field | None
    paper: bool | None = None
    broker: Of | None = None
    product: bool = False


_PAPER = frozenset({"paper", "mock", "virtual", "vts", "vps", "demo", "sim", "simulation", "모의"})
_REAL = frozenset({"real", "prod", "live", "my", "실전"})
_BROKERS = {"kis": Of.KIS, "koreainvestment": Of.KIS, "kiwoom": Of.KIWOOM, "키움": Of.KIWOOM}
_OF_KIS_ALONE = frozenset({"cano", "acnt", "prdt"})
_NOT_STOCKS = frozenset({"future", "futures", "overseas", "foreign", "token"})
_SECRET = frozenset({"secret", "appsecret", "secretkey", "appsecretkey", "sec", "시크릿"})
_KEY = frozenset({"appkey", "apikey", "app", "key", "앱키"})
_ACCOUNT = frozenset({"account", "acct", "acc", "cano", "stock", "accountno", "acctno", "accno", "계좌", "계좌번호"})
_PRODUCT = frozenset({"prdt", "product"})
_ID = frozenset({"htsid", "hts", "userid", "id"})
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[가-힣]+")
_PRODUCT_OF_SAMPLE = "my_prod"
"""``kis_devlp.yaml`` calls it so, where ``prod`` stands for the real host elsewhere."""


def place_of(name: str) -> Place | None:
    """None for a name that speaks of nothing that is needed."""
    words = [word.lower() for word in _WORD.findall(name)]
    spoken = frozenset(words)
    if spoken & _NOT_STOCKS:
        return None
    if name.lower() == _PRODUCT_OF_SAMPLE:
        return Place(None, broker=Of.KIS, product=True)
    paper = True if spoken & _PAPER else False if spoken & _REAL else None
    broker = next((_BROKERS[word] for word in words if word in _BROKERS), None)
    if broker is None and spoken & _OF_KIS_ALONE:
        broker = Of.KIS
    if spoken & _PRODUCT:
        return Place(None, paper, broker, product=True)
    what = _field([word for word in words if word not in _PAPER | _REAL and word not in _BROKERS])
    if what is None:
        return None
    # One id serves both hosts, though the sample file calls it "my" like the keys of the real one.
    return Place(what, None if what is Field.HTS_ID and paper is False else paper, broker)


def _field(words: list[str]) -> Field | None:
    """Secrets first: their names say "app" and "key" as well."""
    joined, spoken = "".join(words), frozenset(words)
    for field, names, alone in (
        (Field.APP_SECRET, _SECRET, _SECRET),
        (Field.APP_KEY, _KEY, frozenset({"appkey", "apikey"})),
        (Field.ACCOUNT, _ACCOUNT, frozenset({"cano", "acct", "account", "acnt"})),
        (Field.HTS_ID, _ID, frozenset({"htsid", "hts"})),
    ):
        if joined in names or spoken & alone:
            return field
    return None

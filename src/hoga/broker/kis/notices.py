"""Execution notices: opening the AES seal and reading what happened to an order (kis.md 5.4, 5.6).

Quantities of an acceptance stand in the fill's fields (quirk 47): only ``CNTG_YN`` 2 is a fill. Numeric fields are zero
padded. Notices come per HTS id, so those of other accounts are left out (quirk 50).
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from hoga.base.clock import KST
from hoga.broker.fields import BadField, nearest_moment, parse_time
from hoga.broker.kis.codes import bare_code
from hoga.broker.kis.decode_stream import Garbled
from hoga.broker.kis.ids import SIDES
from hoga.domain.broker_orders import BrokerNumber, NoticeKind, OrderNotice, RequestKind
from hoga.domain.instruments import InstrumentId, Venue
from hoga.domain.values import Price, Shares

OLD_WIDTH = 23
_NEW_WIDTH = 26
_REQUESTS = {"0": RequestKind.NEW, "1": RequestKind.REPRICE, "2": RequestKind.CANCEL}
_VENUES = {"1": Venue.KRX, "2": Venue.NXT, "3": Venue.KRX, "4": Venue.NXT}
_NAMES_OLD = {18: "cntg_isnm", 19: "crdt_cls", 20: "crdt_loan_date", 21: "cntg_isnm40", 22: "oder_prc"}
_NAMES_NEW = {
    18: "ord_cond_prc",
    19: "ord_exg_gb",
    20: "popup_yn",
    21: "filler",
    22: "crdt_cls",
    23: "crdt_loan_date",
    24: "cntg_isnm40",
    25: "oder_prc",
}
_NAMES = (
    "cust_id",
    "acnt_no",
    "oder_no",
    "ooder_no",
    "seln_byov_cls",
    "rctf_cls",
    "oder_kind",
    "oder_cond",
    "stck_shrn_iscd",
    "cntg_qty",
    "cntg_unpr",
    "stck_cntg_hour",
    "rfus_yn",
    "cntg_yn",
    "acpt_yn",
    "brnc_no",
    "oder_qty",
    "acnt_name",
)


@dataclass(frozen=True, slots=True, repr=False)
class Seal:
    """Key and iv of one subscription, as its acknowledgement brought them; void after a reconnect."""

    key: bytes
    iv: bytes

    @classmethod
    def of(cls, key: str, iv: str) -> Seal:
        """Raises Garbled unless both have AES-256-CBC's lengths."""
        seal = cls(key.encode(), iv.encode())
        if len(seal.key) != 32 or len(seal.iv) != 16:
            raise Garbled("notice key", "wrong length")
        return seal

    def open(self, sealed: str) -> str:
        """The plain text of one Base64 payload; raises Garbled."""
        # Not before the first price: hoga.app.start loads it soon after, and no fill waits for it.
        from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
        from cryptography.hazmat.primitives.padding import PKCS7

        try:
            secret = base64.b64decode(sealed, validate=True)
            decryptor = Cipher(algorithms.AES(self.key), modes.CBC(self.iv)).decryptor()
            padded = decryptor.update(secret) + decryptor.finalize()
            unpadder = PKCS7(128).unpadder()
            return (unpadder.update(padded) + unpadder.finalize()).decode()
        except (binascii.Error, ValueError) as error:
            raise Garbled("notice", "the seal does not open") from error


class NoticeDecoder:
    """Notices of one account. ``account`` is its ten digits."""

    def __init__(self, account: str) -> None:
        self._account = account

    def read(self, payload: str, count: int, now: datetime) -> list[OrderNotice]:
        """Every notice of a plain payload that is of this account; raises Garbled when one cannot be read."""
        values = payload.split("^")
        width = len(values) // count
        if len(values) % count or width < OLD_WIDTH:
            raise Garbled("notice", f"{len(values)} fields where {OLD_WIDTH} a record are needed")
        records = (values[start : start + width] for start in range(0, len(values), width))
        try:
            return [self._notice(record, now) for record in records if self._is_mine(record[1])]
        except (BadField, ValueError) as error:
            raise Garbled("notice", "unreadable field") from error

    @staticmethod
    def width(payload: str, count: int) -> int:
        return len(payload.split("^")) // count

    def _is_mine(self, number: str) -> bool:
        digits = "".join(char for char in number if char.isdigit())
        return digits == self._account or (len(digits) == 8 and self._account.startswith(digits))

    def _notice(self, f: list[str], now: datetime) -> OrderNotice:
        at = nearest_moment(parse_time(f[11], "notice"), now)
        kind = _kind(rejected=f[12], filled=f[13], accepted=f[14], request=f[5])
        price = int(f[10] or "0")
        number = BrokerNumber(at.astimezone(KST).date(), f[15].strip(), int(f[2]))
        original = int(f[3].strip() or "0")
        new_layout = len(f) >= _NEW_WIDTH
        side = SIDES.get(f[4])
        if side is None:
            raise ValueError("neither buy nor sell")
        return OrderNotice(
            number=number,
            original=BrokerNumber(number.trading_date, number.branch, original) if original else None,
            kind=kind,
            request=_REQUESTS.get(f[5]),
            instrument=InstrumentId(bare_code(f[8].strip())),
            side=side,
            quantity=Shares(int(f[9] or "0")),
            price=Price(price) if price else None,
            at=at,
            execution=f"{f[11]}/{price}/{int(f[9] or '0')}" if kind is NoticeKind.FILLED else "",
            venue=_VENUES.get(f[19], Venue.KRX) if new_layout else Venue.KRX,
            raw=_raw(f, new_layout=new_layout),
        )


def _kind(*, rejected: str, filled: str, accepted: str, request: str) -> NoticeKind:
    """The table of flag combinations of kis.md 5.6."""
    if filled == "2":
        return NoticeKind.FILLED if rejected == "0" and request in ("0", "1") else NoticeKind.UNCLEAR
    if filled != "1":
        return NoticeKind.UNCLEAR
    if rejected == "1":
        return NoticeKind.REJECTED
    if accepted == "3":
        return NoticeKind.REST_CANCELLED if request == "0" else NoticeKind.UNCLEAR
    return {"1": NoticeKind.RECEIVED, "2": NoticeKind.CONFIRMED}.get(accepted, NoticeKind.UNCLEAR)


def _raw(f: list[str], *, new_layout: bool) -> Mapping[str, str]:
    """The fields by name, without those that say who the customer is."""
    later = _NAMES_NEW if new_layout else _NAMES_OLD
    named = dict(zip(_NAMES, f, strict=False)) | {name: f[place] for place, name in later.items()}
    return {name: value for name, value in named.items() if name not in ("cust_id", "acnt_no", "acnt_name")}

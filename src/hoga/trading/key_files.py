"""Finds keys in the files in which other programs keep them: ``.env``, a secret file of python-kis, ``kis_devlp.yaml``.

Only what has the form of a key is taken, so placeholders of a sample file are left out. Nothing is guessed silently:
``Found.assumed`` says that the file does not tell real from paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import msgspec

from hoga.base.message import Message
from hoga.base.secret_store import Secret
from hoga.domain.accounts import WireProfile
from hoga.trading.connections import Field
from hoga.trading.key_fields import KIWOOM_LENGTH, account_text, cleaned, fields_of, finding
from hoga.trading.key_names import Of, Place, place_of

LARGEST = 256 * 1024
"""Bytes; a file of keys has a few hundred."""


@dataclass(frozen=True, slots=True)
class Found:
    """The keys of one account at one host."""

    profile: WireProfile
    secrets: Mapping[Field, Secret] = field(repr=False)
    assumed: bool = False
    """Nothing in the file says whether it is for real or for paper."""


class NoKeys(ValueError):
    """``message`` says why a file gave nothing."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.code)
        self.message = message


def find_keys(content: bytes, file: str) -> tuple[Found, ...]:
    """The accounts of one file, real ones first. ``file`` is its name, for messages. Raises NoKeys."""
    if len(content) > LARGEST:
        raise NoKeys(Message("KEYS_FILE_TOO_LARGE", {"file": file}))
    text = _text(content)
    pairs = list(_json_pairs(text) or _line_pairs(text))
    found = tuple(_assembled(pairs))
    if not found:
        raise NoKeys(Message("KEYS_FILE_NOTHING", {"file": file}))
    return found


def _text(content: bytes) -> str:
    """Windows writes such files in the old code page or with a mark at the beginning."""
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8", "replace")


# --- names and values -------------------------------------------------------------------------------------------------


def _json_pairs(text: str) -> list[tuple[str, str]]:
    """Names and values of a JSON object, nested ones with their names joined; empty where it is none."""
    if not text.lstrip().startswith("{"):
        return []
    try:
        data = msgspec.json.decode(text)
    except msgspec.DecodeError:
        return []
    return list(_flattened("", data))


def _flattened(prefix: str, data: object) -> Iterator[tuple[str, str]]:
    if isinstance(data, dict):
        for name, value in data.items():
            yield from _flattened(f"{prefix}_{name}" if prefix else str(name), value)
    elif isinstance(data, (str, bool, int)):
        yield prefix, str(data)


_LINE = re.compile(r"""\s*(?:export\s+|set\s+|-\s+)?["']?([A-Za-z_][\w.-]*)["']?\s*(?:=|:)\s*(.*)""", re.I)
_QUOTED = re.compile(r"""(["'])(.*?)\1""")
_COMMENT = re.compile(r"(?:^|\s)#.*")


def _line_pairs(text: str) -> Iterator[tuple[str, str]]:
    """``NAME=value`` of a ``.env`` and ``name: value`` of flat YAML, whose sections join their names to what is in
    them. Of YAML no more is read than that: no key needs more."""
    section: list[tuple[int, str]] = []
    for line in text.splitlines():
        match = _LINE.match(line)
        if match is None or line.lstrip().startswith("#"):
            continue
        depth = len(line) - len(line.lstrip())
        section = [(at, name) for at, name in section if at < depth]
        value = _value(match[2])
        if not value:
            section.append((depth, match[1]))
            continue
        yield "_".join([*(name for _, name in section), match[1]]), value


def _value(text: str) -> str:
    quoted = _QUOTED.match(text.strip())
    return quoted[2] if quoted else _COMMENT.sub("", text).strip()


# --- accounts ---------------------------------------------------------------------------------------------------------


def _assembled(pairs: list[tuple[str, str]]) -> Iterator[Found]:
    """Values by broker and host, put together where a key and its secret are there."""
    told = _host_told(pairs)
    places = [(place, cleaned(value).text) for name, value in pairs if (place := place_of(name)) is not None]
    keys = {(_broker(place, value), place.paper) for place, value in places if place.what is Field.APP_KEY}
    for broker, paper in sorted(keys, key=lambda each: (each[0].value, each[1] is True)):
        mine = [
            (place, value)
            for place, value in places
            if place.paper in (paper, None) and _broker(place, value, broker) is broker
        ]
        on_paper = told if paper is None else paper
        found = _one(_PROFILES[broker, bool(on_paper)], mine, assumed=on_paper is None)
        if found is not None:
            yield found


def _one(profile: WireProfile, mine: list[tuple[Place, str]], *, assumed: bool) -> Found | None:
    """What is said of this host itself counts before what is said of none."""
    ordered = sorted(mine, key=lambda each: each[0].paper is None)
    product = next((value for place, value in ordered if place.product and re.fullmatch(r"\d{2}", value)), _USUAL)
    secrets: dict[Field, Secret] = {}
    for place, value in ordered:
        if place.what is None or place.what in secrets:
            continue
        whole = value
        if place.what is Field.ACCOUNT:
            whole = account_text(f"{value}{product}" if re.fullmatch(r"\d{8}", value) else value)
        doubt = finding(profile, place.what, whole)
        if whole and (doubt is None or not doubt.fatal):
            secrets[place.what] = Secret(whole)
    if Field.APP_KEY not in secrets or Field.APP_SECRET not in secrets:
        return None
    needed = {of: secrets[of] for of in fields_of(profile) if of in secrets}
    return Found(profile, needed, assumed)


def _broker(place: Place, value: str, otherwise: Of = Of.KIS) -> Of:
    """By the name, or by the length that only Kiwoom's keys have."""
    if place.broker is not None:
        return place.broker
    if place.what in (Field.APP_KEY, Field.APP_SECRET):
        return Of.KIWOOM if len(value) == KIWOOM_LENGTH else Of.KIS
    return otherwise


_PROFILES = {
    (Of.KIS, False): WireProfile.KIS_REAL,
    (Of.KIS, True): WireProfile.KIS_PAPER,
    (Of.KIWOOM, False): WireProfile.KIWOOM_REAL,
    (Of.KIWOOM, True): WireProfile.KIWOOM_MOCK,
}
_USUAL = "01"
"""The kind of account that nearly everybody has."""

_HOSTS = (("openapivts.", True), ("mockapi.", True), ("//openapi.", False), ("//api.kiwoom", False))
_SWITCHES = frozenset(
    {"virtual", "paper", "mock", "is_paper", "is_mock", "is_virtual", "use_mock", "demo", "simulation"}
)
_MODES = frozenset({"env", "mode", "kis_env", "kis_mode", "kiwoom_env", "kiwoom_mode", "environment", "server"})


def _host_told(pairs: list[tuple[str, str]]) -> bool | None:
    """Whether the file says of itself that it is for paper; None: it says neither, or both (as samples do)."""
    said: set[bool] = set()
    for name, value in pairs:
        low, text = name.lower(), value.strip().lower()
        said |= {paper for host, paper in _HOSTS if host in text}
        if low.removeprefix("kis_").removeprefix("kiwoom_") in _SWITCHES and text in ("true", "false", "1", "0"):
            said.add(text in ("true", "1"))
        if low in _MODES and (found := _MODE_WORDS.get(text)) is not None:
            said.add(found)
    return said.pop() if len(said) == 1 else None


_MODE_WORDS: Mapping[str, bool] = {
    "paper": True, "mock": True, "virtual": True, "vts": True, "vps": True, "demo": True, "모의": True,
    "real": False, "prod": False, "live": False, "실전": False,
}  # fmt: skip

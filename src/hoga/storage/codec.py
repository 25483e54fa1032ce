"""Frozen values of the domain to JSON and back, exactly: by their declared types, with nothing guessed.

Enums go by name, moments and dates as ISO 8601, money and prices as ``[units, "KRW"]``, numbers of a broker as
``date/branch/number``. A field that has its default is left out, so a field added later reads old entries.
A value of a union is tagged with the name of its class.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

import msgspec
from msgspec import Struct

from hoga.domain.broker_orders import BrokerNumber
from hoga.domain.instruments import Country, InstrumentId
from hoga.domain.values import Currency, Money, Price, Shares

Plain = Any  # JSON: what msgspec reads and writes
_Reader = Callable[[Plain], Any]
_Writer = Callable[[Any], Plain]


class Undecodable(Exception):
    """An entry that does not read as what it says it is: damage, or a kind from a newer hoga."""


def encode(value: object) -> str:
    """The JSON text of a record: a frozen struct or dataclass."""
    return msgspec.json.encode(to_plain(value)).decode()


def decode(kind: type, text: str) -> Any:
    """The value of class ``kind`` from its JSON text. Raises Undecodable."""
    try:
        return _reader(kind)(msgspec.json.decode(text))
    except (msgspec.DecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise Undecodable(f"{kind.__name__}: {error}") from error


def number_text(number: BrokerNumber) -> str:
    return f"{number.trading_date.isoformat()}/{number.branch}/{number.number}"


def read_number(text: str) -> BrokerNumber:
    day, rest = text.split("/", 1)
    branch, _, number = rest.rpartition("/")
    return BrokerNumber(date.fromisoformat(day), branch, int(number))


def to_plain(value: object) -> Plain:
    """What JSON can hold, for any value that the domain's facts are made of."""
    kind: Any = type(value)
    return _writer(kind)(value)


@cache
def _writer(kind: Any) -> _Writer:
    """How to write values of ``kind``."""
    if kind in _WRITERS:
        return _WRITERS[kind]
    if issubclass(kind, Enum):
        return lambda value: value.name
    if _is_record(kind):
        return _record_writer(kind)
    if issubclass(kind, Mapping):
        return lambda value: {str(name): str(held) for name, held in value.items()}
    if issubclass(kind, tuple):
        return lambda value: [to_plain(item) for item in value]
    if issubclass(kind, frozenset):
        return lambda value: sorted(to_plain(item) for item in value)
    raise TypeError(f"no way to write {kind.__name__}")


def _record_writer(kind: type) -> _Writer:
    parts = _parts(kind)

    def write(value: Any) -> Plain:
        return {name: _write_field(held, name) for name, default in parts if (held := getattr(value, name)) != default}

    return write


def _write_field(value: object, name: str) -> Plain:
    plain = to_plain(value)
    if name == "origin" and _is_record(type(value)):
        return {"": type(value).__name__, **plain}
    return plain


def _itself(value: Any) -> Plain:
    return value


_WRITERS: dict[type, _Writer] = {
    str: _itself,
    int: _itself,
    bool: _itself,
    type(None): _itself,
    datetime: datetime.isoformat,
    date: date.isoformat,
    Decimal: str,
    Shares: lambda value: value.count,
    Price: lambda value: [value.units, value.currency.name],
    Money: lambda value: [value.units, value.currency.name],
    InstrumentId: lambda value: f"{value.country.name}:{value.code}",
    BrokerNumber: number_text,
}


def read_instrument(text: str) -> InstrumentId:
    country, _, code = text.partition(":")
    return InstrumentId(code, Country[country])


def _plain(kind: type) -> _Reader:
    def read(plain: Plain) -> Any:
        if type(plain) is not kind:
            raise TypeError(f"{kind.__name__} expected, not {plain!r}")
        return plain

    return read


_READERS: dict[type, _Reader] = {
    str: _plain(str),
    int: _plain(int),
    bool: _plain(bool),
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    Decimal: Decimal,
    Shares: Shares,
    Price: lambda plain: Price(plain[0], Currency[plain[1]]),
    Money: lambda plain: Money(plain[0], Currency[plain[1]]),
    InstrumentId: read_instrument,
    BrokerNumber: read_number,
}


@cache
def _reader(kind: Any) -> _Reader:
    """How to read values declared as ``kind``."""
    if kind in _READERS:
        return _READERS[kind]
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return _union(typing.get_args(kind))
    if origin is tuple:
        item = _reader(typing.get_args(kind)[0])
        return lambda plain: tuple(item(each) for each in plain)
    if origin is frozenset:
        member = _reader(typing.get_args(kind)[0])
        return lambda plain: frozenset(member(each) for each in plain)
    if origin is not None and issubclass(origin, Mapping):
        return lambda plain: types.MappingProxyType({str(name): str(held) for name, held in plain.items()})
    if isinstance(kind, typing.NewType):
        return _reader(kind.__supertype__)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return lambda plain: kind[plain]
    if _is_record(kind):
        return _record(kind)
    raise TypeError(f"no way to read {kind}")


def _union(choices: tuple[Any, ...]) -> _Reader:
    real = [choice for choice in choices if choice is not type(None)]
    if len(real) == 1:
        only = _reader(real[0])
        return lambda plain: None if plain is None else only(plain)
    by_name = {choice.__name__: _reader(choice) for choice in real}

    def read(plain: Plain) -> Any:
        if plain is None:
            return None
        return by_name[plain[""]]({name: held for name, held in plain.items() if name})

    return read


def _record(kind: type) -> _Reader:
    hints = typing.get_type_hints(kind)
    readers = {name: _reader(hints[name]) for name, _ in _parts(kind)}

    def read(plain: Plain) -> Any:
        return kind(**{name: readers[name](held) for name, held in plain.items() if name in readers})

    return read


def _is_record(kind: Any) -> bool:
    return isinstance(kind, type) and (issubclass(kind, Struct) or dataclasses.is_dataclass(kind))


def _parts(kind: type[Any]) -> list[tuple[str, object]]:
    """Names of a record's fields, each with its default; where it has none, with what no value equals."""
    if issubclass(kind, Struct):
        return [(one.name, _default(one)) for one in msgspec.structs.fields(kind)]
    return [(one.name, _default(one)) for one in dataclasses.fields(kind)]


def _default(field: msgspec.structs.FieldInfo | dataclasses.Field[Any]) -> object:
    if field.default_factory not in (msgspec.NODEFAULT, dataclasses.MISSING):
        return field.default_factory()
    return field.default

"""Secrets never come out; what is no secret stays as it was."""

from __future__ import annotations

import json
import logging
import string
import time
import traceback
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from hoga.base.masks import mask_account
from hoga.base.scrub import Scrubber
from hoga.base.secret_store import Secret

KEY = "PSabCDefGH1234567890abCDefGH12345678"
_ALPHABET = string.ascii_letters + string.digits + "+/=_-."
# Stars are what masks are made of.
secrets = (st.text(_ALPHABET, min_size=9, max_size=180) | st.text(min_size=9, max_size=40)).filter(
    lambda s: "*" not in s
)
names = st.text(string.ascii_letters + "_-", min_size=1, max_size=20)
texts = st.text(max_size=40)


def _learned(secret: str) -> Scrubber:
    scrubber = Scrubber()
    scrubber.learn(secret)
    return scrubber


# --- learned secrets -------------------------------------------------------------------------------------------------


@given(secrets, texts, texts)
def test_a_learned_secret_never_comes_out_of_a_text(secret: str, before: str, after: str) -> None:
    assert secret not in _learned(secret).text(before + secret + after)


@given(secrets, st.data())
def test_a_learned_secret_never_comes_out_of_a_nested_value(secret: str, data: st.DataObject) -> None:
    wrap = st.sampled_from(
        [
            lambda value, name: {name: value},
            lambda value, name: {str(value): name},
            lambda value, name: [name, value],
            lambda value, name: {"x": [{name: value}]},
            lambda value, name: (value, 71200),
            lambda value, name: json.dumps({name: value}),
            lambda value, name: json.dumps({name: value}, ensure_ascii=False),
            lambda value, name: str({name: value}),
        ]
    )
    value: object = secret
    for step in data.draw(st.lists(wrap, min_size=1, max_size=2)):
        value = step(value, data.draw(names))
    shown = _learned(secret).value(value)
    for form in (str(shown), json.dumps(shown), json.dumps(shown, ensure_ascii=False)):
        assert secret not in form


@given(secrets)
def test_a_learned_secret_never_comes_out_of_addresses_replies_and_tracebacks(secret: str) -> None:
    scrubber = _learned(secret)
    for quoted in (quote(secret), quote(secret, safe=""), quote_plus(secret)):
        assert quoted not in scrubber.text(f"GET /x?k={quoted}&m=1")
    for reply in (json.dumps({"a": [secret]}), f"0|{secret}|1", json.dumps({"a": json.dumps({"b": secret})})):
        assert secret not in scrubber.raw(reply.encode())
        assert json.dumps(secret)[1:-1] not in scrubber.raw(reply)
    try:
        raise ValueError(secret, {"k": secret})
    except ValueError as error:
        trace = "".join(traceback.format_exception(error))
    assert secret not in scrubber.text(trace)
    assert repr(secret)[1:-1] not in scrubber.text(trace)


def test_learning_takes_a_secret_object_and_refuses_what_would_mask_everything() -> None:
    scrubber = Scrubber()
    scrubber.learn(Secret(KEY))
    assert scrubber.text(f"<{KEY}>") == "<***>"
    with pytest.raises(ValueError, match="at least 3"):
        scrubber.learn("1")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("user kim logged in", "user *** logged in"),
        ("kimchi and kim9", "kimchi and kim9"),
        ("kim님 환영합니다", "***님 환영합니다"),
        (json.dumps("홍kim"), '"\\ud64d***"'),
        ("a\\nkim", "a\\n***"),
        ("id=kim;", "id=***;"),
    ],
)
def test_a_short_id_is_masked_only_where_it_stands_alone(text: str, shown: str) -> None:
    assert _learned("kim").text(text) == shown


# --- account numbers --------------------------------------------------------------------------------------------------


def test_an_account_shows_its_last_digits_only() -> None:
    assert mask_account("50123456-01") == "******56-01"
    assert mask_account("5012345601") == "******56-01"
    assert mask_account("50123456") == "******56"
    assert mask_account("******56-01") == "******56-01"
    assert mask_account("something else") == "***"


@given(st.from_regex(r"[1-9][0-9]{7}-[0-9]{2}", fullmatch=True))
def test_a_dashed_account_is_masked_unlearned_and_a_learned_one_in_every_form(number: str) -> None:
    assert number not in Scrubber().text(f"계좌 {number} 조회")
    scrubber = Scrubber()
    scrubber.learn_account(number)
    for form in (number, number.replace("-", ""), number[:8]):
        assert form not in scrubber.text(f"x {form} y")
        assert form not in json.dumps(scrubber.value({"n": int(form.replace("-", "")), "t": [form]}))


def test_wire_names_are_registered_by_who_knows_them() -> None:
    scrubber = Scrubber()
    scrubber.know_names(secret=["personalseckey"], account=["CANO"])
    assert scrubber.text("CANO=50998877&ACNT_PRDT_CD=01") == "CANO=******77&ACNT_PRDT_CD=01"
    assert scrubber.value({"cano": "50998877", "personal_sec_key": "zz"}) == {
        "cano": "******77",
        "personal_sec_key": "***",
    }


# --- unlearned secrets ------------------------------------------------------------------------------------------------

_UNLEARNED = "q7-Zk"


@pytest.mark.parametrize(
    "text",
    [
        f"appkey={_UNLEARNED}",
        f'{{"app_key": "{_UNLEARNED}"}}',
        f"{{'App-Secret': '{_UNLEARNED}'}}",
        json.dumps({"body": json.dumps({"token": _UNLEARNED})}),
        json.dumps(json.dumps({"body": json.dumps({"token": _UNLEARNED})})),
        f"url=https://x/oauth?grant=1&approval_key={_UNLEARNED}&x=1",
        f"Authorization: Bearer {_UNLEARNED}",
        f"headers [('authorization', 'Bearer {_UNLEARNED}')]",
        f"the access token: {_UNLEARNED}",
        f"token=['{_UNLEARNED}', '{_UNLEARNED}']",
        f"secret => {_UNLEARNED}",
        f"비밀번호: {_UNLEARNED}",
        f"hts_id: '{_UNLEARNED}",
    ],
)
def test_a_name_beside_a_value_tells_of_a_secret(text: str) -> None:
    assert _UNLEARNED not in Scrubber().text(text)
    assert _UNLEARNED not in Scrubber().raw(text)


@given(st.sampled_from(["appkey", "AppSecret", "access_token", "APPROVAL-KEY", "password"]), texts)
def test_everything_below_a_secret_name_is_masked(name: str, secret: str) -> None:
    secret = f"§{secret}"
    shown = Scrubber().value({"o": [{name: {"a": [secret], secret: secret}}]})
    assert secret not in str(list(shown["o"][0][name].values()))
    assert all(secret != each for each in shown["o"][0][name])


@pytest.mark.parametrize(
    "secret",
    [
        KEY,
        "eyJhbGciOiJIUzUxMiJ9.eyJzdWIiOiJ0b2tlbiJ9.abc-def_123",
        "aB3+" * 45,
    ],
)
def test_a_key_nobody_registered_is_recognised_by_its_shape(secret: str) -> None:
    assert secret not in Scrubber().text(f"got {secret} back")
    assert secret not in Scrubber().raw(json.dumps({"msg": secret}))


# --- what must survive ------------------------------------------------------------------------------------------------


def _taught() -> Scrubber:
    scrubber = Scrubber(account_names=["CANO"])
    scrubber.learn(KEY)
    scrubber.learn_account("50123456-01")
    scrubber.learn("kimtrader")
    return scrubber


@given(
    st.integers(1, 10**13),
    st.from_regex(r"[0-9]{10}", fullmatch=True),
    st.from_regex(r"[0-9]{6}", fullmatch=True),
)
@example(71_200, "0000117057", "005930")
def test_prices_order_numbers_and_codes_are_not_destroyed(price: int, number: str, code: str) -> None:
    assume("50123456" not in (str(price), number) and "5012345601" not in (str(price), number))
    for text in (
        f"order {number} accepted: buy {code} 10 at {price:,} won ({price})",
        f"ODNO={number}&PDNO={code}&ORD_UNPR={price}",
        json.dumps({"output": {"ODNO": number, "ORD_TMD": "123929", "stck_prpr": str(price)}}),
        "2026-11-21T12:00:05.123+09:00 price: 71,200 key: 5",
        "sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        f"0|H0STCNT0|001|{code}^123929^{price}^5^-100",
        'File "/usr/lib/python3.11/site-packages/hoga/trading/outbox.py", line 12, in send',
    ):
        assert _taught().text(text) == text
    value = {"price": price, "number": number, "code": code, "at": "12:39:29", "ok": True, "none": None}
    assert _taught().value(value) == value


@given(st.recursive(st.integers() | st.booleans() | st.none() | st.sampled_from(["삼성전자", "00", "-1.5"]), st.lists))
def test_shape_and_numbers_of_a_value_survive(value: object) -> None:
    assert _taught().value(value) == value


def test_a_raw_reply_keeps_its_numbers_digit_for_digit() -> None:
    reply = '{"a":1.10,"b":12345678901234567890.12,"c":1e5,"d":["삼성"],"appkey":"x","e":{}}'
    assert _taught().raw(reply.encode()) == reply.replace('"x"', '"***"')


@given(texts)
def test_scrubbing_twice_changes_nothing_more(text: str) -> None:
    scrubber = _taught()
    once = scrubber.text(f"{text} token: a{text} CANO=50123456 bearer x")
    assert scrubber.text(once) == once


@given(st.binary(max_size=200))
def test_any_bytes_can_be_scrubbed(reply: bytes) -> None:
    assert isinstance(_taught().raw(reply), str)


def test_keys_that_differ_only_in_what_is_masked_are_both_kept() -> None:
    shown = Scrubber().value({"50123456-01": 1, "99993456-01": 2})
    assert list(shown.values()) == [1, 2]


@pytest.mark.parametrize(
    "unit", ["a:", "token:'", "token:[", "a ", "aA1", "aA1/", "\\", "12345678", '{"a":', "bearer "]
)
def test_hostile_texts_take_linear_time(unit: str) -> None:
    def seconds(length: int) -> float:
        begun = time.perf_counter()
        _taught().raw(unit * (length // len(unit)))
        return time.perf_counter() - begun

    # Quadratic work would take minutes here; a loaded machine stays far below this.
    assert seconds(200_000) < 20


def test_deep_nesting_is_cut_off() -> None:
    value: object = KEY
    for _ in range(200):
        value = [value]
    assert KEY not in str(_taught().value(value))
    assert KEY not in _taught().raw("[" * 100_000 + KEY)


def test_a_secret_object_shows_nothing() -> None:
    secret = Secret(KEY)
    assert KEY not in f"{secret} {secret!r} {[secret]}" + logging.Formatter().format(
        logging.makeLogRecord({"msg": "%s", "args": (secret,)})
    )

"""Keys as they are typed, pasted and found in files: cleaned, checked, and told apart."""

from __future__ import annotations

import json
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoga.base.message import Language, Message
from hoga.base.secret_store import Secret
from hoga.domain.accounts import WireProfile
from hoga.trading.connections import Field
from hoga.trading.key_fields import OTHER_HOST, Removed, account_text, cleaned, fields_of, finding, missing
from hoga.trading.key_files import LARGEST, Found, NoKeys, find_keys
from hoga.trading.wording import WORDING

KIS_REAL, KIS_PAPER = WireProfile.KIS_REAL, WireProfile.KIS_PAPER
KIWOOM_REAL, KIWOOM_MOCK = WireProfile.KIWOOM_REAL, WireProfile.KIWOOM_MOCK
KEY, SECRET = "PS" + "kA1" * 11 + "k", "aB3+/" * 35 + "abcd="
PAPER_KEY, PAPER_SECRET = "PV" + "vB2" * 11 + "v", "cD4+/" * 35 + "efgh="
KIWOOM_KEY, KIWOOM_SECRET = "k" * 43, "w" * 43


# --- as typed ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "text", "removed"),
    [
        ("PSabc", "PSabc", set()),
        (" PS abc\t", "PSabc", {Removed.BLANKS}),
        ("PS\nabc\r\n", "PSabc", {Removed.LINES}),
        ("PS\u200babc\ufeff", "PSabc", {Removed.INVISIBLE}),
        ("ＰＳａｂｃ１２", "PSabc12", {Removed.FULL_WIDTH}),
        ("“PSabc”", "PSabc", {Removed.QUOTES}),
        ("\u3000P\u00a0S\u00ad", "PS", {Removed.BLANKS, Removed.INVISIBLE}),
        ("５０１２３４５６－０１", "50123456-01", {Removed.FULL_WIDTH}),
    ],
)
def test_what_does_not_belong_is_taken_out_and_told(typed: str, text: str, removed: set[Removed]) -> None:
    found = cleaned(typed)
    assert (found.text, found.removed) == (text, removed)


@given(st.text(alphabet=string.ascii_letters + string.digits + "+/=-_.", max_size=200))
def test_what_belongs_stays_as_it_is(text: str) -> None:
    assert cleaned(text).text == text
    assert not cleaned(text).removed


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = cleaned(text).text
    assert cleaned(once).text == once


@pytest.mark.parametrize(
    ("profile", "of", "text", "code", "fatal"),
    [
        (KIS_REAL, Field.APP_KEY, "x" * 36, None, False),
        (KIS_REAL, Field.APP_KEY, "x" * 35, "KEYS_LENGTH", True),
        (KIS_REAL, Field.APP_KEY, "x" * 180, "KEYS_SWAPPED", True),
        (KIS_REAL, Field.APP_KEY, "x" * 43, "KEYS_OF_KIWOOM", True),
        (KIS_REAL, Field.APP_SECRET, "x" * 180, None, False),
        (KIS_REAL, Field.APP_SECRET, "x" * 36, "KEYS_SWAPPED", True),
        (KIS_REAL, Field.APP_SECRET, "x" * 179, "KEYS_LENGTH", True),
        (KIS_REAL, Field.APP_KEY, "키" * 36, "KEYS_NOT_ASCII", True),
        (KIS_REAL, Field.APP_SECRET, "x" * 1281, "KEYS_TOO_LONG", True),
        (KIWOOM_REAL, Field.APP_KEY, "x" * 43, None, False),
        (KIWOOM_REAL, Field.APP_KEY, "x" * 44, "KEYS_LENGTH_UNUSUAL", False),
        (KIWOOM_REAL, Field.APP_KEY, "x" * 36, "KEYS_OF_KIS", False),
        (KIS_PAPER, Field.ACCOUNT, "50123456-01", None, False),
        (KIS_PAPER, Field.ACCOUNT, "5012345601", None, False),
        (KIS_REAL, Field.ACCOUNT, "50123456-01", "KEYS_ACCOUNT_LOOKS_PAPER", False),
        (KIS_REAL, Field.ACCOUNT, "12345678", "KEYS_ACCOUNT_SHORT", True),
        (KIS_REAL, Field.ACCOUNT, "1234567", "KEYS_ACCOUNT_LENGTH", True),
        (KIS_REAL, Field.ACCOUNT, "1234567A-01", "KEYS_ACCOUNT_LETTERS", True),
        (KIS_REAL, Field.ACCOUNT, "계좌", "KEYS_ACCOUNT_LETTERS", True),
        (KIS_REAL, Field.HTS_ID, "ab", "KEYS_ID_SHORT", True),
        (KIS_REAL, Field.HTS_ID, "hong12", None, False),
        (KIS_REAL, Field.HTS_ID, "", None, False),
    ],
)  # fmt: skip
def test_each_fault_is_named(profile: WireProfile, of: Field, text: str, code: str | None, fatal: bool) -> None:
    found = finding(profile, of, text)
    assert (None if found is None else found.message.code) == code
    if found is not None:
        assert found.fatal is fatal
        for language in Language:
            assert WORDING[code or ""].sentence(found.message, language)
            assert WORDING[code or ""].action(found.message, language)


def test_a_fault_never_holds_the_text() -> None:
    for of in Field:
        for text in ("SeCrEt" * 5, "비밀" * 9):
            found = finding(KIS_REAL, of, text)
            assert found is None or text not in str(found.message)
    assert "SeCrEt" not in repr(cleaned("SeCrEt"))


def test_what_is_missing_is_an_error_but_for_the_hts_id() -> None:
    for profile in WireProfile:
        for of in (Field.APP_KEY, Field.APP_SECRET, Field.ACCOUNT):
            needed = missing(profile, of)
            assert needed is not None and needed.fatal
    without = missing(KIS_REAL, Field.HTS_ID)
    assert without is not None and not without.fatal
    assert missing(KIWOOM_REAL, Field.HTS_ID) is None
    assert Field.HTS_ID not in fields_of(KIWOOM_MOCK)
    assert all(OTHER_HOST[OTHER_HOST[profile]] is profile for profile in WireProfile)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("5012345601", "50123456-01"), ("50123456–01", "50123456-01"), ("50-123456-01", "50123456-01"), ("501", "501")],
)
def test_an_account_number_gets_its_usual_form(typed: str, kept: str) -> None:
    assert account_text(typed) == kept


# --- as found in files ------------------------------------------------------------------------------------------------


def keys(found: Found) -> dict[str, str]:
    return {of.name: secret.reveal() for of, secret in found.secrets.items()}


def only(text: str, file: str = ".env") -> Found:
    (found,) = find_keys(text.encode(), file)
    return found


@pytest.mark.parametrize(("virtual", "profile"), [(False, KIS_REAL), (True, KIS_PAPER)])
def test_a_secret_file_of_python_kis(virtual: bool, profile: WireProfile) -> None:
    saved = {"id": "soju06", "appkey": KEY, "secretkey": SECRET, "account": "12345678-01", "virtual": virtual}
    found = only(json.dumps(saved), "secret.json")
    assert (found.profile, found.assumed) == (profile, False)
    assert keys(found) == {"APP_KEY": KEY, "APP_SECRET": SECRET, "ACCOUNT": "12345678-01", "HTS_ID": "soju06"}


def test_what_the_installed_python_kis_saves_is_read(tmp_path_factory: pytest.TempPathFactory) -> None:
    pykis = pytest.importorskip("pykis")
    path = tmp_path_factory.mktemp("kis") / "secret.json"
    pykis.KisAuth(id="soju06", appkey=KEY, secretkey=SECRET, account="12345678-01", virtual=True).save(path)
    (found,) = find_keys(path.read_bytes(), path.name)
    assert found.profile is KIS_PAPER
    assert keys(found)["ACCOUNT"] == "12345678-01"


DEVLP = f"""
#홈페이지에서 API서비스 신청시 받은 Appkey, Appsecret 값 설정
#실전투자
my_app: "{KEY}"
my_sec: "{SECRET}"

#모의투자
paper_app: "{PAPER_KEY}"
paper_sec: '{PAPER_SECRET}'

# HTS ID
my_htsid: "hong12"

#계좌번호 앞 8자리
my_acct_stock: "12345678"
my_acct_future: "87654321"
my_paper_stock: "50111111"
my_paper_future: "60111111"

#계좌번호 뒤 2자리
my_prod: "01" # 종합계좌
# my_prod: "03" # 국내선물옵션계좌

#domain infos
prod: "https://openapi.koreainvestment.com:9443" # 서비스
ops: "ws://ops.koreainvestment.com:21000" # 웹소켓
vps: "https://openapivts.koreainvestment.com:29443" # 모의투자 서비스
vops: "ws://ops.koreainvestment.com:31000" # 모의투자 웹소켓

my_token: ""
my_agent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"
"""


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_sample_file_of_kis_holds_two_accounts(mark: str) -> None:
    real, paper = find_keys((mark + DEVLP).encode(), "kis_devlp.yaml")
    assert (real.profile, real.assumed) == (KIS_REAL, False)
    assert keys(real) == {"APP_KEY": KEY, "APP_SECRET": SECRET, "ACCOUNT": "12345678-01", "HTS_ID": "hong12"}
    assert (paper.profile, paper.assumed) == (KIS_PAPER, False)
    assert keys(paper) == {
        "APP_KEY": PAPER_KEY, "APP_SECRET": PAPER_SECRET, "ACCOUNT": "50111111-01", "HTS_ID": "hong12",
    }  # fmt: skip


def test_placeholders_of_a_sample_are_no_keys() -> None:
    blank = DEVLP
    for value, words in (
        (KEY, "앱키"),
        (SECRET, "앱키 시크릿"),
        (PAPER_KEY, "모의투자 앱키"),
        (PAPER_SECRET, "모의투자 앱키 시크릿"),
        ("12345678", "증권계좌 8자리"),
    ):
        blank = blank.replace(value, words)
    with pytest.raises(NoKeys) as refused:
        find_keys(blank.encode(), "kis_devlp.yaml")
    assert refused.value.message == Message("KEYS_FILE_NOTHING", {"file": "kis_devlp.yaml"})
    only_real = DEVLP.replace(PAPER_KEY, "모의투자 앱키").replace(PAPER_SECRET, "모의투자 앱키 시크릿")
    assert [found.profile for found in find_keys(only_real.encode("cp949"), "x")] == [KIS_REAL]


def test_a_dotenv_with_a_host_says_which_environment() -> None:
    text = f"""
    export KIS_APP_KEY={KEY}
    KIS_APP_SECRET="{SECRET}"   # do not commit
    KIS_URL_BASE=https://openapivts.koreainvestment.com:29443
    CANO=50123456
    ACNT_PRDT_CD=01
    """
    found = only(text)
    assert (found.profile, found.assumed) == (KIS_PAPER, False)
    assert keys(found)["ACCOUNT"] == "50123456-01"


def test_a_dotenv_that_does_not_say_is_taken_for_real_and_marked_as_a_guess() -> None:
    found = only(f"APPKEY={KEY}\nAPPSECRET={SECRET}\nKIS_ACCOUNT=12345678-01\nKIS_HTS_ID=hong12\n")
    assert (found.profile, found.assumed) == (KIS_REAL, True)
    assert keys(found)["HTS_ID"] == "hong12"


def test_a_dotenv_of_both_brokers_and_both_hosts_is_taken_apart() -> None:
    text = f"""
    KIS_APP_KEY={KEY}
    KIS_APP_SECRET={SECRET}
    KIS_ACCOUNT_NO=12345678-01
    KIS_PAPER_APP_KEY={PAPER_KEY}
    KIS_PAPER_APP_SECRET={PAPER_SECRET}
    KIS_PAPER_ACCOUNT_NO=50123456-01
    KIWOOM_APP_KEY={KIWOOM_KEY}
    KIWOOM_SECRET_KEY={KIWOOM_SECRET}
    KIWOOM_MOCK_APP_KEY={"m" * 43}
    KIWOOM_MOCK_SECRET_KEY={"n" * 43}
    KIWOOM_MOCK_ACCOUNT=8112345611
    """
    found = {one.profile: keys(one) for one in find_keys(text.encode(), ".env")}
    assert set(found) == {KIS_REAL, KIS_PAPER, KIWOOM_REAL, KIWOOM_MOCK}
    assert found[KIS_REAL]["ACCOUNT"] == "12345678-01"
    assert found[KIS_PAPER] == {"APP_KEY": PAPER_KEY, "APP_SECRET": PAPER_SECRET, "ACCOUNT": "50123456-01"}
    assert found[KIWOOM_REAL] == {"APP_KEY": KIWOOM_KEY, "APP_SECRET": KIWOOM_SECRET}
    assert found[KIWOOM_MOCK]["ACCOUNT"] == "81123456-11"


def test_sections_of_yaml_lend_their_names() -> None:
    text = f"kis:\n  paper:\n    app_key: {PAPER_KEY}\n    app_secret: {PAPER_SECRET}\nother: 1\n"
    found = only(text, "config.yaml")
    assert (found.profile, keys(found)["APP_KEY"]) == (KIS_PAPER, PAPER_KEY)


def test_unnamed_keys_of_kiwooms_length_are_kiwooms() -> None:
    found = only(json.dumps({"appkey": KIWOOM_KEY, "secretkey": KIWOOM_SECRET, "mock": True}), "k.json")
    assert found.profile is KIWOOM_MOCK


@pytest.mark.parametrize("content", [b"", b"{", b"\x00\xff" * 40, b"hello: world", b"[1, 2]", b'{"a": {"b": null}}'])
def test_a_file_without_keys_is_said_so(content: bytes) -> None:
    with pytest.raises(NoKeys) as refused:
        find_keys(content, "x.txt")
    assert refused.value.message.code == "KEYS_FILE_NOTHING"


def test_a_file_that_is_too_large_is_not_searched() -> None:
    with pytest.raises(NoKeys) as refused:
        find_keys(b"x" * (LARGEST + 1), "x.bin")
    assert refused.value.message.code == "KEYS_FILE_TOO_LARGE"


@given(st.binary(max_size=400))
def test_no_file_brings_the_search_down(content: bytes) -> None:
    try:
        found = find_keys(content, "x")
    except NoKeys:
        return
    assert found


def test_what_was_found_shows_nothing_of_itself() -> None:
    found = only(json.dumps({"id": "soju06", "appkey": KEY, "secretkey": SECRET, "account": "12345678-01"}))
    assert not any(secret.reveal() in repr(found) for secret in found.secrets.values())
    assert all(isinstance(secret, Secret) for secret in found.secrets.values())

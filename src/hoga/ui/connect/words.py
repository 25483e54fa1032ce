"""The words of connections: brokers, environments, standings, fields and where keys come from, steps of a test."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QCoreApplication

from hoga.domain.accounts import WireProfile
from hoga.trading.connections import Details, Field, Standing, StepKind, StepState
from hoga.trading.key_fields import KIS, Removed

_PAPER = (WireProfile.KIS_PAPER, WireProfile.KIWOOM_MOCK)


class House(Enum):
    """The brokers."""

    KIS = "kis"
    KIWOOM = "kiwoom"


class Environment(Enum):
    """Where an account of a broker is: with real money, without, or at the exchange to practise on, which has both
    dialects."""

    REAL = "real"
    PAPER = "paper"
    PRACTICE = "practice"
    PRACTICE_PAPER = "practice paper"


PROFILES = {
    (House.KIS, False): WireProfile.KIS_REAL,
    (House.KIS, True): WireProfile.KIS_PAPER,
    (House.KIWOOM, False): WireProfile.KIWOOM_REAL,
    (House.KIWOOM, True): WireProfile.KIWOOM_MOCK,
}


def profile_of(house: House, environment: Environment) -> WireProfile:
    return PROFILES[house, environment in (Environment.PAPER, Environment.PRACTICE_PAPER)]


def house_of(profile: WireProfile) -> House:
    return House.KIS if profile in KIS else House.KIWOOM


def own_environment(profile: WireProfile) -> Environment:
    """Of an account at the broker itself."""
    return Environment.PAPER if profile in _PAPER else Environment.REAL


def environment_of(details: Details) -> Environment:
    if details.practice:
        return Environment.PRACTICE_PAPER if details.profile in _PAPER else Environment.PRACTICE
    return own_environment(details.profile)


def house_words(house: House) -> str:
    tr = QCoreApplication.translate
    return {
        House.KIS: tr("ConnectText", "Korea Investment & Securities (KIS)"),
        House.KIWOOM: tr("ConnectText", "Kiwoom Securities"),
    }[house]


def short_house_words(house: House) -> str:
    tr = QCoreApplication.translate
    return {House.KIS: tr("ConnectText", "KIS"), House.KIWOOM: tr("ConnectText", "Kiwoom")}[house]


def environment_words(environment: Environment) -> str:
    tr = QCoreApplication.translate
    return {
        Environment.REAL: tr("ConnectText", "Real money"),
        Environment.PAPER: tr("ConnectText", "Paper trading at the broker"),
        Environment.PRACTICE: tr("ConnectText", "Practice exchange (no keys needed)"),
        Environment.PRACTICE_PAPER: tr("ConnectText", "Practice exchange, by the rules of paper trading"),
    }[environment]


def usual_name(house: House, environment: Environment) -> str:
    """What a new connection is called until a person calls it something else."""
    tr = QCoreApplication.translate
    kind = {
        Environment.REAL: tr("ConnectText", "real"),
        Environment.PAPER: tr("ConnectText", "paper"),
        Environment.PRACTICE: tr("ConnectText", "practice"),
        Environment.PRACTICE_PAPER: tr("ConnectText", "practice, paper rules"),
    }[environment]
    return f"{short_house_words(house)} {kind}"


def standing_words(standing: Standing) -> str:
    tr = QCoreApplication.translate
    return {
        Standing.DISABLED: tr("ConnectText", "off"),
        Standing.LOCKED: tr("ConnectText", "locked"),
        Standing.OPENING: tr("ConnectText", "opening …"),
        Standing.OPEN: tr("ConnectText", "open"),
        Standing.FAILED: tr("ConnectText", "not open"),
    }[standing]


STANDING_MARKS = {
    Standing.DISABLED: "○",
    Standing.LOCKED: "■",
    Standing.OPENING: "…",
    Standing.OPEN: "●",
    Standing.FAILED: "✕",
}
"""Shapes, so that colour is not the only sign."""


def field_words(of: Field) -> str:
    tr = QCoreApplication.translate
    return {
        Field.APP_KEY: tr("ConnectText", "App key"),
        Field.APP_SECRET: tr("ConnectText", "App secret"),
        Field.ACCOUNT: tr("ConnectText", "Account number"),
        Field.HTS_ID: tr("ConnectText", "HTS id"),
    }[of]


def field_about(profile: WireProfile, of: Field) -> str:
    """What it looks like, and why it is needed."""
    tr = QCoreApplication.translate
    if of is Field.ACCOUNT:
        return tr("ConnectText", "8 digits and 2 more, for example 12345678-01.")
    if of is Field.HTS_ID:
        return tr(
            "ConnectText", "KIS sends fill notices by this id. Without it fills are seen only when lists are read."
        )
    if profile in KIS:
        key, secret = tr("ConnectText", "36 letters and digits."), tr("ConnectText", "180 letters.")
    else:
        key = tr("ConnectText", "Usually 43 letters.")
        secret = tr("ConnectText", "Usually 43 letters; the portal calls it the secret key.")
    return key if of is Field.APP_KEY else secret


def issued_at(profile: WireProfile) -> str:
    """Where the keys of this host are issued."""
    tr = QCoreApplication.translate
    return {
        WireProfile.KIS_REAL: tr(
            "ConnectText",
            "Issued at KIS Developers (apiportal.koreainvestment.com): apply for the API with your account; "
            "each account has its own app key.",
        ),
        WireProfile.KIS_PAPER: tr(
            "ConnectText",
            "First apply for paper trading at KIS, then for its app key at KIS Developers "
            "(apiportal.koreainvestment.com). It is not the key of the real account.",
        ),
        WireProfile.KIWOOM_REAL: tr(
            "ConnectText",
            "Issued at Kiwoom's REST API portal (openapi.kiwoom.com): apply, register this computer's IP address, "
            "and download both keys.",
        ),
        WireProfile.KIWOOM_MOCK: tr(
            "ConnectText",
            "Apply for mock trading at Kiwoom, then for its keys at the REST API portal (openapi.kiwoom.com). "
            "They are not the keys of the real account.",
        ),
    }[profile]


def removed_words(removed: frozenset[Removed]) -> str:
    """What was taken out of a text on its way in."""
    tr = QCoreApplication.translate
    named = {
        Removed.BLANKS: tr("ConnectText", "blanks"),
        Removed.LINES: tr("ConnectText", "line breaks"),
        Removed.INVISIBLE: tr("ConnectText", "invisible characters"),
        Removed.QUOTES: tr("ConnectText", "quotation marks"),
        Removed.FULL_WIDTH: tr("ConnectText", "full-width letters"),
    }
    what = ", ".join(words for kind, words in named.items() if kind in removed)
    return tr("ConnectText", "Mended on the way in: {what}.").format(what=what)


def step_words(kind: StepKind) -> str:
    tr = QCoreApplication.translate
    return {
        StepKind.REACH: tr("ConnectText", "Reach the server"),
        StepKind.CLOCK: tr("ConnectText", "Compare clocks"),
        StepKind.TOKEN: tr("ConnectText", "Log in"),
        StepKind.BALANCE: tr("ConnectText", "Read the balance"),
        StepKind.QUOTE: tr("ConnectText", "Read a quote"),
        StepKind.STREAM: tr("ConnectText", "Live stream"),
        StepKind.FILLS: tr("ConnectText", "Fill notices"),
    }[kind]


def state_words(state: StepState) -> str:
    tr = QCoreApplication.translate
    return {
        StepState.RUNNING: tr("ConnectText", "being tried …"),
        StepState.PASSED: tr("ConnectText", "passed"),
        StepState.WARNED: tr("ConnectText", "passed, with a warning"),
        StepState.FAILED: tr("ConnectText", "failed"),
        StepState.SKIPPED: tr("ConnectText", "not tried"),
    }[state]


STATE_MARKS = {
    StepState.RUNNING: "…",
    StepState.PASSED: "✓",
    StepState.WARNED: "!",
    StepState.FAILED: "✕",
    StepState.SKIPPED: "–",
}

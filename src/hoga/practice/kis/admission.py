"""What a call must pass before its operation sees it, in the order of kis.md 10.3."""

from __future__ import annotations

from msgspec import Struct

from hoga.practice.api import Environment, Exchange, PracticeAccount
from hoga.practice.kis.catalogue import Catalogue, Miss
from hoga.practice.kis.errors import gateway_refusal, wrong_path
from hoga.practice.kis.fields import Fields
from hoga.practice.kis.keys import KeyRing
from hoga.practice.kis.operation import Operation
from hoga.practice.kis.settings import DoorSettings
from hoga.practice.kis.tokens import Standing
from hoga.practice.pace import CallPace
from hoga.practice.wire import WireRequest

_BEARER = "Bearer "
_CUSTOMERS = ("", "P", "B")


class Admitted(Struct, frozen=True):
    operation: Operation
    accounts: tuple[PracticeAccount, ...]
    fields: Fields


class Admission:
    """Raises Refused: content type, token, app key, TR, paper, rate; then the body itself."""

    def __init__(self, exchange: Exchange, settings: DoorSettings, keys: KeyRing, catalogue: Catalogue) -> None:
        self._exchange = exchange
        self._settings = settings
        self._keys = keys
        self._catalogue = catalogue
        self._pace = CallPace()

    def serves(self, method: str, path: str) -> bool:
        return self._catalogue.serves(method, path)

    def admit(self, environment: Environment, request: WireRequest, path: str) -> Admitted:
        _check_content_type(request)
        token = _bearer_token(request)
        accounts = self._keys.accounts_of((request.header("appkey") or "").strip(), environment)
        self._check_token(environment, token, accounts)
        _check_keys(request, accounts)
        operation = self._operation(environment, request, path)
        self._check_rate(environment, accounts[0])
        return Admitted(operation, accounts, self._fields(request))

    def _check_token(self, environment: Environment, token: str, accounts: tuple[PracticeAccount, ...]) -> None:
        """The token's own standing; whose it is matters once the app key is known to be good."""
        if accounts:
            standing = self._keys.standing(token, accounts[0])
        else:
            owner = self._keys.owner_of_token(token, environment)
            standing = Standing.VALID if owner is not None else Standing.INVALID
        if standing is Standing.EXPIRED:
            raise gateway_refusal("EGW00123")
        if standing is Standing.INVALID:
            raise gateway_refusal("EGW00121")

    def _operation(self, environment: Environment, request: WireRequest, path: str) -> Operation:
        tr = (request.header("tr_id") or "").strip()
        found = self._catalogue.find(environment, path, tr)
        if isinstance(found, Operation):
            return found
        if found is Miss.NOT_ON_PAPER:
            raise gateway_refusal("EGW02006")
        raise wrong_path(tr) if found is Miss.OTHER_PATH else gateway_refusal("EGW00310")

    def _check_rate(self, environment: Environment, account: PracticeAccount) -> None:
        if not self._settings.rate_limits:
            return
        real = environment is Environment.REAL
        most = self._settings.real_per_second if real else self._settings.paper_per_second
        if not self._pace.admit(account.appkey, self._exchange.now(), most):
            raise gateway_refusal("EGW00201")

    def _fields(self, request: WireRequest) -> Fields:
        if request.method == "GET":
            return Fields.of_query(request.query)
        return Fields.of_body(request.body, strict=self._settings.strict_bodies)


def _check_content_type(request: WireRequest) -> None:
    """JSON for POST; whatever for GET."""
    sent = (request.header("content-type") or "").strip().lower()
    if request.method == "POST" and not sent.startswith("application/json"):
        raise gateway_refusal("EGW00132")


def _bearer_token(request: WireRequest) -> str:
    sent = (request.header("authorization") or "").strip()
    if not sent:
        raise gateway_refusal("EGW00122")
    if not sent.startswith(_BEARER):
        raise gateway_refusal("EGW00205")
    return sent.removeprefix(_BEARER).strip()


def _check_keys(request: WireRequest, accounts: tuple[PracticeAccount, ...]) -> None:
    """App key, secret, and the kind of customer where one is named."""
    if not (request.header("appkey") or "").strip():
        raise gateway_refusal("EGW00102")
    if not accounts:
        raise gateway_refusal("EGW00103")
    secret = (request.header("appsecret") or "").strip()
    if not secret:
        raise gateway_refusal("EGW00104")
    if secret != accounts[0].appsecret:
        raise gateway_refusal("EGW00105")
    if (request.header("custtype") or "").strip() not in _CUSTOMERS:
        raise gateway_refusal("EGW00208")

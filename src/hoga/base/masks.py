"""What a masked thing looks like, and how secrets are recognised by their shape or by the name beside them.

Shapes that a price, a quantity or an order number can have (ten digits, say) are never masked here: those are masked
only where a name says what they are, or where the very value was learned (``hoga.base.scrub``).
"""

from __future__ import annotations

import re

MASK = "***"
"""Stands for a secret."""

_ACCOUNT = re.compile(r"\d{8}(?:[- ]?\d{2})?")
_DASHED_ACCOUNT = re.compile(r"(?<![\d-])\d{8}-\d{2}(?![\d-])")
_BEARER = re.compile(r"(?i)\b(bearer|basic)([\s+]|%20)+[\w.~+/=-]+")
_JWT = re.compile(r"\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?")
# A long run of letters and digits, both cases and a digit in it: keys and tokens look so; digests (lower-case hex),
# words, dates and file names do not.
_OPAQUE = re.compile(
    r"(?<![A-Za-z0-9+/=])(?=[A-Z0-9]*+[a-z])(?=[a-z0-9]*+[A-Z])(?=[A-Za-z]*+\d)[A-Za-z0-9]{32,}+(?![A-Za-z0-9_])"
)
SHORTEST_SHAPE = 32
"""Letters and digits alone are no shape under this length."""
_BASE64 = re.compile(r"[A-Za-z0-9+/]{100,}={0,2}")

SECRET_NAMES = frozenset(
    {
        "appkey", "appsecret", "secretkey", "secret", "apikey", "clientsecret", "token", "accesstoken", "refreshtoken",
        "approvalkey", "authorization", "password", "passphrase", "passwd", "hashkey", "htsid", "cookie",
        "비밀번호", "앱키", "시크릿", "토큰", "아이디",
    }
)  # fmt: skip
ACCOUNT_NAMES = frozenset({"account", "accountnumber", "accountno", "계좌", "계좌번호"})

# A name of up to five words and what stands between it and its value: app_key=, "App-Secret": , \"a\":\"
_HEAD = re.compile(r"""(?<![^\W_])([^\W\d_][^\W_]*+(?:[-_. ][^\W_]++){0,4}+)\\*["']?\s*+(?:=>|[:=])\s*+""")
_WORD_END = re.compile(r"[-_. ]")
_QUOTE = re.compile(r"""b?(\\*["'])""")
_BARE = re.compile(r"""[^\s"'\\,;&})\]]+""")
_NOTHING = ("null", "None", "true", "false", "True", "False", MASK)


def canonical(name: str) -> str:
    """A field's name without case and separators: ``App-Secret`` and ``app_secret`` are ``appsecret``."""
    return "".join(letter for letter in name.lower() if letter.isalnum())


def mask_account(number: str) -> str:
    """``50123456-01`` and ``5012345601`` as ``******56-01``, ``50123456`` as ``******56``: fit to be shown and stored.

    Anything that is not an account number (8 digits, or 8+2) becomes the plain mask; a masked one stays."""
    if number.startswith("******"):
        return number
    if not _ACCOUNT.fullmatch(number):
        return MASK
    digits = "".join(letter for letter in number if letter.isdigit())
    return f"******{digits[6:8]}" + (f"-{digits[8:]}" if len(digits) > 8 else "")


def mask_shapes(text: str) -> str:
    """Mask what is recognised by its shape alone: dashed account numbers, bearer headers, web tokens, long keys."""
    text = _BEARER.sub(rf"\1 {MASK}", text)
    text = _JWT.sub(MASK, text)
    text = _OPAQUE.sub(MASK, text)
    text = _BASE64.sub(MASK, text)
    return _DASHED_ACCOUNT.sub(lambda found: mask_account(found[0]), text)


def mask_pairs(text: str, secret: frozenset[str], account: frozenset[str]) -> str:
    """Mask the value in ``name=value``, ``name: value`` and ``"name": "value"``, also inside JSON within JSON, where
    the canonical name is in ``secret`` or ``account``."""
    done: list[str] = []
    copied = at = 0
    while head := _HEAD.search(text, at):
        at = head.end()
        # "the token: x" is a pair of the name "token" as well, so the last words of a name count too.
        words = _WORD_END.split(head[1])
        names = {canonical("".join(words[first:])) for first in range(len(words))}
        is_secret = not names.isdisjoint(secret)
        if not is_secret and names.isdisjoint(account):
            continue  # its value may hold another pair, so it is searched like the rest
        start, end = _extent(text, at)
        value = text[start:end]
        if value and value not in _NOTHING:
            done += [text[copied:start], MASK if is_secret else mask_account(value)]
            copied = end
        at = max(end, at)
    return "".join([*done, text[copied:]])


def _extent(text: str, at: int) -> tuple[int, int]:
    """Where the value that begins at ``at`` lies: within its quotes, a whole bracket, or up to the next separator."""
    if quote := _QUOTE.match(text, at):
        end = text.find(quote[1], quote.end())
        return quote.end(), len(text) if end < 0 else end
    if at < len(text) and text[at] in "[({":
        return at, _closing(text, at)
    bare = _BARE.match(text, at)
    return (at, bare.end()) if bare else (at, at)


def _closing(text: str, at: int) -> int:
    """One past the bracket that closes the one at ``at``; the end of the text where none does."""
    depth = 0
    for index in range(at, len(text)):
        if text[index] in "[({":
            depth += 1
        elif text[index] in "])}":
            depth -= 1
            if depth == 0:
                return index + 1
    return len(text)

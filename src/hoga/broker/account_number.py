"""Account numbers as people write them: eight digits and two."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ACCOUNT = re.compile(r"(\d{8})-?(\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True, repr=False)
class AccountNumber:
    """``12345678-01``: eight digits, and two that tell the kind of account. Never printed."""

    main: str
    product: str

    @classmethod
    def parse(cls, text: str) -> AccountNumber:
        """Raises ValueError, without the text, when it is not 8+2 digits."""
        match = _ACCOUNT.fullmatch(text.strip())
        if match is None:
            raise ValueError("an account number has 8 and 2 digits: 12345678-01")
        return cls(match[1], match[2])

    @property
    def digits(self) -> str:
        return self.main + self.product

    @property
    def label(self) -> str:
        """The masked number, safe to show and store."""
        return f"******{self.main[-2:]}-{self.product}"

"""Where keys and tokens live: the OS keyring, or memory for one run where a person chooses so. Never a file.

The one exception are Practice's own keys, which are no secrets: they stay in Practice's folder.
"""

from hoga.secrets.keyring_store import KeyringStore
from hoga.secrets.memory import MemoryStore
from hoga.secrets.practice_keys import PracticeKeyStore
from hoga.secrets.vault import ConnectionSecrets
from hoga.secrets.wording import WORDINGS

__all__ = ["WORDINGS", "ConnectionSecrets", "KeyringStore", "MemoryStore", "PracticeKeyStore"]

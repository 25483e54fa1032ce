"""Where keys and tokens live: the OS keyring, or memory where there is none. Never a file.

The one exception are Practice's own keys, which are no secrets: they stay in Practice's folder. Which store an app
gets is ``choose_store``'s to say.
"""

from hoga.secrets.choice import Chosen, choose_store
from hoga.secrets.keyring_store import KeyringStore
from hoga.secrets.memory import MemoryStore
from hoga.secrets.practice_keys import PracticeKeyStore
from hoga.secrets.vault import ConnectionSecrets
from hoga.secrets.wording import WORDINGS

__all__ = ["WORDINGS", "Chosen", "ConnectionSecrets", "KeyringStore", "MemoryStore", "PracticeKeyStore", "choose_store"]

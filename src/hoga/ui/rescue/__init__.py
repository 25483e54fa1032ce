"""The rescue window: what is open, what is held and whom to call, when everything else fails (guide idea 22)."""

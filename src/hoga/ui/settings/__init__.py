"""The settings: everything explained, searchable, in effect at once."""

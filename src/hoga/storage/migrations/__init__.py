"""Numbered SQL steps, applied once each and in order: ``0001_<what>.sql`` and so on. A step is never edited later."""

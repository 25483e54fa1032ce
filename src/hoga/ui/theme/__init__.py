"""Colours and measures of the window: one token file, no style sheet per widget."""

"""Recordings played again: trades and books as they came, at the speed one likes, with nothing to press."""

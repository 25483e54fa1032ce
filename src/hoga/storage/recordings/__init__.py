"""Trades and books as they were received, kept on the disk to be played again. The format is told in ``frames``."""

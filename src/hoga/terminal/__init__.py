"""The desk in a terminal: a live order book, one line to type on. Views only; it holds no trading state."""

"""Small things that every room may use: clocks, owned tasks, messages, scrubbing of secrets."""

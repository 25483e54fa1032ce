"""Where keys and tokens live: the OS keyring, or memory where there is none. Never a file."""

"""What markets, orders and accounts are: frozen values and pure rules. No I/O, no asyncio, no Qt."""

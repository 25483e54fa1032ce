"""What hoga asks of a broker (the port) and what the adapters share."""

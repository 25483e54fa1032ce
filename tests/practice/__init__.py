"""The practice exchange, room by room."""

"""The limits of risk of a connection, as a part of the settings."""

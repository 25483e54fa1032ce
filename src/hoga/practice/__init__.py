"""Practice, the embedded exchange: a process of its own that speaks the brokers' wire protocols on loopback."""

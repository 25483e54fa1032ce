"""hoga: a desktop trading application for people who invest through Korean brokers."""

__version__ = "0.1.0"

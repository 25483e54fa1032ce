"""The visible queue: what waits in the outbox, in the order in which it will leave."""

from hoga.ui.queue.window import QueueWindow, show_queue

__all__ = ["QueueWindow", "show_queue"]

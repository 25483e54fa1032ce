"""Short words in the corner, and what of the desk's life is worth one."""

from hoga.ui.toasts.news import News
from hoga.ui.toasts.stack import ToastStack

__all__ = ["News", "ToastStack"]

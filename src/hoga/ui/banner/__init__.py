"""Strips under the header: what needs a person's word, and the slip of "cancel all"."""

from hoga.ui.banner.attention import Attention
from hoga.ui.banner.cancel_all import CancelAll

__all__ = ["Attention", "CancelAll"]

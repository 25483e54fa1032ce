"""The Kiwoom door of Practice: its REST and WebSocket hosts, real and mock, as third-party clients know them."""

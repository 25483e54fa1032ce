"""The exchange itself: matching, accounts, ledger."""

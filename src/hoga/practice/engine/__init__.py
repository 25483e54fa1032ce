"""The exchange itself: books, matching, accounts, and the ledger that outlives a kill."""

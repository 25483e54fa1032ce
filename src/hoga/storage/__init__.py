"""The desk's own files: one folder held by one desk, a database with one writer, the order journal, the activity log."""

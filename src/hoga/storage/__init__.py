"""The desk's own files: a folder held by one desk, a database with one writer, the order journal, the activity log."""

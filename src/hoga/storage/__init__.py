"""The desk's SQLite files: one data folder is one desk."""

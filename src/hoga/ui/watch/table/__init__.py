"""The watch list as a table: many figures of many instruments in one sight (관심종목 시세판)."""

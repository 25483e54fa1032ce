"""The adapter for KIS (한국투자증권 Open API). KIS wire names exist in this package and nowhere else."""

"""Studies over the bars: moving averages, bands, oscillators. Lines to look at; nothing here is a price to order at."""

"""The practice market: what is listed, its made-up past, its bars, and the model that keeps it alive."""

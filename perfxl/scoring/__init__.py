"""Floor 3: scores and rates, each from one expression that is both a Decimal and an Excel formula."""

"""Floor 1: bytes to cells and back. Knows nothing of budgets."""

"""Floor 1: parameters of law and practice, dated and with their source; knows nothing of cells or forms."""

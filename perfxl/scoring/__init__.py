"""Computing scores: expressions, the national method, and the plan of what is written into which cell."""

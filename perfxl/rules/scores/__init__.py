"""Rules on weights, scores and grades: PX3xx."""

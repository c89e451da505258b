"""Rules on targets, actual values and reasons: PX4xx."""

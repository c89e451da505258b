"""Floor 5: what people and scripts get to see."""

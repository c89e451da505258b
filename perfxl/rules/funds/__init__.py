"""Rules on the fund table (项目资金): PX2xx."""

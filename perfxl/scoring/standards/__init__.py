"""Scoring standards (评分标准) read into rules: one family a file. `read.read_standard` asks them all."""

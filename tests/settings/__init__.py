"""Tests of the dated parameters."""

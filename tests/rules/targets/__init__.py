"""Tests of the rules of perfxl/rules/targets, one module a rule."""

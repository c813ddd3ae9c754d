"""Verification: what it justifies, and that it misses nothing."""

"""Counting records as plugins and their reports ask for it: as data, for the tenant in scope."""

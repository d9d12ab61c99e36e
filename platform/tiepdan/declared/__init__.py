"""Plugins written as data: from TOML and JSON to the values and functions that a plugin in Python would have."""

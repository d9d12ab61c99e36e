"""Tenants: bodies of party, State and judiciary, their superiors and reporting lines over time."""

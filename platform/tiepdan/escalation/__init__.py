"""Escalation: overdue clocks come before the superior, each step once."""

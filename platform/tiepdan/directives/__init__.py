"""Conclusion notices and assignments to other bodies, followed until the citizen was told."""

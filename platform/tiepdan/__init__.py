"""Tiếp Dân: citizen reception and petitions for every committee of Viet Nam."""

__version__ = "0.1.0"

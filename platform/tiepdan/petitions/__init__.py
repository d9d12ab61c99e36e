"""Petitions (đơn) and matters (vụ việc): registered, classified, decided, worked on, closed."""

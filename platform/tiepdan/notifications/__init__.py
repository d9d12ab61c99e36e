"""Messages to citizens and staff: what is told, by which channel, and what became of it."""

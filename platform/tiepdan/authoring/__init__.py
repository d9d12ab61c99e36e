"""For those who write plugins: make one, check one."""

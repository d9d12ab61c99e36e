"""Plugins in daily life: what is enabled for whom, who decided it, what failed, and the pages to see and change it."""

"""Speed against its bars: `make bench`, or `ONLY=name SCALE=0.1 python -m tests.bench`. No pytest here."""

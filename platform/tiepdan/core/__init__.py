"""What every capability stands on: scope, database, clock, errors, jobs, hooks. Knows no domain word."""

"""Running the platform: start and stop, migrate, diagnose. Above the application, below the ways in."""

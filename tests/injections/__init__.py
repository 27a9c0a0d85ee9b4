"""Plans with one mistake put into them, to see what the checks find: ``python -m tests.injections``."""

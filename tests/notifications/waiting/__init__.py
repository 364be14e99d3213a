"""A room of the tests: one thing waits for the officer of the commune, due today."""

"""The use cases: make a week, check it, swap a meal, list the shopping, remind."""

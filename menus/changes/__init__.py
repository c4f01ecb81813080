"""Changes of a menu that stands: other dishes for a meal, days moved or left out, and all of it undone."""

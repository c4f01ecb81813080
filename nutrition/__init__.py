"""What is true about food and people: pure functions over tables, no I/O beyond this room's data files."""

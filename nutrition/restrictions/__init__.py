"""What people exclude: the ontology as data, rules over foods and words, and the reading of free Portuguese text."""

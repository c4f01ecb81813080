"""Every sentence that a person reads, in Portuguese, grouped by kind and marked for translation."""

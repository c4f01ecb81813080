"""What a sentence asks to have changed, read by rules: pure functions over folded words, no language model."""

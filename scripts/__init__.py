"""Programs that a developer runs; the product does not import them."""

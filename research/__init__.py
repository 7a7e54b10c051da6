"""What makes and measures the weights of the product, and is no part of it."""

"""The older segmenter that the product's own is measured against: silero says when, pitch says who."""

"""Krippendorff's alphas of where units begin and end."""

"""Conversation at a moment of a clip."""

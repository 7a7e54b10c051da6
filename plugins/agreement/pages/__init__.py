"""The supervisor's pages about agreement: figures, timelines beside the video, and downloads."""

"""From the sound of a clip to turns: who acts, child or adult, from when to when."""

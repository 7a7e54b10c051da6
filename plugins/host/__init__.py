"""What the server itself needs beyond Label Studio: paths, media, accounts."""

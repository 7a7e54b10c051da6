"""What turns the program into a server for many: settings, image and proxy."""

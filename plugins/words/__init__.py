"""The words of Label Studio's own pages, in the language of who reads them."""

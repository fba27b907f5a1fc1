"""What lies under the standard library in the reader's browser, instead of C and a system."""

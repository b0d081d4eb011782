"""Jobs that write the cache, one module per noun."""

"""One module a page: asks the store, hands what it tells to a template."""

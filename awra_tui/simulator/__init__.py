"""A QuickBooks Online company on loopback: real HTTP, real rules, books that balance.

It knows nothing of the rest of the project, so that client and server cannot share one
misunderstanding. `server.serve` runs it, `server.application` is the same in-process.
"""

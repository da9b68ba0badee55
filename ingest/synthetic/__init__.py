"""The demo network: made-up people, written to the same template files as any office."""

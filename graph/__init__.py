"""The model of the network, two engines behind one port, the store over them, and the answers found there."""

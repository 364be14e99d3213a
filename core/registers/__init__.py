"""Registers: what upper rooms bring so that lower rooms need not know them."""

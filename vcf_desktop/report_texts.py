"""stub, being written"""

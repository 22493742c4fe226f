"""Sound, from file to wire: libVLC decodes into pipes, a numpy mixer joins and levels, one PyAudio stream plays."""

package dev.cofre.server.api;

import java.io.InputStream;

/// Stored bytes as the body of an answer, to be read once and closed.
record Content(InputStream bytes) {}

package dev.cofre.client.transfer;

import dev.cofre.protocol.FileId;
import java.nio.file.Path;

/// A file of this disk that is to become a version of a file in a vault.
public record Source(Path path, FileId file) {}

package dev.cofre.client.send;

import dev.cofre.client.format.SendManifest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What to send, and under which terms.
///
/// @param files of this disk, which then belong to the send alone
/// @param paths in the vault; a directory stands for the files below it
/// @param text at most 64 KiB, in place of files
/// @param note goes with it, sealed; at most 4000 bytes
/// @param labels for whom it is, one link for each, at most 200 bytes; what they say is for the vault's members
/// @param opens how often each link can be opened, or without a limit
public record SendRequest(
    List<Path> files,
    List<String> paths,
    Optional<String> text,
    String note,
    List<String> labels,
    Instant expires,
    Optional<Long> opens) {
  private static final int MAX_NOTE = 4000;
  private static final int MAX_LABEL = 200;
  private static final int MAX_LABELS = 256;

  /// Refuses what no send can be.
  public SendRequest {
    files = List.copyOf(files);
    paths = List.copyOf(paths);
    labels = List.copyOf(labels);
    boolean either = text.isPresent() != (!files.isEmpty() || !paths.isEmpty());
    if (!either) {
      throw new IllegalArgumentException("either files or a text is sent");
    }
    if (text.filter(t -> length(t) > SendManifest.MAX_TEXT).isPresent()
        || length(note) > MAX_NOTE
        || labels.isEmpty()
        || labels.size() > MAX_LABELS
        || labels.stream().anyMatch(label -> length(label) > MAX_LABEL)
        || opens.filter(most -> most < 1).isPresent()) {
      throw new IllegalArgumentException("a text, note or label too long, or a limit of none");
    }
  }

  private static int length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  @Override
  public String toString() {
    return "SendRequest[" + labels.size() + " links]";
  }
}

package dev.cofre.cli.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Where the agent of a home listens: a Unix domain socket in a directory that only its owner can enter. In
/// `$XDG_RUNTIME_DIR/cofre` where there is one, because it is emptied at log-out; else in the home itself.
record AgentSocket(Path path) {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  static AgentSocket of(Path home, Map<String, String> environment) {
    String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    if (!runtime.startsWith("/")) {
      return new AgentSocket(home.resolve("agent.sock"));
    }
    return new AgentSocket(Path.of(runtime, "cofre", digest(home) + ".sock"));
  }

  /// Makes the directory, for its owner only.
  void prepare() throws IOException {
    Path directory = directory();
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    }
    if (!isPrivate()) {
      throw new IOException("not a private directory: " + directory);
    }
  }

  /// Makes the socket itself its owner's.
  void narrow() throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
  }

  /// Whether nobody else can have put a socket there.
  boolean isPrivate() {
    try {
      PosixFileAttributes attributes =
          Files.readAttributes(directory(), PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      String me = System.getProperty("user.name");
      return attributes.isDirectory()
          && OWNER_ONLY.containsAll(attributes.permissions())
          && attributes.owner().getName().equals(me);
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  boolean exists() {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  private Path directory() {
    return Objects.requireNonNull(path.getParent(), "a socket lies in a directory");
  }

  private static String digest(Path home) {
    try {
      byte[] name = home.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(name);
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}

package dev.cofre.cli.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.keys.Identity;
import dev.cofre.client.keys.Keystore;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.TeamId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// After locking, nothing that is reachable in the program's memory holds a key. What the garbage collector has not overwritten yet is
/// not looked at: Java cannot promise anything about it.
class LockedHeapTest {
  private static final String PASSPHRASE = "four quite unusual words";

  @TempDir private Path directory;
  private final Map<String, byte[]> secrets = new LinkedHashMap<>();

  private Set<String> in(Path dump) throws Exception {
    String memory = new String(Files.readAllBytes(dump), StandardCharsets.ISO_8859_1);
    Set<String> found = new TreeSet<>();
    secrets.forEach((name, bytes) -> {
      if (memory.contains(new String(bytes, StandardCharsets.ISO_8859_1))) {
        found.add(name);
      }
    });
    return found;
  }

  @Test
  @Tag("M03")
  void noKeyIsReachableAfterLocking() throws Exception {
    Path home = directory.resolve("home");
    Path passphrase = Files.writeString(directory.resolve("passphrase"), PASSPHRASE);
    Keystore.Account account =
        new Keystore.Account(
            "https://cofre.example", new TeamId(Bytes.zeros(32)), new Head(1, Hash.ZERO));
    RandomSource random = RandomSource.system();
    try (Keystore made =
        Keystore.create(
            home,
            PASSPHRASE.toCharArray(),
            account,
            Identity.ofNewMember(random),
            random.secret(32),
            random)) {
      int i = 0;
      for (SecretBytes seed : made.identity().seeds()) {
        secrets.put("seed " + i++, seed.toArray());
      }
      secrets.put("local key", made.localKey().toArray());
      secrets.put("unlock key", made.unlockKey().toArray());
    }
    Path before = directory.resolve("before.hprof");
    Path after = directory.resolve("after.hprof");
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx192m",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.cofre.cli.job.LockedHeap",
                home.toString(),
                passphrase.toString(),
                before.toString(),
                after.toString())
            .inheritIO()
            .start();
    assertEquals(0, program.waitFor());
    assertTrue(in(before).containsAll(secrets.keySet()), "the search finds them while unlocked");
    assertEquals(Set.of(), in(after));
  }
}

package dev.cofre.cli.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.cli.demo.Actor;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
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
    run("dev.cofre.cli.job.LockedHeap", home, passphrase, before, after);
    assertTrue(in(before).containsAll(secrets.keySet()), "the search finds them while unlocked");
    assertEquals(Set.of(), in(after));
  }

  /// A whole session with a vault: neither its keys, nor those of the content, nor the content itself.
  @Test
  @Tag("M03")
  void neitherKeysNorContentAreReachableAfterASession() throws Exception {
    Path before = directory.resolve("before.hprof");
    Path after = directory.resolve("after.hprof");
    Path drawn = directory.resolve("drawn");
    try (Office office = Office.open(directory.resolve("office"))) {
      Actor ana = office.owner();
      byte[] content = RandomSource.system().bytes(3000).toArray();
      secrets.put("content", Arrays.copyOf(content, 64));
      Path passphrase = ana.directory().resolve("passphrase");
      try (Keystore keystore =
          Keystore.open(
              ana.home(),
              Files.readString(passphrase).strip().toCharArray(),
              RandomSource.system())) {
        secrets.put("local key", keystore.localKey().toArray());
        secrets.put("unlock key", keystore.unlockKey().toArray());
        secrets.put("seed", keystore.identity().seeds().getFirst().toArray());
      }
      run(
          "dev.cofre.cli.job.LockedSession",
          ana.home(),
          passphrase,
          Office.file(ana, "secret.bin", content),
          drawn,
          before,
          after);
    }
    for (String secret : Files.readAllLines(drawn)) {
      secrets.put("drawn " + secrets.size(), HexFormat.of().parseHex(secret));
    }
    Set<String> found = in(before);
    assertTrue(found.contains("content") && found.contains("local key"), found::toString);
    assertTrue(found.stream().anyMatch(name -> name.startsWith("drawn")), found::toString);
    assertEquals(Set.of(), in(after));
  }

  private static void run(String program, Path... files) throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx192m",
                "-cp",
                System.getProperty("java.class.path"),
                program));
    for (Path file : files) {
      words.add(file.toString());
    }
    assertEquals(0, new ProcessBuilder(words).inheritIO().start().waitFor());
  }
}

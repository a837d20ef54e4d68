package dev.cofre.client.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.failure.Tampered;
import dev.cofre.client.remote.Server;
import dev.cofre.client.transfer.Uploader.Result;
import dev.cofre.protocol.BlobId;
import dev.cofre.protocol.FileId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.api.Uploads;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The lengths and the numbers of what leaves this machine tell nothing about what is in it.
class WhatTheServerSeesTest {
  private final RandomSource random = RandomSource.system();
  private final TeamId team = new TeamId(random.bytes(32));
  private final VaultId vault = new VaultId(random.bytes(32));
  private final List<String> trace = Collections.synchronizedList(new ArrayList<>());
  private final Set<BlobId> ids = new HashSet<>();
  private final MemoryBlobs blobs = new MemoryBlobs();

  @TempDir private Path directory;

  private Server watched() {
    Server server = blobs.server();
    return (Server)
        Proxy.newProxyInstance(
            Server.class.getClassLoader(),
            new Class<?>[] {Server.class},
            (_, method, arguments) -> {
              StringBuilder seen = new StringBuilder(method.getName());
              for (Object argument : arguments) {
                if (argument instanceof Uploads.Begin begin) {
                  begin.blobs().forEach(blob -> seen.append(' ').append(blob.length()));
                  begin.blobs().forEach(blob -> assertTrue(ids.add(blob.blob())));
                } else if (argument instanceof ByteBuffer part) {
                  seen.append(' ').append(part.remaining());
                } else if (argument instanceof Integer number) {
                  seen.append(" #").append(number);
                }
              }
              trace.add(seen.toString());
              try {
                return method.invoke(server, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /// What is seen when files of these contents are put.
  private List<String> seen(byte[]... contents) throws Exception {
    trace.clear();
    List<Source> sources = new ArrayList<>();
    for (int i = 0; i < contents.length; i++) {
      Path file = Files.write(directory.resolve("f" + i), contents[i]);
      sources.add(new Source(file, new FileId(random.bytes(16))));
    }
    List<Result> results = new ArrayList<>();
    new Uploader(watched(), team, vault, random, _ -> {}).upload(sources, results::add);
    assertTrue(results.stream().allMatch(Result.Stored.class::isInstance));
    return trace.stream().sorted().toList();
  }

  private static byte[] noise(int seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /// Somebody gets the victim to store a guess beside the secret: whether it is right changes no length and no number.
  @Test
  @Tag("K01")
  @Tag("K02")
  @Tag("K03")
  void anInjectedGuessThatMatchesIsSeenAsOneThatDoesNot() throws Exception {
    for (int length : new int[] {40, 3000, 70_000, 2_500_000}) {
      byte[] secret = noise(1, length);
      List<String> right = seen(secret, noise(2, 500), secret);
      List<String> wrong = seen(secret, noise(2, 500), noise(3, length));
      assertEquals(wrong, right);
    }
  }

  @Test
  @Tag("K01")
  void contentThatCouldBeCompressedIsSeenAsNoise() throws Exception {
    for (int length : new int[] {5000, 2_000_000}) {
      byte[] repeated = "pin 1234 ".repeat(length).getBytes(StandardCharsets.US_ASCII);
      assertEquals(seen(noise(4, length)), seen(java.util.Arrays.copyOf(repeated, length)));
      assertEquals(seen(noise(4, length)), seen(new byte[length]));
    }
  }

  /// Contents of lengths near each other are seen as one length.
  @Test
  @Tag("K04")
  void lengthsOfOneStepAreSeenAsOne() throws Exception {
    assertEquals(seen(new byte[0]), seen(new byte[1016]));
    assertEquals(seen(new byte[2_100_000]), seen(new byte[2_129_000]));
    assertFalse(seen(new byte[2_000_000]).equals(seen(new byte[2_400_000])));
  }

  /// What follows upon a content that does not verify is the same wherever it was changed: nothing.
  @Test
  @Tag("G07")
  @Tag("A01")
  void nothingIsAskedAfterAContentThatDoesNotVerify() throws Exception {
    Path file = Files.write(directory.resolve("f"), noise(6, 100_000));
    List<Uploaded> stored = new ArrayList<>();
    new Uploader(blobs.server(), team, vault, random, _ -> {})
        .upload(
            List.of(new Source(file, new FileId(random.bytes(16)))),
            result -> stored.add(((Result.Stored) result).content()));
    Uploaded up = stored.getFirst();
    Blob blob = new Blob(up.file(), up.blob(), up.contentKey(), up.length(), up.hash());
    byte[] whole = blobs.blobs.get(up.blob());
    Set<List<String>> traces = new HashSet<>();
    for (int at = 0; at < whole.length; at += at < 60 ? 1 : 1999) {
      byte[] changed = whole.clone();
      changed[at] ^= 1;
      blobs.blobs.put(up.blob(), changed);
      trace.clear();
      assertThrows(
          Tampered.class, () -> new Downloader(watched(), team, vault, _ -> {}).verify(blob));
      traces.add(List.copyOf(trace));
    }
    assertEquals(Set.of(List.of("blob")), traces);
  }

  /// A new version with one byte changed has nothing in common with the one before, at no place.
  @Test
  @Tag("K09")
  @Tag("K03")
  void aChangedByteChangesEverything() throws Exception {
    byte[] before = noise(5, 200_000);
    byte[] after = before.clone();
    after[100_000] ^= 1;
    seen(before);
    byte[] one = blobs.blobs.values().iterator().next();
    blobs.blobs.clear();
    seen(after);
    byte[] other = blobs.blobs.values().iterator().next();
    assertEquals(one.length, other.length);
    for (int from = 0; from < one.length; from += 4096) {
      int to = Math.min(one.length, from + 4096);
      int alike = 0;
      for (int i = from; i < to; i++) {
        alike += one[i] == other[i] ? 1 : 0;
      }
      assertTrue(alike < 64, alike + " alike from " + from);
    }
  }
}

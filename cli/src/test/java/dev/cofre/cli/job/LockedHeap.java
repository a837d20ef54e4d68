package dev.cofre.cli.job;

import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.keys.Keystore;
import java.nio.file.Files;
import java.nio.file.Path;

/// A program that unlocks a device, works with its keys, locks it again, and writes what is then reachable in its memory.
final class LockedHeap {
  private LockedHeap() {}

  /// Takes the home, the passphrase's file, and where to write the memory before and after.
  public static void main(String[] words) throws Exception {
    use(Path.of(words[0]), Path.of(words[1]), words[2]);
    dump(words[3]);
  }

  private static void use(Path home, Path passphrase, String before) throws Exception {
    char[] typed = Files.readString(passphrase).toCharArray();
    try (Keystore keystore = Keystore.open(home, typed, RandomSource.system())) {
      keystore.identity().sign(dev.cofre.protocol.Label.LOGIN, new byte[100]);
      keystore.identity().deviceKeys();
      keystore.identity().seeds().forEach(seed -> seed.close());
      dump(before);
    } finally {
      java.util.Arrays.fill(typed, '\0');
    }
  }

  /// The Java virtual machine's own diagnostics, of a module that this one does not read.
  static void dump(String file) throws Exception {
    Class<?> beans = Class.forName("java.lang.management.ManagementFactory");
    Class<?> diagnostics = Class.forName("com.sun.management.HotSpotDiagnosticMXBean");
    Object bean = beans.getMethod("getPlatformMXBean", Class.class).invoke(null, diagnostics);
    diagnostics.getMethod("dumpHeap", String.class, boolean.class).invoke(bean, file, true);
  }
}

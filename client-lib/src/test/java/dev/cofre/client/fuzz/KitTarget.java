package dev.cofre.client.fuzz;

import dev.cofre.client.failure.Malformed;
import dev.cofre.client.keys.RecoveryKit;
import java.nio.charset.StandardCharsets;

/// A recovery kit, typed again. What is read is written in the one form that reads as the same kit.
public final class KitTarget {
  private KitTarget() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Allocation.requireFew(input.length, () -> read(new String(input, StandardCharsets.UTF_8)));
  }

  private static void read(String text) {
    try (RecoveryKit kit = RecoveryKit.read(text);
        RecoveryKit again = RecoveryKit.read(kit.code())) {
      boolean same =
          kit.words().equals(again.words())
              && kit.team().equals(again.team())
              && kit.head().equals(again.head())
              && kit.device().equals(again.device())
              && kit.code().equals(again.code());
      if (!same) {
        throw new IllegalStateException("another kit when written and read again");
      }
    } catch (Malformed _) {
      // As it should be.
    }
  }
}

package dev.cofre.client.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SecretBytesTest {
  @Test
  @Tag("M03")
  void isWipedOnCloseAndUnusableAfterwards() {
    byte[] bytes = {1, 2, 3};
    SecretBytes secret = SecretBytes.taking(bytes);
    SecretBytes duplicate = secret.duplicate();
    secret.close();
    assertArrayEquals(new byte[3], bytes);
    assertThrows(IllegalStateException.class, secret::toArray);
    assertThrows(IllegalStateException.class, secret::duplicate);
    assertThrows(IllegalStateException.class, () -> secret.copyTo(new byte[3], 0));
    assertArrayEquals(new byte[] {1, 2, 3}, duplicate.toArray());
    secret.close();
  }

  @Test
  void copiesWhatItDoesNotTake() {
    byte[] bytes = {1, 2, 3};
    SecretBytes.copyOf(bytes).close();
    assertArrayEquals(new byte[] {1, 2, 3}, bytes);
  }

  @Test
  @Tag("M03")
  void saysOnlyItsLengthAndComparesOnlyByIdentity() {
    SecretBytes secret = SecretBytes.copyOf(new byte[] {1, 2, 3});
    assertEquals("SecretBytes[3]", secret.toString());
    assertNotEquals(secret, secret.duplicate());
  }
}

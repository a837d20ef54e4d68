package dev.cofre.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.protocol.cbor.Context;
import dev.cofre.protocol.signed.SignedBytes;
import dev.cofre.protocol.team.TestTeam;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every purpose against every other one: the tables grow with [Label].
class LabelConfusionTest {
  private static final Ed25519PrivateKeyParameters SIGNER = TestTeam.signer();
  private static final Bytes KEY = Bytes.of(SIGNER.generatePublicKey().getEncoded());

  @ParameterizedTest
  @EnumSource(Label.class)
  @Tag("A02")
  @Tag("G01")
  void aSignatureServesItsOwnPurposeOnly(Label label) {
    byte[] payload = TestTeam.random(200).toArray();
    SignedBytes signed = TestTeam.sign(label, payload, SIGNER);
    for (Label other : Label.values()) {
      assertEquals(other == label, signed.verifies(other, KEY), label + " as " + other);
      assertEquals(other == label, signed.hash(other).equals(signed.hash(label)));
    }
  }

  /// What the bare payload, or the input of another purpose, was signed as.
  @ParameterizedTest
  @EnumSource(Label.class)
  @Tag("G01")
  void whatIsSignedUnderOneLabelHoldsNoInputOfAnother(Label label) {
    byte[] payload = TestTeam.random(32).toArray();
    for (Label inner : Label.values()) {
      byte[] nested = inner.prefix(payload);
      SignedBytes signed = TestTeam.sign(label, nested, SIGNER);
      for (Label other : Label.values()) {
        SignedBytes offered = new SignedBytes(Bytes.of(payload), signed.signature());
        assertFalse(offered.verifies(other, KEY), label + " over " + inner + " as " + other);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Label.class)
  @Tag("A02")
  @Tag("G02")
  @Tag("C19")
  void aContextIsOfItsOwnPurposeOnly(Label label) {
    List<Bytes> parts = List.of(TestTeam.random(32), TestTeam.random(16));
    byte[] context = Context.of(label, parts.toArray(Bytes[]::new));
    for (Label other : Label.values()) {
      byte[] others = Context.of(other, parts.toArray(Bytes[]::new));
      assertEquals(other == label, Arrays.equals(context, others), label + " as " + other);
    }
  }

  @ParameterizedTest
  @EnumSource(Label.class)
  @Tag("G09")
  void aLabelEndsWhereItsPayloadBegins(Label label) {
    assertTrue(label.text().matches("cofre/1 [a-z ]+"), label.text());
    byte[] text = label.text().getBytes(StandardCharsets.US_ASCII);
    byte[] input = label.prefix(new byte[] {7});
    assertArrayEquals(text, Arrays.copyOf(input, text.length));
    assertArrayEquals(new byte[] {0, 7}, Arrays.copyOfRange(input, text.length, input.length));
    for (Label other : Label.values()) {
      if (other != label) {
        assertNotEquals(other.text(), label.text());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Label.class)
  @Tag("F01")
  void aLabelCarriesTheVersionAndStandsInTheFormat(Label label) throws Exception {
    String format = Files.readString(Path.of("..", "docs", "format.md"));
    String row = "| " + label.name() + " | `" + label.text().substring("cofre/1 ".length()) + "` |";
    assertTrue(format.contains(row), row);
    assertTrue(Pattern.compile("^cofre/1 ").matcher(label.text()).find());
  }

  /// Where a part ends is said: what is moved from one part to the next gives another context.
  @Test
  @Tag("G09")
  void noTwoListsOfPartsGiveOneContext() {
    byte[] whole = TestTeam.random(300).toArray();
    Set<Bytes> seen = new HashSet<>();
    for (int first = 0; first <= whole.length; first++) {
      for (int second = first; second <= whole.length; second += 7) {
        Bytes[] parts = {
          Bytes.of(whole, 0, first),
          Bytes.of(whole, first, second - first),
          Bytes.of(whole, second, whole.length - second)
        };
        assertTrue(seen.add(Bytes.of(Context.of(Label.RECORD, parts))));
      }
      Bytes[] two = {Bytes.of(whole, 0, first), Bytes.of(whole, first, whole.length - first)};
      assertTrue(seen.add(Bytes.of(Context.of(Label.RECORD, two))));
    }
    assertTrue(seen.add(Bytes.of(Context.of(Label.RECORD, Bytes.of(whole)))));
    assertTrue(seen.add(Bytes.of(Context.of(Label.RECORD, new Bytes[0]))));
  }
}

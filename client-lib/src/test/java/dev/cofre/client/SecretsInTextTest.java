package dev.cofre.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.cofre.client.crypto.Argon2;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.crypto.SigningKey;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.keys.Identity;
import dev.cofre.client.keys.JoinLink;
import dev.cofre.client.keys.PairLink;
import dev.cofre.client.keys.RecoveryKit;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.Hash;
import dev.cofre.protocol.Head;
import dev.cofre.protocol.InviteId;
import dev.cofre.protocol.TeamId;
import java.lang.classfile.ClassFile;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Whatever holds a secret does not print it, and no failure quotes one.
@Tag("M03")
class SecretsInTextTest {
  private static final Pattern SECRET =
      Pattern.compile(
          "secret|.*[sS]eeds?|seed|token|.*Token|passphrase|localKey|contentKey|recordKey|key|link|words|code");
  private static final Path OWN = Path.of("target", "classes");
  private static final Path PROTOCOL = Path.of("..", "protocol", "target", "classes");
  private static final String CANARY = "5ec2e7ca5ec2e7ca";

  /// Components that are called like a secret and are none: public keys, ciphertext, and what two people read to each other.
  private static final Set<String> PUBLIC =
      Set.of(
          "Body$Invite.key",
          "Body$MemberRekey.previousSeed",
          "Body$MemberRekey.seeds",
          "Body$DeviceAdd.seed",
          "Joined.words",
          "Enrolment$Invited.words");

  /// All records with such a component say something else than what is in it.
  @Test
  void noRecordPrintsWhatIsSecretInIt() throws Exception {
    Set<String> looked = new TreeSet<>();
    Set<String> printed = new TreeSet<>();
    for (JavaClass each : new ClassFileImporter().importPaths(OWN, PROTOCOL)) {
      if (!each.isRecord()) {
        continue;
      }
      String name = each.getName().substring(each.getName().lastIndexOf('.') + 1);
      for (RecordComponent component : each.reflect().getRecordComponents()) {
        Class<?> type = component.getType();
        boolean prints =
            type == Bytes.class
                || type == String.class
                || type == List.class
                || type == Optional.class;
        String which = name + "." + component.getName();
        if (prints && SECRET.matcher(component.getName()).matches() && !PUBLIC.contains(which)) {
          looked.add(which);
          if (!hasItsOwnText(each)) {
            printed.add(which);
          }
        }
      }
    }
    assertEquals(Set.of(), printed);
    assertTrue(
        looked.containsAll(
            Set.of(
                "JoinLink$Layout.secret",
                "PairLink$Layout.secret",
                "KeystoreLayout$Inner.signingSeed",
                "NewInvitation.link",
                "RecoveryKitSheet.words",
                "Sessions$Opened.token",
                "Stored$OwnChannel.secret",
                "Stored$Fact$Opened.key",
                "Teams$Create.registrationToken")),
        looked.toString());
  }

  /// The text that a record has by itself is made by a call that names all its components.
  private static boolean hasItsOwnText(JavaClass record) throws Exception {
    String file = record.getName().replace('.', '/') + ".class";
    Path own = OWN.resolve(file);
    var parsed = ClassFile.of().parse(Files.exists(own) ? own : PROTOCOL.resolve(file));
    return parsed.methods().stream()
        .filter(method -> method.methodName().equalsString("toString"))
        .flatMap(method -> method.code().orElseThrow().elementStream())
        .noneMatch(element ->
            element instanceof InvokeDynamicInstruction dynamic
                && dynamic.name().equalsString("toString"));
  }

  private static SecretBytes canary(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 0xca);
    return SecretBytes.taking(bytes);
  }

  @Test
  void noHolderOfASecretPrintsIt() throws Exception {
    TeamId team = new TeamId(Bytes.zeros(32));
    Head head = new Head(1, Hash.ZERO);
    byte[] fill = new byte[32];
    Arrays.fill(fill, (byte) 0xca);
    try (Identity identity = Identity.ofNewMember(target -> Arrays.fill(target, (byte) 0xca));
        SigningKey signing = SigningKey.fromSeed(canary(32));
        JoinLink join =
            JoinLink.of(
                "https://a.b", team, head, Hash.ZERO, new InviteId(Bytes.zeros(16)), canary(16));
        PairLink pair =
            PairLink.make(
                "https://a.b",
                team,
                head,
                Identity.ofNewMember(t -> Arrays.fill(t, (byte) 1)),
                target -> Arrays.fill(target, (byte) 0xca));
        RecoveryKit kit = RecoveryKit.make(team, head, target -> Arrays.fill(target, (byte) 0xca));
        Passphrase passphrase = Passphrase.of(CANARY.toCharArray())) {
      for (Object each : List.of(signing, join, pair, kit, passphrase, canary(32))) {
        String text = each.toString();
        assertFalse(text.contains("cacaca") || text.contains(CANARY) || text.contains("-54"), text);
        kit.words().forEach(word -> assertFalse(text.contains(word), text));
      }
      assertFalse(identity.toString().contains("Seed"));
    }
  }

  private interface Failing {
    void run() throws CofreException;
  }

  @Test
  void noFailureQuotesWhatItWasGiven() {
    char[] broken = (CANARY + "\ud800").toCharArray();
    List<Failing> failing =
        List.of(
            () -> Argon2.derive(broken, Bytes.zeros(16), Argon2.Cost.FLOOR).close(),
            () -> JoinLink.read("https://a.b/join#" + CANARY).close(),
            () -> PairLink.read("https://a.b/pair#" + CANARY).close(),
            () -> RecoveryKit.read(("1." + CANARY.substring(0, 4) + " ").repeat(24)).close(),
            () -> RecoveryKit.read(kit().replace("1.", "1.zzzz 2.")).close(),
            () -> RecoveryKit.read(kit().replaceFirst("24\\.....", "24.zzzz")).close());
    for (Failing each : failing) {
      CofreException failure = assertThrows(CofreException.class, each::run);
      for (Throwable at = failure; at != null; at = at.getCause()) {
        String text = at + failure.hint().orElse("");
        assertFalse(text.contains(CANARY) || text.contains("zzzz"), text);
      }
    }
  }

  private static String kit() {
    try (RecoveryKit kit =
        RecoveryKit.make(
            new TeamId(Bytes.zeros(32)), new Head(1, Hash.ZERO), t -> Arrays.fill(t, (byte) 7))) {
      assertEquals(24, kit.words().size());
      return kit.code();
    }
  }
}

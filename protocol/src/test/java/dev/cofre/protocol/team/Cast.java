package dev.cofre.protocol.team;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.InviteId;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.team.TestTeam.Actor;
import dev.cofre.protocol.team.TestTeam.Computer;
import dev.cofre.protocol.team.TestTeam.Invited;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.pqc.crypto.xwing.XWingKeyGenerationParameters;
import org.bouncycastle.pqc.crypto.xwing.XWingKeyPairGenerator;
import org.bouncycastle.pqc.crypto.xwing.XWingPublicKeyParameters;

/// The same people with the same keys in every run: whoever might appear in a random history.
public final class Cast {
  /// How many people there are, and how many invitations.
  public static final int SIZE = 6;

  private static final int SPARE_DEVICES = 3;
  private static final int SPARE_KEYS = 3;
  private static final Cast FIXED = new Cast(1);

  private final Repeatable random;
  private final List<Actor> people;
  private final List<List<Computer>> devices;
  private final List<List<Bytes>> keys;
  private final List<Invited> invitations;

  /// Randomness that is the same in every run. Never for anything but a test.
  private static final class Repeatable extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final Random source;

    Repeatable(long seed) {
      source = new Random(seed);
    }

    @Override
    public void nextBytes(byte[] bytes) {
      source.nextBytes(bytes);
    }
  }

  private Cast(long seed) {
    random = new Repeatable(seed);
    people =
        many(SIZE, () -> new Actor(new MemberId(bytes(16)), computer(DeviceKind.COMPUTER), key()));
    devices =
        many(
            SIZE,
            () ->
                List.of(
                    computer(DeviceKind.COMPUTER),
                    computer(DeviceKind.RECOVERY_KIT),
                    computer(DeviceKind.COMPUTER)));
    keys = many(SIZE, () -> many(SPARE_KEYS, this::key));
    invitations =
        many(
            SIZE,
            () ->
                new Invited(
                    new InviteId(bytes(16)), new Ed25519PrivateKeyParameters(bytes(32).toArray())));
  }

  /// The cast.
  public static Cast fixed() {
    return FIXED;
  }

  private static <T> List<T> many(int count, java.util.function.Supplier<T> one) {
    return IntStream.range(0, count).mapToObj(_ -> one.get()).toList();
  }

  private Bytes bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return Bytes.of(bytes);
  }

  private Computer computer(DeviceKind kind) {
    Ed25519PrivateKeyParameters signer = new Ed25519PrivateKeyParameters(bytes(32).toArray());
    Bytes signing = Bytes.of(signer.generatePublicKey().getEncoded());
    return new Computer(new DeviceKeys(new DeviceId(bytes(16)), kind, signing, key()), signer);
  }

  private Bytes key() {
    XWingKeyPairGenerator generator = new XWingKeyPairGenerator();
    generator.init(new XWingKeyGenerationParameters(random));
    return Bytes.of(
        ((XWingPublicKeyParameters) generator.generateKeyPair().getPublic()).getEncoded());
  }

  /// One of the people, whatever the number.
  public Actor person(int number) {
    return people.get(number % SIZE);
  }

  /// A further device of theirs: a computer, a recovery kit, a computer.
  public Computer device(int person, int number) {
    return devices.get(person % SIZE).get(number % SPARE_DEVICES);
  }

  /// Everything that can sign for somebody: their first device, and the further ones.
  public Computer signer(int person, int number) {
    int place = number % (SPARE_DEVICES + 1);
    return place == 0 ? person(person).device() : device(person, place - 1);
  }

  /// A further encryption key of theirs.
  public Bytes key(int person, int number) {
    return keys.get(person % SIZE).get(number % SPARE_KEYS);
  }

  /// An invitation with its key.
  public Invited invitation(int number) {
    return invitations.get(number % SIZE);
  }
}

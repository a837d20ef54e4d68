package dev.cofre.client.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cofre.client.LackingKey;
import dev.cofre.client.crypto.EncryptionKey;
import dev.cofre.client.crypto.Hpke;
import dev.cofre.client.crypto.RandomSource;
import dev.cofre.client.crypto.SecretBytes;
import dev.cofre.client.failure.CofreException;
import dev.cofre.client.failure.NotForUs;
import dev.cofre.client.failure.Refused;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.DeviceId;
import dev.cofre.protocol.VaultHead;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.api.Teams;
import dev.cofre.protocol.team.Body;
import dev.cofre.protocol.team.WrappedSeed;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Eva's phone is stolen. The thief gives her a new key and leaves junk for her other devices.
@Hostile
class StolenDeviceTest {
  private final RandomSource random = RandomSource.system();

  private Company company;
  private World world;
  private Actor ana;
  private Actor laptop;
  private Actor phone;
  private String kit;

  @BeforeEach
  void begin(@TempDir Path directory) throws Exception {
    company = Company.of(directory, "Ana");
    world = company.world();
    ana = company.founder();
    laptop = company.member("Eva", VaultRole.EDITOR);
    phone = company.restored("Eva", company.kit(laptop));
    kit = company.kit(laptop);
    ana.put("/a.txt", "first");
    assertEquals("first", laptop.read("/a.txt"));
    assertEquals("first", phone.read("/a.txt"));
    leaveJunk();
    company.evil().ring().add(phone.twin());
    ana.put("/b.txt", "for the thief");
    assertNotEquals(List.of(), company.oracles().complaints()); // the thief has what Eva has
    company.oracles().concede();
  }

  private void leaveJunk() throws CofreException {
    List<WrappedSeed> junk =
        world.state().liveDevices(phone.member()).stream()
            .map(device ->
                new WrappedSeed(device.keys().id(), random.bytes(Hpke.SEALED_SECRET_LENGTH)))
            .toList();
    VaultHead head = new VaultHead(company.vault(), world.shelf(company.vault()).head());
    try (EncryptionKey key = EncryptionKey.generate(random);
        SecretBytes seed = key.seed()) {
      company.evil().ring().learn(Bytes.of(seed.toArray()));
      Body rekey = new Body.MemberRekey(key.publicKey(), junk, random.bytes(104), List.of(head));
      world.append(new Teams.Append(phone.sign(world, rekey).bytes(), Optional.empty()));
    }
  }

  private void revokePhone(Actor from) throws CofreException {
    DeviceId stolen = phone.device();
    from.run(cofre -> {
      cofre.team().revokeDevice(stolen);
      return stolen;
    });
    phone.fails(Refused.class, cofre -> cofre.vault(Actor.VAULT));
  }

  @Test
  void theOtherDeviceReadsWhatItCouldAndSaysWhatIsWrong() throws Exception {
    assertEquals(List.of("/a.txt"), laptop.list());
    assertEquals("first", laptop.read("/a.txt"));
    ana.put("/a.txt", "second");
    NotForUs told = assertThrows(NotForUs.class, () -> readVersion(laptop, "/a.txt", 2));
    assertTrue(told.getMessage().contains(phone.device().hex()), told.getMessage());
    LackingKey lacking =
        laptop.run(cofre -> {
          cofre.team().head();
          return cofre.lackingKey().orElseThrow();
        });
    assertEquals(phone.device(), lacking.device());
    assertEquals(phone.device(), world.log().get((int) lacking.entry()).value().device());
    company.oracles().concede(); // nobody has ended the phone yet
  }

  @Test
  @Tag("M05")
  @Tag("H12")
  void theOtherDeviceEndsTheStolenOneAndGoesOn() throws Exception {
    revokePhone(laptop);
    assertEquals(Optional.empty(), laptop.run(cofre -> cofre.lackingKey()));
    ana.put("/c.txt", "third");
    assertEquals("third", laptop.read("/c.txt"));
    laptop.put("/d.txt", "fourth");
    assertEquals("fourth", ana.read("/d.txt"));
  }

  @Test
  @Tag("M05")
  @Tag("H12")
  void theKitMakesADeviceThatEndsTheStolenOne() throws Exception {
    Actor tablet = company.restored("Eva", kit);
    assertEquals("first", tablet.read("/a.txt"));
    revokePhone(tablet);
    ana.put("/c.txt", "third");
    assertEquals("third", tablet.read("/c.txt"));
    assertEquals("third", laptop.read("/c.txt"));
  }

  /// Under the key that replaces the thief's lies the one before it, which the thief withheld in vain.
  @Test
  void aLaterDeviceReadsWhatWasWrittenBefore() throws Exception {
    revokePhone(laptop);
    Actor tablet = company.restored("Eva", company.kit(laptop));
    assertEquals("first", tablet.read("/a.txt"));
    ana.put("/c.txt", "third");
    assertEquals("third", tablet.read("/c.txt"));
  }

  @Test
  void aDeviceThatLacksTheKeyAddsNoOther() {
    laptop.fails(NotForUs.class, cofre -> cofre.team().printKit());
  }

  private static int readVersion(Actor actor, String path, int version) throws CofreException {
    return actor.inVault(vault -> {
      vault.read(path, Optional.of(version), OutputStream.nullOutputStream());
      return version;
    });
  }
}

package dev.cofre.client.hostile;

import dev.cofre.client.failure.CofreException;
import dev.cofre.protocol.TeamRole;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.team.JoinMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// A company with a past, made once for all tests of a run, because making a device costs a second. A test gets copies of it, of which
/// each goes its own way.
///
/// In the vault: `/letters/first.txt` (two versions), `/letters/of-eva.txt`, `/letters/of-mia.txt`, `/letters/of-rui.txt`,
/// `/letters/third.txt`; `/letters/gone.txt` was deleted. Mia was removed. Eva and her phone have not been in touch since before that; Zoe
/// has joined, and nobody has wrapped for her yet.
final class Stage {
  static final String FIRST = "the first letter, second version";
  static final String GONE = "a letter that is gone";
  static final String OF_EVA = "a letter of Eva's";
  static final String OF_MIA = "a letter of Mia's";
  static final String OF_RUI = "a letter of Rui's";
  static final String THIRD = "the third letter";

  private static Stage made;

  private final Path directory;
  private final Company company;
  private final Company elsewhere;
  private final Donors donors;
  private final VaultId invoices;
  private final Actor rui;
  private final Actor mia;
  private final Actor eva;
  private final Actor phone;
  private final Actor zoe;
  private final String kit;

  private Stage() throws CofreException, IOException {
    directory = Files.createTempDirectory("stage");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
    elsewhere = Company.of(directory.resolve("elsewhere"), "Ida");
    elsewhere.founder().put("/letters/first.txt", "a letter of another team");
    company = Company.of(directory.resolve("company"), "Ana");
    Actor ana = company.founder();
    company.oracles().canaries().add("Invoices");
    invoices = ana.run(cofre -> cofre.createVault("Invoices").id());
    rui = company.member("Rui", VaultRole.EDITOR);
    mia = company.member("Mia", VaultRole.EDITOR);
    eva =
        company.member(
            "Eva",
            TeamRole.MEMBER,
            Map.of(company.vault(), VaultRole.EDITOR, invoices, VaultRole.EDITOR));
    ana.put("/letters/first.txt", "the first letter, first version");
    ana.put("/letters/gone.txt", GONE);
    eva.put("/letters/of-eva.txt", OF_EVA);
    mia.put("/letters/of-mia.txt", OF_MIA);
    ana.put("/letters/first.txt", FIRST);
    ana.inVault("Invoices", vault -> vault.head());
    ana.putIn("Invoices", "/invoices/one.txt", "the first invoice");
    eva.putIn("Invoices", "/invoices/two.txt", "the second invoice");
    kit = company.kit(eva);
    phone = company.restored("Eva", kit);
    phone.list();
    eva.list();
    rui.list();
    endOfMia(ana);
    rui.put("/letters/of-rui.txt", OF_RUI);
    ana.inVault(vault -> vault.remove(List.of("/letters/gone.txt")));
    ana.put("/letters/third.txt", THIRD);
    rui.list();
    zoe = company.join("Zoe", company.invite(TeamRole.MEMBER, viewer(), JoinMode.AT_ONCE));
    donors = donors();
    company.oracles().ask();
    elsewhere.oracles().ask();
  }

  private void endOfMia(Actor ana) throws CofreException {
    var removed = mia.member();
    ana.run(cofre -> cofre.team().remove(removed, Set.of()));
  }

  private Map<VaultId, VaultRole> viewer() {
    return Map.of(company.vault(), VaultRole.VIEWER);
  }

  private Donors donors() throws CofreException {
    Donors all = new Donors(company.evil().ring());
    all.remember(elsewhere.evil().transcript());
    all.remember(company.evil().transcript());
    all.accomplice("another member", rui.twin());
    all.accomplice("a removed member", mia.twin());
    return all;
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : new ArrayList<>(files.sorted(Comparator.reverseOrder()).toList())) {
        Files.deleteIfExists(file);
      }
    } catch (IOException _) {
      // Left to the system.
    }
  }

  /// What a hostile server has gathered by now.
  static Donors gathered() throws CofreException, IOException {
    return stage().donors;
  }

  private static synchronized Stage stage() throws CofreException, IOException {
    if (made == null) {
      made = new Stage();
    }
    return made;
  }

  /// A copy, in an empty directory.
  static Play play(Path directory) throws CofreException, IOException {
    Stage stage = stage();
    return new Play(stage, directory, stage.company.copy(directory));
  }

  /// One copy. People are copied when they are first asked for.
  static final class Play {
    private final Stage stage;
    private final Path directory;
    private final Company company;

    private Play(Stage stage, Path directory, Company company) {
      this.stage = stage;
      this.directory = directory;
      this.company = company;
    }

    Company company() {
      return company;
    }

    EvilServer evil() {
      return company.evil();
    }

    Path directory() {
      return directory;
    }

    VaultId invoices() {
      return stage.invoices;
    }

    /// The world of another team.
    World elsewhere() {
      return stage.elsewhere.world().copy();
    }

    Actor ana() {
      return company.founder();
    }

    Actor rui() throws CofreException {
      return company.copy(stage.rui);
    }

    Actor mia() throws CofreException {
      return company.copy(stage.mia);
    }

    Actor eva() throws CofreException {
      return company.copy(stage.eva);
    }

    Actor phone() throws CofreException {
      return company.copy(stage.phone);
    }

    Actor zoe() throws CofreException {
      return company.copy(stage.zoe);
    }

    /// The kit that Eva's phone was made with.
    String kit() {
      return stage.kit;
    }
  }
}

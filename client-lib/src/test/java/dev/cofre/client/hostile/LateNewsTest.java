package dev.cofre.client.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.api.Route;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// An honest server, in a team where much happens at the same time.
class LateNewsTest extends EvilTest {
  /// While Eva's device verifies a page of commits, Ana writes another one and names it in the team log, which the device then reads.
  @Test
  void aHeadNamedMeanwhileIsNoRollback() throws Exception {
    Actor eva = play.eva();
    eva.list();
    var zoe = play.zoe().member();
    eva.line()
        .before(
            Route.COMMITS,
            () -> {
              ana.inVault(vault -> {
                vault.grant(zoe, VaultRole.EDITOR, Optional.empty());
                return vault;
              });
              ana.put("/letters/one.txt", "written knowing of Zoe");
              eva.line()
                  .before(
                      Route.LOG,
                      () -> {
                        ana.put("/letters/two.txt", "and another");
                        ana.inVault(vault -> {
                          vault.grant(zoe, VaultRole.MANAGER, Optional.empty());
                          return vault;
                        });
                      });
            });
    assertEquals(7, eva.list().size());
  }
}

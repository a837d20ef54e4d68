package dev.cofre.server.domain;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import dev.cofre.server.blob.BlobStore;
import dev.cofre.server.blob.ObjectKey;
import dev.cofre.server.blob.UploadHandle;
import dev.cofre.server.store.ObjectRow;
import dev.cofre.server.store.ObjectRows;
import dev.cofre.server.store.Transactions;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// Objects of the blob store, from the begin of their upload to their end: marked when nothing refers to them, condemned a
/// full period later, and only then deleted, bytes first. A commit that refers to one in between takes the mark away.
@Singleton
public class Objects {
  /// Waits for parts.
  static final int OPEN = 0;

  /// Its blobs can be committed.
  static final int COMPLETE = 1;

  /// Its bytes are to be deleted.
  static final int CONDEMNED = 2;

  private static final int AT_ONCE = 16;

  private final ObjectRows rows;
  private final BlobStore store;
  private final Transactions transactions;

  Objects(ObjectRows rows, BlobStore store, Transactions transactions) {
    this.rows = rows;
    this.store = store;
    this.transactions = transactions;
  }

  static ObjectKey key(TeamId team, VaultId vault, Bytes object) {
    return new ObjectKey(team.hex() + "/" + vault.hex() + "/" + object.hex());
  }

  /// Marks what nobody refers to nor has touched since `before`, and condemns what was marked before that.
  public void mark(long before, long now) {
    rows.condemn(before, now);
    rows.mark(before, now);
  }

  /// Deletes condemned objects.
  ///
  /// @return how many
  public int delete() {
    int deleted = 0;
    int more = AT_ONCE;
    while (more == AT_ONCE) {
      more = transactions.write(() -> deleteSome());
      deleted += more;
    }
    return deleted;
  }

  private int deleteSome() {
    List<ObjectRow> condemned = rows.condemned(AT_ONCE);
    for (ObjectRow row : condemned) {
      erase(row);
    }
    return condemned.size();
  }

  private void erase(ObjectRow row) {
    ObjectKey key = key(new TeamId(row.team()), new VaultId(row.vault()), row.object());
    try {
      store.abort(key, new UploadHandle(row.handle()));
      store.delete(key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    rows.delete(row.team(), row.vault(), row.object());
  }
}

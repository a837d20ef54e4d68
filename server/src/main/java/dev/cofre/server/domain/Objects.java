package dev.cofre.server.domain;

import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import dev.cofre.server.blob.BlobStore;
import dev.cofre.server.blob.ObjectKey;
import dev.cofre.server.blob.UploadHandle;
import dev.cofre.server.store.ObjectRow;
import dev.cofre.server.store.ObjectRows;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
  private static final int MANY = 1_000;
  private static final Logger LOG = LoggerFactory.getLogger(Objects.class);

  private final ObjectRows rows;
  private final BlobStore store;

  Objects(ObjectRows rows, BlobStore store) {
    this.rows = rows;
    this.store = store;
  }

  static ObjectKey key(TeamId team, VaultId vault, Bytes object) {
    return new ObjectKey(team.hex() + "/" + vault.hex() + "/" + object.hex());
  }

  /// The uploads that wait for parts.
  Set<UploadHandle> open() {
    return rows.openHandles().stream().map(UploadHandle::new).collect(Collectors.toSet());
  }

  /// Marks what nobody refers to nor has touched since `before`, and condemns what was marked before that.
  public void mark(long before, long now) {
    repeat(() -> rows.condemn(before, now, MANY));
    repeat(() -> rows.mark(before, now, MANY));
  }

  private static void repeat(IntSupplier some) {
    while (some.getAsInt() == MANY) {
      // until fewer are left
    }
  }

  /// Deletes objects that were condemned until `now`. One whose bytes cannot be deleted goes behind all others and is tried
  /// again by a later call; when many fail, the store is out of order and the rest waits too.
  ///
  /// @return how many
  public int delete(long now) {
    int deleted = 0;
    int failed = 0;
    List<ObjectRow> some;
    do {
      some = rows.condemned(now, AT_ONCE);
      for (ObjectRow row : some) {
        if (erase(row)) {
          deleted += rows.delete(row.team(), row.vault(), row.object());
        } else {
          rows.postpone(row.team(), row.vault(), row.object(), now + 1);
          failed++;
        }
      }
    } while (some.size() == AT_ONCE && failed < AT_ONCE);
    return deleted;
  }

  private boolean erase(ObjectRow row) {
    ObjectKey key = key(new TeamId(row.team()), new VaultId(row.vault()), row.object());
    try {
      store.abort(key, new UploadHandle(row.handle()));
      store.delete(key);
      return true;
    } catch (IOException e) {
      LOG.warn("event=erase-failed object={} cause={}", key, e.getClass().getSimpleName());
      return false;
    }
  }
}

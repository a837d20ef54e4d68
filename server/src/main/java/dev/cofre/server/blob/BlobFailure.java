package dev.cofre.server.blob;

import java.io.IOException;

/// The ways a store refuses or fails which a caller can act on. Messages name keys, never credentials or signed addresses.
public abstract sealed class BlobFailure extends IOException {
  private static final long serialVersionUID = 1;

  private BlobFailure(String message) {
    super(message);
  }

  /// No completed object has this key.
  public static final class NoSuchObject extends BlobFailure {
    private static final long serialVersionUID = 1;

    public NoSuchObject(ObjectKey key) {
      super("no object " + key);
    }
  }

  /// The key holds an object already; it was not touched.
  public static final class ObjectExists extends BlobFailure {
    private static final long serialVersionUID = 1;

    public ObjectExists(ObjectKey key) {
      super("object " + key + " exists");
    }
  }

  /// The upload was completed, aborted, swept or never begun.
  public static final class NoSuchUpload extends BlobFailure {
    private static final long serialVersionUID = 1;

    public NoSuchUpload(ObjectKey key) {
      super("no such upload for object " + key);
    }
  }

  /// A part is missing, or other bytes were put under its number since the tag was given: put it again.
  public static final class NoSuchPart extends BlobFailure {
    private static final long serialVersionUID = 1;

    public NoSuchPart(ObjectKey key, String which) {
      super("no such part of object " + key + ": " + which);
    }
  }

  /// The content given ended before the announced length: nothing was stored.
  public static final class ShortContent extends BlobFailure {
    private static final long serialVersionUID = 1;

    public ShortContent(long announced, long found) {
      super("content ended after " + found + " of " + announced + " bytes");
    }
  }

  /// The range asked for reaches beyond the end of the object.
  public static final class OutOfRange extends BlobFailure {
    private static final long serialVersionUID = 1;

    public OutOfRange(ObjectKey key, long offset, long length) {
      super("object " + key + " has no " + length + " bytes at " + offset);
    }
  }

  /// The object has appeared, and bytes of it are gone since: the disk was damaged or tampered with.
  public static final class Damaged extends BlobFailure {
    private static final long serialVersionUID = 1;

    public Damaged(ObjectKey key, String which) {
      super("object " + key + " is not whole: " + which);
    }
  }

  /// There is no room: nothing was stored, and what is stored stays.
  public static final class Full extends BlobFailure {
    private static final long serialVersionUID = 1;

    public Full(String message) {
      super(message);
    }
  }

  /// The store cannot be reached, or answers with an error of its own: worth trying again later.
  public static final class Unavailable extends BlobFailure {
    private static final long serialVersionUID = 1;
    private final int status;

    /// @param status the HTTP status the store answered with, 0 when it did not answer
    public Unavailable(String message, int status) {
      super(message);
      this.status = status;
    }

    /// The HTTP status the store answered with, 0 when it did not answer.
    public int status() {
      return status;
    }
  }
}

package dev.cofre.server.blob;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/// Opaque immutable objects under keys which the server makes itself from random ids.
///
/// An object appears whole or not at all, and once it has appeared its bytes never change: a key is written once. When a
/// method that stores something returns, the bytes are durable, so a row that refers to them may follow. An object holds
/// at least one byte.
///
/// Every method may be called from many threads at once and needs memory that does not grow with the object. Failures a
/// caller can tell apart are [BlobFailure]s; any other [IOException] came from the given content or the local disk.
public interface BlobStore {
  /// The largest part number: what S3 allows.
  int MAX_PARTS = 10_000;

  /// Stores a small object in one step: exactly `length` bytes from `content`, which is not closed.
  ///
  /// @throws BlobFailure.ObjectExists when the key holds an object, which then stays as it was
  /// @throws BlobFailure.ShortContent when `content` ends early; nothing is stored
  void store(ObjectKey key, long length, InputStream content) throws IOException;

  /// Starts an upload in parts. The handle may be kept in the database: an upload survives a restart of the server.
  UploadHandle begin(ObjectKey key) throws IOException;

  /// Stores one part durably, replacing an earlier part of that number. Parts may come in parallel and in any order. Reads
  /// exactly `length` bytes from `content`, which is not closed.
  ///
  /// @param number from 1 to [#MAX_PARTS]
  /// @throws BlobFailure.ShortContent when `content` ends early; no part is stored, an earlier one stays
  /// @throws BlobFailure.NoSuchUpload when the upload was completed, aborted or never begun
  PartTag put(ObjectKey key, UploadHandle upload, int number, long length, InputStream content)
      throws IOException;

  /// Makes the object appear, atomically and durably, from parts numbered 1 to n in order. All parts but the last have one
  /// length (for S3 at least 5 MiB) and the last is no longer than they. Afterwards the upload is gone; a repeated call
  /// after success changes nothing and succeeds.
  ///
  /// @throws IllegalArgumentException when the list breaks the rule above
  /// @throws BlobFailure.ObjectExists when another upload, or [#store], has made this object
  /// @throws BlobFailure.NoSuchPart when a part is missing or was replaced since its tag was given; the upload lives on
  /// @throws BlobFailure.NoSuchUpload when the upload was aborted or never begun
  void complete(ObjectKey key, UploadHandle upload, List<PartTag> parts) throws IOException;

  /// Gives an unfinished upload up and frees its parts. Harmless for one that is gone, and for a handle of another store;
  /// never touches a completed object.
  void abort(ObjectKey key, UploadHandle upload) throws IOException;

  /// A range of a completed object, as a stream of exactly `length` bytes or an [IOException]. Closing it early is cheap.
  ///
  /// @param length at least 1
  /// @throws BlobFailure.NoSuchObject when nothing has appeared under the key
  /// @throws BlobFailure.OutOfRange when the range reaches beyond the end
  /// @throws BlobFailure.Damaged when bytes of it were lost since it appeared, as far as that shows beforehand
  InputStream read(ObjectKey key, long offset, long length) throws IOException;

  /// Fails as [#read] would, as far as that shows beforehand, and leaves nothing open.
  void requireReadable(ObjectKey key, long offset, long length) throws IOException;

  /// The size of a completed object in bytes, empty when there is none.
  OptionalLong size(ObjectKey key) throws IOException;

  /// Removes a completed object. Harmless when there is none.
  void delete(ObjectKey key) throws IOException;

  /// Hands over the key of every completed object whose key starts with `prefix`, in no particular order, without holding
  /// them all in memory. Objects that come or go meanwhile may be seen or not.
  void forEach(String prefix, Consumer<ObjectKey> keys) throws IOException;

  /// Frees what unfinished work has left behind: uploads that nobody needs, without activity since `before`. A store that
  /// cannot see activity goes by the start of the upload.
  ///
  /// @param needed the uploads to keep, however old: all that were begun before `before` and are known to a row
  /// @return how many were freed
  int abandonUploads(Instant before, Set<UploadHandle> needed) throws IOException;

  /// Returns when the store can be reached and used. Writes, so it is not for calling without limit.
  void probe() throws IOException;
}

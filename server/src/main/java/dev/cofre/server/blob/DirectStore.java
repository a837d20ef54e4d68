package dev.cofre.server.blob;

import java.time.Duration;
import java.util.Optional;

/// What members may do in a store themselves, without the bytes going through this server: put one part, or read one object. Each address is
/// for one method and one key, of an upload still under way or of an object, and ends after [#LIFE]. Nothing is asked of the store to make
/// one, so it may turn out to lead nowhere.
public interface DirectStore {
  /// How long an address is good for, by the store's clock.
  Duration LIFE = Duration.ofMinutes(2);

  /// Members do nothing themselves.
  DirectStore NONE =
      new DirectStore() {
        @Override
        public boolean isOffered() {
          return false;
        }

        @Override
        public Optional<SignedAddress> forPart(
            ObjectKey key, UploadHandle upload, int number, long length, byte[] sha256) {
          return Optional.empty();
        }

        @Override
        public Optional<SignedAddress> forReading(ObjectKey key) {
          return Optional.empty();
        }
      };

  /// Whether there are addresses at all.
  boolean isOffered();

  /// Where to PUT one part of exactly this length and these bytes, with the headers `Content-Length`, `Content-Type:
  /// application/octet-stream` and `x-amz-content-sha256` (hexadecimal), all of which are signed. Once the upload is aborted or complete
  /// what is put there is part of nothing.
  ///
  /// @param sha256 of the part, 32 bytes
  Optional<SignedAddress> forPart(
      ObjectKey key, UploadHandle upload, int number, long length, byte[] sha256)
      throws BlobFailure;

  /// Where to GET an object, whole or in ranges.
  Optional<SignedAddress> forReading(ObjectKey key);
}

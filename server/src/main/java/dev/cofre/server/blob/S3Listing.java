package dev.cofre.server.blob;

import dev.cofre.server.blob.S3Answers.Refusal;
import io.minio.ListMultipartUploadsArgs;
import io.minio.ListObjectsV2Args;
import io.minio.MinioAsyncClient;
import io.minio.messages.Item;
import io.minio.messages.ListBucketResultV2;
import io.minio.messages.ListMultipartUploadsResult;
import java.io.IOException;

/// Walks over what a bucket holds, a page at a time.
///
/// @param page how many entries to ask for at once, up to 1,000
record S3Listing(MinioAsyncClient client, String bucket, int page) {
  /// Takes one entry of a listing.
  @FunctionalInterface
  interface Visitor<T> {
    void visit(T entry) throws IOException;
  }

  /// Visits the names of all objects below a prefix.
  void objects(String prefix, Visitor<String> visitor) throws Refusal, IOException {
    String next = null;
    do {
      ListObjectsV2Args.Builder request =
          ListObjectsV2Args.builder().bucket(bucket).prefix(prefix).maxKeys(page);
      if (next != null) {
        request.continuationToken(next);
      }
      ListBucketResultV2 result = S3Answers.await(client.listObjectsV2(request.build())).result();
      for (Item item : result.contents()) {
        visitor.visit(item.objectName());
      }
      next = result.isTruncated() ? result.nextContinuationToken() : null;
    } while (next != null);
  }

  /// Visits the unfinished uploads of objects below a prefix.
  void uploads(String prefix, Visitor<ListMultipartUploadsResult.Upload> visitor)
      throws Refusal, IOException {
    String nextKey = null;
    String nextUpload = null;
    do {
      ListMultipartUploadsArgs.Builder request =
          ListMultipartUploadsArgs.builder().bucket(bucket).prefix(prefix).maxUploads(page);
      if (nextKey != null) {
        request.keyMarker(nextKey);
        if (nextUpload != null) {
          request.uploadIdMarker(nextUpload);
        }
      }
      ListMultipartUploadsResult result =
          S3Answers.await(client.listMultipartUploads(request.build())).result();
      for (ListMultipartUploadsResult.Upload upload : result.uploads()) {
        visitor.visit(upload);
      }
      nextKey = result.isTruncated() ? result.nextKeyMarker() : null;
      nextUpload = result.nextUploadIdMarker();
    } while (nextKey != null);
  }
}

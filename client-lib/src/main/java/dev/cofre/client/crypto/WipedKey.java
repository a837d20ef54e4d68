package dev.cofre.client.crypto;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import javax.crypto.SecretKey;

/// A raw key in the form that the JDK's algorithms take, wiped by [#destroy()], which `SecretKeySpec` cannot do.
final class WipedKey implements SecretKey, AutoCloseable {
  private static final long serialVersionUID = 1L;

  private final String algorithm;
  private final transient byte[] value;

  WipedKey(String algorithm, byte[] value) {
    this.algorithm = algorithm;
    this.value = value.clone();
  }

  @Override
  public String getAlgorithm() {
    return algorithm;
  }

  @Override
  public String getFormat() {
    return "RAW";
  }

  @Override
  public byte[] getEncoded() {
    return value.clone();
  }

  @Override
  public void destroy() {
    Arrays.fill(value, (byte) 0);
  }

  @Override
  public void close() {
    destroy();
  }

  private void writeObject(ObjectOutputStream out) throws NotSerializableException {
    throw new NotSerializableException("a key");
  }
}

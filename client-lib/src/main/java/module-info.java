/// Everything that may hold a key.
@org.jspecify.annotations.NullMarked
module dev.cofre.client {
  requires static transitive org.jspecify;
  requires transitive dev.cofre.protocol;
  requires org.bouncycastle.provider;

  exports dev.cofre.client;
  exports dev.cofre.client.crypto;
  exports dev.cofre.client.failure;
  exports dev.cofre.client.format;
  exports dev.cofre.client.keys;
  exports dev.cofre.client.remote;
  exports dev.cofre.client.report;
  exports dev.cofre.client.send;
  exports dev.cofre.client.transfer;
  exports dev.cofre.client.replica to
      dev.cofre.cli,
      dev.cofre.protocol;
  exports dev.cofre.client.sharing to
      dev.cofre.protocol;
}

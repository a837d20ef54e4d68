/// What client and server say to each other, and the rules both check. No secrets, no I/O.
@org.jspecify.annotations.NullMarked
module dev.cofre.protocol {
  requires static transitive org.jspecify;
  requires org.bouncycastle.provider;

  exports dev.cofre.protocol;
  exports dev.cofre.protocol.cbor;
  exports dev.cofre.protocol.signed;
  exports dev.cofre.protocol.team;
  exports dev.cofre.protocol.vault;
  exports dev.cofre.protocol.api;
}

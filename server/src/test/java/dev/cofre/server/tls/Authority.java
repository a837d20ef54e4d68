package dev.cofre.server.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/// A certificate authority for tests, trusted by nobody until told.
public final class Authority {
  private static final String PASSWORD = "changeit";
  private static final AlgorithmIdentifier ECDSA =
      new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);

  private final X500Name name;
  private final KeyPair keys;
  private final X509Certificate certificate;

  private Authority(X500Name name, KeyPair keys, X509Certificate certificate) {
    this.name = name;
    this.keys = keys;
    this.certificate = certificate;
  }

  /// A key with its certificate, as a server has them.
  public record Served(PrivateKey key, X509Certificate certificate) {
    /// A store for a [javax.net.ssl.KeyManagerFactory].
    KeyStore store() throws GeneralSecurityException, IOException {
      KeyStore store = empty();
      store.setKeyEntry("server", key, PASSWORD.toCharArray(), new X509Certificate[] {certificate});
      return store;
    }

    /// Writes `NAME.crt` and `NAME.key` in PEM.
    public void write(Path directory, String name) throws IOException, GeneralSecurityException {
      Files.writeString(
          directory.resolve(name + ".crt"), pem("CERTIFICATE", certificate.getEncoded()));
      Files.writeString(directory.resolve(name + ".key"), pem("PRIVATE KEY", key.getEncoded()));
    }
  }

  /// When a certificate holds.
  public enum Term {
    NOW(-1, 10),
    OVER(-30, -1),
    LATER(5, 10);

    private final int from;
    private final int to;

    Term(int from, int to) {
      this.from = from;
      this.to = to;
    }
  }

  /// A new one.
  public static Authority named(String name) throws GeneralSecurityException, IOException {
    X500Name called = new X500Name("CN=" + name);
    KeyPair keys = keys();
    ExtensionsGenerator extensions = new ExtensionsGenerator();
    extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    X509Certificate own = sign(called, keys, called, keys, Term.NOW, extensions.generate());
    return new Authority(called, keys, own);
  }

  /// A server's key, vouched for.
  public Served issue(String host, Term term) throws GeneralSecurityException, IOException {
    KeyPair server = keys();
    X500Name subject = new X500Name("CN=" + host);
    return new Served(
        server.getPrivate(), sign(name, keys, subject, server, term, extensions(host)));
  }

  /// A server's key that nobody but itself vouches for.
  public static Served selfSigned(String host) throws GeneralSecurityException, IOException {
    KeyPair server = keys();
    X500Name subject = new X500Name("CN=" + host);
    return new Served(
        server.getPrivate(), sign(subject, server, subject, server, Term.NOW, extensions(host)));
  }

  /// The authority's certificate, in PEM.
  public Path writePem(Path file) throws IOException, GeneralSecurityException {
    return Files.writeString(file, pem("CERTIFICATE", certificate.getEncoded()));
  }

  /// A store for `-Djavax.net.ssl.trustStore`, with the password `changeit`.
  public Path writeTrustStore(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = empty();
    store.setCertificateEntry("authority", certificate);
    try (var out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD.toCharArray());
    }
    return file;
  }

  static char[] password() {
    return PASSWORD.toCharArray();
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }

  private static Extensions extensions(String host) throws IOException {
    ExtensionsGenerator extensions = new ExtensionsGenerator();
    extensions.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
    return extensions.generate();
  }

  private static X509Certificate sign(
      X500Name issuer,
      KeyPair issuing,
      X500Name subject,
      KeyPair held,
      Term term,
      Extensions extensions)
      throws GeneralSecurityException, IOException {
    V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
    generator.setSerialNumber(
        new org.bouncycastle.asn1.ASN1Integer(
            BigInteger.valueOf(Math.abs(held.getPublic().hashCode()) + 1L)));
    generator.setSignature(ECDSA);
    generator.setIssuer(issuer);
    generator.setSubject(subject);
    generator.setStartDate(time(term.from));
    generator.setEndDate(time(term.to));
    generator.setSubjectPublicKeyInfo(
        SubjectPublicKeyInfo.getInstance(held.getPublic().getEncoded()));
    generator.setExtensions(extensions);
    var statement = generator.generateTBSCertificate();
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(issuing.getPrivate());
    signature.update(statement.getEncoded("DER"));
    DERSequence whole =
        new DERSequence(
            new org.bouncycastle.asn1.ASN1Encodable[] {
              statement, ECDSA, new DERBitString(signature.sign())
            });
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(whole.getEncoded("DER")));
  }

  private static Time time(int days) {
    return new Time(Date.from(Instant.now().plus(Duration.ofDays(days))));
  }

  private static String pem(String kind, byte[] der) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return String.join(
        "\n", List.of("-----BEGIN " + kind + "-----", lines, "-----END " + kind + "-----", ""));
  }
}

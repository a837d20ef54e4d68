package dev.cofre.client;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.theClass;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.cofre.protocol.Bytes;
import dev.cofre.protocol.api.ServerInfo;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.StringEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What the compiled code of client and protocol never does.
class ForbiddenCodeTest {
  private static final Path OWN = Path.of("target", "classes");
  private static final Path PROTOCOL = Path.of("..", "protocol", "target", "classes");
  private static final JavaClasses CLASSES = new ClassFileImporter().importPaths(OWN, PROTOCOL);

  private static Set<String> texts(Path root) throws IOException {
    Set<String> texts = new TreeSet<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
        for (var entry : ClassFile.of().parse(file).constantPool()) {
          if (entry instanceof StringEntry text) {
            texts.add(text.stringValue());
          }
        }
      }
    }
    return texts;
  }

  @Test
  @Tag("A05")
  @Tag("C02")
  @Tag("F03")
  void namesNoBrokenAlgorithm() throws IOException {
    Pattern broken =
        Pattern.compile(
            "\\bRSA\\b|ECB|CBC|PKCS|OAEP|MD5|MD2|\\bSHA-?1\\b|SHA1|\\bDES(ede)?\\b|RC4|Blowfish|PBKDF(?!2WithHmacSHA256$)|scrypt|bcrypt",
            Pattern.CASE_INSENSITIVE);
    for (Path root : List.of(OWN, PROTOCOL)) {
      List<String> found = texts(root).stream().filter(t -> broken.matcher(t).find()).toList();
      assertEquals(List.of(), found);
    }
  }

  /// All that is ever asked of the JDK by name: one suite.
  @Test
  @Tag("A05")
  @Tag("F01")
  void asksTheJdkForTheseAlgorithmsOnly() throws IOException {
    Set<String> known =
        Set.of(
            "AES",
            "Ed25519",
            "AES/GCM/NoPadding",
            "HmacSHA256",
            "HmacSHA512",
            "HKDF-SHA256",
            "SHA-256",
            "SHA-512",
            "NativePRNGNonBlocking",
            "Windows-PRNG");
    Pattern algorithm =
        Pattern.compile(
            "AES(/.*)?|Hmac[A-Z0-9]*|HKDF[-A-Z0-9]*|SHA-?[0-9].*|.*PRNG.*|X25519|Ed25519|ML-.*|ChaCha.*|Poly.*");
    Set<String> asked = new TreeSet<>();
    for (Path root : List.of(OWN, PROTOCOL)) {
      texts(root).stream().filter(text -> algorithm.matcher(text).matches()).forEach(asked::add);
    }
    assertEquals(new TreeSet<>(known), asked);
  }

  @Test
  @Tag("A05")
  void keepsKeysOfTheJdkOutOfEverythingElse() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.cofre.protocol.signed")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.security.Signature")
        .check(CLASSES);
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.security.interfaces..", "java.security.cert..", "sun..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.security.KeyStore")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.security.KeyPairGenerator")
        .check(CLASSES);
  }

  @Test
  @Tag("C15")
  @Tag("L11")
  void streamsNoCiphersAndReadsNoObjectsNamesOrXml() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("javax.crypto.CipherInputStream")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("javax.crypto.CipherOutputStream")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("javax.crypto.SealedObject")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.io.ObjectInputStream")
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "javax.naming..",
            "javax.script..",
            "javax.management..",
            "java.rmi..",
            "java.beans..",
            "javax.xml..",
            "org.w3c.dom..",
            "org.xml.sax..",
            "com.fasterxml.jackson..",
            "org.springframework..",
            "groovy..")
        .check(CLASSES);
  }

  /// No name in anything read makes code run, or a class be looked for.
  @Test
  @Tag("L10")
  @Tag("L11")
  void startsNothingThatIsNamedByData() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.ProcessBuilder")
        .orShould()
        .callMethod(Runtime.class, "exec", String.class)
        .orShould()
        .callMethod(Runtime.class, "exec", String[].class)
        .orShould()
        .callMethod(Class.class, "forName", String.class)
        .orShould()
        .callMethod(System.class, "load", String.class)
        .orShould()
        .callMethod(System.class, "loadLibrary", String.class)
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.ServiceLoader")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.net.URLClassLoader")
        .check(CLASSES);
  }

  @Test
  @Tag("C18")
  @Tag("K01")
  void compressesAndInflatesNothing() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.util.zip..", "java.util.jar..", "javax.imageio..", "java.awt..")
        .check(CLASSES);
  }

  /// What was decrypted lies on floors that cannot reach a network; and the floor that can is not given it.
  @Test
  @Tag("D04")
  @Tag("G06")
  @Tag("K02")
  void asksNoOtherMachineThanItsServer() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.cofre.client.remote")
        .should()
        .dependOnClassesThat(
            describe(
                "reach a network",
                (JavaClass c) ->
                    c.getPackageName().startsWith("java.net.http")
                        || Set.of(
                                "java.net.URL",
                                "java.net.HttpURLConnection",
                                "java.net.Socket",
                                "java.net.ServerSocket",
                                "java.net.DatagramSocket",
                                "java.net.InetAddress",
                                "java.nio.channels.SocketChannel",
                                "javax.net.SocketFactory")
                            .contains(c.getName())))
        .orShould()
        .callMethodWhere(
            describe(
                "open a connection",
                (JavaMethodCall call) ->
                    Set.of("openConnection", "openStream", "getContent").contains(call.getName())
                        && call.getTargetOwner().getPackageName().equals("java.net")))
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("dev.cofre.client.remote")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.cofre.client.format..",
            "dev.cofre.client.history..",
            "dev.cofre.client.keys..",
            "dev.cofre.client.replica..")
        .check(CLASSES);
  }

  /// What a server says of itself reaches nothing that seals.
  @Test
  @Tag("F02")
  void sealsWithoutAskingWhatAServerCan() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.cofre.client.remote", "dev.cofre.protocol.api")
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(ServerInfo.class)
        .check(CLASSES);
    assertEquals(
        List.of("version", "origin", "registration"),
        Arrays.stream(ServerInfo.class.getRecordComponents()).map(c -> c.getName()).toList());
  }

  /// What a browser can derive too is a second lock on the key of a link, and nothing else's.
  @Test
  void onlyALinksPasscodeIsStretchedByLessThanArgon2() {
    classes()
        .that()
        .haveSimpleName("Pbkdf2")
        .should()
        .onlyHaveDependentClassesThat()
        .haveSimpleName("SendSecret")
        .check(CLASSES);
  }

  /// One ciphertext for each thing: a new place that seals has to be thought about here.
  @Test
  @Tag("D03")
  void sealsInThesePlacesOnly() {
    Set<String> sealing = new TreeSet<>();
    for (JavaClass each : CLASSES) {
      boolean seals =
          each.getMethodCallsFromSelf().stream()
              .anyMatch(call ->
                  Set.of("seal", "sealing", "sealTo", "wrap", "encapsulate")
                          .contains(call.getName())
                      && Set.of("Cobblestone", "KeyWrap", "Hpke")
                          .contains(call.getTargetOwner().getSimpleName()));
      if (seals && !each.getPackageName().endsWith(".crypto")) {
        sealing.add(each.getSimpleName());
      }
    }
    assertEquals(
        new TreeSet<>(
            Set.of(
                "SealedContent",
                "SealedRecords",
                "SendSecret",
                "Wraps",
                "Channels",
                "MemberSeeds",
                "PairLink",
                "Keystore",
                "LocalSeal")),
        sealing);
  }

  /// Bytes that an attacker chose are compared with secret ones in constant time.
  @Test
  @Tag("G10")
  void comparesBytesInConstantTime() {
    noClasses()
        .should()
        .callMethod(Arrays.class, "equals", byte[].class, byte[].class)
        .orShould()
        .callMethod(Arrays.class, "compare", byte[].class, byte[].class)
        .orShould()
        .callMethod(Arrays.class, "mismatch", byte[].class, byte[].class)
        .orShould()
        .callMethod(Arrays.class, "equals", char[].class, char[].class)
        .check(CLASSES);
    theClass(Bytes.class)
        .should()
        .callMethod(MessageDigest.class, "isEqual", byte[].class, byte[].class)
        .check(CLASSES);
  }

  /// Nothing is written where other users of the machine look, or where a backup of everything goes.
  @Test
  @Tag("K10")
  void leavesNothingInSharedPlaces() {
    noClasses()
        .should()
        .callMethodWhere(
            describe(
                "make a file in the system's temporary directory",
                (JavaMethodCall call) ->
                    call.getName().equals("deleteOnExit")
                        || (call.getName().startsWith("createTemp")
                            && !call.getTarget()
                                .getRawParameterTypes()
                                .getFirst()
                                .getName()
                                .equals("java.nio.file.Path"))))
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("java.awt..", "java.util.prefs..", "java.util.logging..")
        .check(CLASSES);
  }

  @Test
  @Tag("L12")
  void readsNumbersInOneForm() throws IOException {
    Set<String> reading = new TreeSet<>();
    for (JavaClass each : CLASSES) {
      each.getMethodCallsFromSelf().stream()
          .filter(call -> call.getName().matches("parseInt|parseLong|decode|valueOf"))
          .filter(call -> call.getTargetOwner().getName().matches("java.lang.(Integer|Long)"))
          .filter(call ->
              call.getTarget().getRawParameterTypes().getFirst().getName().contains("String"))
          .forEach(_ -> reading.add(each.getSimpleName()));
    }
    // Both take what a pattern of ASCII digits has matched.
    assertEquals(new TreeSet<>(Set.of("Exchanges", "RecoveryKit")), reading);
  }
}

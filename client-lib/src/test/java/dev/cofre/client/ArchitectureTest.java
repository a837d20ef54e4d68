package dev.cofre.client;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.StringEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The floors of the client, and who in it may touch cryptography, the clock and randomness.
final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter().importPath(Path.of("target", "classes"));

  @Test
  void keepsToItsFloors() {
    List<String> floors =
        List.of(
            "failure",
            "crypto",
            "format",
            "disk",
            "keys",
            "remote",
            "replica",
            "report",
            "transfer",
            "history");
    mayUse("failure");
    mayUse("crypto", "failure");
    mayUse("disk", "failure");
    mayUse("format", "failure", "crypto");
    mayUse("keys", "failure", "crypto", "format", "disk");
    mayUse("report", "failure");
    mayUse("remote", "failure", "crypto");
    mayUse("replica", "failure", "crypto", "format", "disk", "keys");
    mayUse("transfer", "failure", "crypto", "format", "disk", "keys", "replica", "remote");
    mayUse("history", "failure", "crypto", "format", "disk", "keys", "replica", "remote");
    for (String top :
        List.of("files", "sharing", "sync", "send", "request", "login", "agreement")) {
      mayUse(top, floors.toArray(String[]::new));
    }
  }

  @Test
  void hasNoCircles() {
    slices()
        .matching("dev.cofre.(**)")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void keepsCryptographyInOnePackage() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.cofre.client.crypto")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.bouncycastle..", "javax.crypto..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void speaksHttpInOnePackage() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.cofre.client.remote")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net.http..", "com.sun.net.httpserver..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  @Tag("O05")
  void runsOnTheJdkAndBouncyCastleAlone() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideOutsideOfPackages(
                "java..", "javax..", "org.bouncycastle..", "org.jspecify..", "dev.cofre.."))
        .check(CLASSES);
  }

  @Test
  @Tag("O05")
  void trustsItsCryptographyToTheJdkAndBouncyCastle() {
    noClasses()
        .that()
        .resideInAPackage("dev.cofre.client.crypto")
        .should()
        .dependOnClassesThat(
            resideOutsideOfPackages(
                "java..",
                "javax.crypto..",
                "org.bouncycastle..",
                "org.jspecify..",
                "dev.cofre.protocol..",
                "dev.cofre.client.."))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void namesNoBrokenAlgorithm() throws IOException {
    Pattern broken = Pattern.compile("\\bRSA\\b|ECB|CBC|PKCS1|MD5|\\bSHA-?1\\b|\\bDES\\b|RC4");
    List<String> found = new ArrayList<>();
    Path crypto = Path.of("target", "classes", "dev", "cofre", "client", "crypto");
    if (Files.isDirectory(crypto)) {
      try (Stream<Path> files = Files.list(crypto)) {
        for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
          for (var entry : ClassFile.of().parse(file).constantPool()) {
            if (entry instanceof StringEntry text && broken.matcher(text.stringValue()).find()) {
              found.add(file.getFileName() + ": " + text.stringValue());
            }
          }
        }
      }
    }
    assertEquals(List.of(), found);
  }

  @Test
  void isToldTheTime() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.cofre.client")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(InstantSource.class, "system")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(Clock.class, "systemDefaultZone")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void isGivenItsRandomness() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.cofre.client.crypto")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.security.SecureRandom")
        .orShould()
        .callMethod(UUID.class, "randomUUID")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void holdsNoRandomnessThatCanBeGuessed() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.Random")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
        .orShould()
        .callMethod(Math.class, "random")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void leavesTheStandardStreamsAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackages("none")
        .should(ACCESS_STANDARD_STREAMS)
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void deserializesNoObjectsAndStreamsNoCiphers() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("javax.crypto.CipherInputStream")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.io.ObjectInputStream")
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("javax.naming..", "javax.script..", "java.beans..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  /// Asserts that a package depends on no other package of this module than the named ones.
  private static void mayUse(String name, String... lower) {
    String[] allowed =
        Stream.concat(Stream.of(name), Stream.of(lower))
            .map(each -> "dev.cofre.client" + (each.isEmpty() ? "" : "." + each))
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(allowed[0])
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.cofre.client..").and(resideOutsideOfPackages(allowed)))
        .allowEmptyShould(true)
        .check(CLASSES);
  }
}

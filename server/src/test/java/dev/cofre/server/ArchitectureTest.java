package dev.cofre.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The floors of the server, and who in it may touch rows, blobs, the clock and randomness.
final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter().importPath(Path.of("target", "classes"));

  @Test
  void keepsToItsFloors() {
    mayUse("postgres");
    mayUse("inspect", "postgres");
    mayUse("store");
    mayUse("blob");
    mayUse("mail");
    mayUse("domain", "store", "blob", "mail");
    mayUse("access", "store", "blob", "mail", "domain");
    mayUse("api", "store", "blob", "mail", "domain", "access");
    mayUse("wire", "store", "blob", "mail", "domain", "access", "api");
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
  void cannotOpenARecord() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.cofre.client..", "dev.cofre.cli..", "javax.crypto..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void speaksSqlWhereRowsAreKept() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.cofre.server.store..", "dev.cofre.server.postgres", "dev.cofre.server.inspect")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void speaksS3InOnePackage() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.cofre.server.blob..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.minio..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void isToldTheTime() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.cofre.server")
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
        .resideOutsideOfPackages(
            "dev.cofre.server", "dev.cofre.server.access", "dev.cofre.server.postgres")
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
        .resideOutsideOfPackages("dev.cofre.server", "dev.cofre.server.inspect")
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
            .map(each -> "dev.cofre.server" + (each.isEmpty() ? "" : "." + each))
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(allowed[0])
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.cofre.server..").and(resideOutsideOfPackages(allowed)))
        .allowEmptyShould(true)
        .check(CLASSES);
  }
}

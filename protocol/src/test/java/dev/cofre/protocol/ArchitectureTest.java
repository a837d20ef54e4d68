package dev.cofre.protocol;

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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The floors of the protocol module, and what none of its classes may do.
final class ArchitectureTest {
  // Profile, on the lowest floor, encodes itself with the one above: the only class that these
  // rules do not hold for.
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("/protocol/Profile.class"))
          .importPath(Path.of("target", "classes"));

  @Test
  void keepsToItsFloors() {
    mayUse("");
    mayUse("tree", "");
    mayUse("cbor", "");
    mayUse("signed", "", "cbor");
    mayUse("team", "", "cbor", "signed", "tree");
    mayUse("vault", "", "cbor", "signed", "team", "tree");
    mayUse("api", "", "cbor", "signed", "team", "vault");
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
  void checksSignaturesInOnePlace() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.cofre.protocol.signed")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.bouncycastle..", "javax.crypto..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void doesNoInputAndOutput() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.nio.file..", "java.net.http..", "java.sql..", "java.util.logging..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.io.File")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.net.Socket")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void isToldTheTime() {
    noClasses()
        .that()
        .resideOutsideOfPackages("none")
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
        .resideOutsideOfPackages("none")
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
  @Tag("L11")
  @Tag("C15")
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
        .resideInAnyPackage(
            "javax.naming..",
            "javax.script..",
            "java.beans..",
            "java.rmi..",
            "javax.xml..",
            "org.w3c.dom..",
            "org.xml.sax..",
            "com.fasterxml.jackson.databind..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  /// Asserts that a package depends on no other package of this module than the named ones.
  private static void mayUse(String name, String... lower) {
    String[] allowed =
        Stream.concat(Stream.of(name), Stream.of(lower))
            .map(each -> "dev.cofre.protocol" + (each.isEmpty() ? "" : "." + each))
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(allowed[0])
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.cofre.protocol..").and(resideOutsideOfPackages(allowed)))
        .allowEmptyShould(true)
        .check(CLASSES);
  }
}

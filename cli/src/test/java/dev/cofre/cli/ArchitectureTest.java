package dev.cofre.cli;

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

/// The floors of the terminal, and who in it may touch the standard streams and the clock.
final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter().importPath(Path.of("target", "classes"));

  @Test
  void keepsToItsFloors() {
    mayUse("terminal");
    mayUse("agent", "terminal");
    mayUse("web", "terminal");
    mayUse("demo", "terminal");
    mayUse("command", "terminal", "agent", "web", "demo");
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
  @Tag("A05")
  void leavesCryptographyToTheClient() {
    noClasses()
        .that()
        .resideOutsideOfPackages("none")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.bouncycastle..", "javax.crypto..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void isToldTheTime() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.cofre.cli", "dev.cofre.cli.terminal")
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
        .resideOutsideOfPackages("dev.cofre.cli", "dev.cofre.cli.agent", "dev.cofre.cli.terminal")
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

  /// No name in anything read makes a program start, a browser open, or a class be looked for.
  @Test
  @Tag("L10")
  @Tag("D04")
  void startsOtherProgramsFromFourPlacesOnly() {
    noClasses()
        .that()
        .doNotHaveSimpleName("UnlockedKey")
        .and()
        .doNotHaveSimpleName("TtyKeyboard")
        .and()
        .doNotHaveSimpleName("ServerStart")
        .and()
        .doNotHaveSimpleName("ServerProcess")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.ProcessBuilder")
        .check(CLASSES);
    noClasses()
        .should()
        .callMethod(Runtime.class, "exec", String.class)
        .orShould()
        .callMethod(Runtime.class, "exec", String[].class)
        .orShould()
        .callMethod(Class.class, "forName", String.class)
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.ServiceLoader")
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("java.awt..", "javax.imageio..", "java.net.http..")
        .check(CLASSES);
  }

  /// Asserts that a package depends on no other package of this module than the named ones.
  private static void mayUse(String name, String... lower) {
    String[] allowed =
        Stream.concat(Stream.of(name), Stream.of(lower))
            .map(each -> "dev.cofre.cli" + (each.isEmpty() ? "" : "." + each))
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(allowed[0])
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.cofre.cli..").and(resideOutsideOfPackages(allowed)))
        .allowEmptyShould(true)
        .check(CLASSES);
  }
}

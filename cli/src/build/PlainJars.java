import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Writes the jars of a directory anew, so that the JVM's start-up cache takes their classes, too: without signatures, which cost the first class
/// of a jar a fifth of a second, and no class file older than stack maps. Maven has compared the jars with their recorded checksums before.
/// The same jars always become the same jars.
///
/// ```
/// java PlainJars.java target/app/lib
/// ```
final class PlainJars {
  private static final int FIRST_WITH_STACK_MAPS = 50;
  private static final LocalDateTime TIME = LocalDateTime.of(2025, 1, 1, 0, 0);

  private PlainJars() {}

  public static void main(String[] args) throws IOException {
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(Path.of(args[0]), "*.jar")) {
      found.forEach(jars::add);
    }
    for (Path jar : jars) {
      if (isToBeWritten(jar)) {
        write(jar);
      }
    }
  }

  private static boolean isToBeWritten(Path path) throws IOException {
    try (JarFile jar = new JarFile(path.toFile(), false)) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        if (isSignature(entry) || isClass(entry) && isOld(read(jar, entry))) {
          return true;
        }
      }
      return false;
    }
  }

  private static void write(Path path) throws IOException {
    Path plain = path.resolveSibling(path.getFileName() + ".new");
    try (JarFile jar = new JarFile(path.toFile(), false);
        URLClassLoader around = new URLClassLoader(new URL[] {path.toUri().toURL()});
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(plain))) {
      ClassFile classes =
          ClassFile.of(
              StackMapsOption.GENERATE_STACK_MAPS,
              ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(around)));
      for (JarEntry entry : Collections.list(jar.entries())) {
        if (!isSignature(entry)) {
          ZipEntry copy = new ZipEntry(entry.getName());
          copy.setTimeLocal(TIME);
          out.putNextEntry(copy);
          out.write(plain(entry, read(jar, entry), classes));
          out.closeEntry();
        }
      }
    }
    Files.move(plain, path, StandardCopyOption.REPLACE_EXISTING);
  }

  private static byte[] plain(JarEntry entry, byte[] bytes, ClassFile classes) throws IOException {
    if (entry.getName().equals(JarFile.MANIFEST_NAME)) {
      return withoutDigests(bytes);
    }
    return isClass(entry) && isOld(bytes) ? renewed(bytes, classes) : bytes;
  }

  private static byte[] withoutDigests(byte[] bytes) throws IOException {
    Manifest manifest = new Manifest(new ByteArrayInputStream(bytes));
    manifest.getEntries().clear();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    manifest.write(out);
    return out.toByteArray();
  }

  private static byte[] renewed(byte[] bytes, ClassFile classes) {
    ClassTransform version =
        (to, element) -> {
          if (element instanceof ClassFileVersion) {
            to.withVersion(ClassFile.JAVA_25_VERSION, 0);
          } else {
            to.with(element);
          }
        };
    return classes.transformClass(
        classes.parse(bytes),
        ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL).andThen(version));
  }

  private static boolean isClass(JarEntry entry) {
    return entry.getName().endsWith(".class");
  }

  private static boolean isOld(byte[] classFile) {
    return classFile[7] < FIRST_WITH_STACK_MAPS;
  }

  private static boolean isSignature(JarEntry entry) {
    return entry.getName().matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");
  }

  private static byte[] read(JarFile jar, JarEntry entry) throws IOException {
    return jar.getInputStream(entry).readAllBytes();
  }
}

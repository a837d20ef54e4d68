package dev.cofre.cli.job;

import dev.cofre.cli.demo.Actor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/// An office with a past: a vault with several versions, a move and a removal, a member who was removed and a device that was revoked. Ana
/// has exported it, encrypted.
final class ExportedVault {
  /// Versions of files and of the vault's name that open.
  static final int VERSIONS = 11;

  final Office office;
  final Actor ana;
  final Actor rui;

  /// Ana's kit, printed before her key was replaced.
  final String kit;

  /// What the vault holds, by path.
  final Map<String, byte[]> files = new TreeMap<>();

  final Path export;
  final String exported;
  private final Random random = new Random(42);

  ExportedVault(Office office) throws IOException {
    this.office = office;
    this.ana = office.owner();
    this.kit = office.succeed(ana, "kit", "print").out();
    this.rui = office.member(ana, "Rui Costa", "editor");
    Actor eva = office.member(ana, "Eva Dias", "editor");
    put(ana, "/vazio.txt", 0);
    put(ana, "/um.bin", 1);
    put(ana, "/pasta/cheio.bin", 16_376);
    put(ana, "/pasta/três á.bin", 300_000);
    put(rui, "/um.bin", 40_000);
    put(rui, "/de rui.bin", 1_017);
    put(eva, "/de eva.bin", 5_000);
    office.succeed(ana, "member", "remove", "Eva Dias", "--yes");
    move("/pasta/cheio.bin", "/arquivo/2026/cheio.bin");
    office.succeed(ana, "rm", Office.VAULT + ":/de rui.bin", "--yes");
    files.remove("/de rui.bin");
    Actor second = office.anotherDevice(ana, "Ana again");
    put(second, "/do segundo.bin", 2_000);
    String lost = office.succeed(second, "whoami", "--json").field("deviceId");
    office.succeed(ana, "device", "revoke", lost, "--yes");
    put(ana, "/depois.bin", 100_000);
    this.export = ana.directory().resolve("export");
    this.exported =
        office
            .succeed(ana, "export", Office.VAULT, export.toString(), "--encrypted", "--json")
            .out();
  }

  private void put(Actor actor, String path, int length) throws IOException {
    byte[] content = new byte[length];
    random.nextBytes(content);
    Path file = Office.file(actor, "sources" + path, content);
    String directory = path.substring(0, path.lastIndexOf('/') + 1);
    office.succeed(actor, "put", file.toString(), Office.VAULT + ":" + directory);
    files.put(path, content);
  }

  private void move(String from, String to) {
    office.succeed(ana, "mv", Office.VAULT + ":" + from, Office.VAULT + ":" + to);
    files.put(to, files.remove(from));
  }

  /// A copy of the export that a test may spoil.
  Path copy(Path target) throws IOException {
    try (Stream<Path> all = Files.walk(export)) {
      for (Path each : all.toList()) {
        Files.copy(each, target.resolve(export.relativize(each).toString()));
      }
    }
    return target;
  }

  /// Where the files in a directory are not those of the vault.
  Map<String, String> differences(Path directory) throws IOException {
    return differences(files, directory);
  }

  /// Where the files in a directory are not these.
  static Map<String, String> differences(Map<String, byte[]> files, Path directory)
      throws IOException {
    Map<String, String> differences = new HashMap<>();
    files.keySet().forEach(path -> differences.put(path, "missing"));
    try (Stream<Path> found = Files.walk(directory)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        String path = "/" + directory.relativize(file);
        byte[] expected = files.get(path);
        if (expected == null) {
          differences.put(path, "nobody put it");
        } else if (Arrays.equals(expected, Files.readAllBytes(file))) {
          differences.remove(path);
        } else {
          differences.put(path, "other bytes");
        }
      }
    }
    return differences;
  }
}

package dev.cofre.server.blob;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A real S3 server for tests: S3Proxy over a temporary directory, in a process of its own, on a free loopback port, with
/// one empty bucket.
public final class S3ProxyServer implements AutoCloseable {
  public static final String REGION = "us-east-1";
  public static final String BUCKET = "objects";
  public static final String ACCESS_KEY = "test-access";
  public static final String SECRET_KEY = "test-secret-key";

  private static final Pattern LISTENING =
      Pattern.compile("AbstractConnector.*Started.*\\{127\\.0\\.0\\.1:([1-9][0-9]*)}");

  private final Process process;
  private final Path directory;
  private final URI endpoint;

  private S3ProxyServer(Process process, Path directory, URI endpoint) {
    this.process = process;
    this.directory = directory;
    this.endpoint = endpoint;
  }

  /// Starts a server and waits until it listens, about 1.5 s.
  public static S3ProxyServer start() throws IOException {
    Path directory = Files.createTempDirectory("s3proxy");
    Path bucket = directory.resolve("data").resolve(BUCKET);
    Files.createDirectories(bucket);
    Path properties = directory.resolve("s3proxy.conf");
    Files.writeString(
        properties,
        """
        s3proxy.endpoint=http://127.0.0.1:0
        s3proxy.authorization=aws-v2-or-v4
        s3proxy.identity=%s
        s3proxy.credential=%s
        jclouds.provider=filesystem-nio2
        jclouds.filesystem.basedir=%s
        """
            .formatted(ACCESS_KEY, SECRET_KEY, directory.resolve("data")));
    Path logback = directory.resolve("logback.xml");
    Files.writeString(
        logback,
        """
        <configuration>
          <appender name="OUT" class="ch.qos.logback.core.ConsoleAppender">
            <encoder><pattern>%logger{0} %msg%n</pattern></encoder>
          </appender>
          <root level="INFO"><appender-ref ref="OUT"/></root>
        </configuration>
        """);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=" + logback,
                "-cp",
                String.join(java.io.File.pathSeparator, classPath()),
                "org.gaul.s3proxy.Main",
                "--properties",
                properties.toString())
            .redirectErrorStream(true)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return new S3ProxyServer(process, directory, URI.create("http://127.0.0.1:" + port(process)));
  }

  private static List<String> classPath() throws IOException {
    try (InputStream in = S3ProxyServer.class.getResourceAsStream("s3proxy.classpath")) {
      return new String(
              Objects.requireNonNull(in, "s3proxy.classpath is made by the build").readAllBytes(),
              StandardCharsets.UTF_8)
          .lines()
          .toList();
    }
  }

  private static int port(Process process) throws IOException {
    BufferedReader out = process.inputReader();
    StringBuilder said = new StringBuilder();
    AtomicReference<Integer> port = new AtomicReference<>();
    while (port.get() == null) {
      String line = out.readLine();
      if (line == null) {
        throw new IOException("S3Proxy did not start:\n" + said);
      }
      said.append(line).append('\n');
      Matcher matcher = LISTENING.matcher(line);
      if (matcher.find()) {
        port.set(Integer.valueOf(matcher.group(1)));
      }
    }
    Thread.ofVirtual()
        .start(() -> {
          try {
            while (out.readLine() != null) {}
          } catch (IOException e) {
            return;
          }
        });
    return port.get();
  }

  /// `http://127.0.0.1:port`.
  public URI endpoint() {
    return endpoint;
  }

  /// Settings for the bucket.
  public S3Settings settings() {
    return S3Settings.of(endpoint, REGION, BUCKET);
  }

  /// The only key pair it accepts.
  public S3Credentials credentials() {
    return new S3Credentials(ACCESS_KEY, SECRET_KEY.toCharArray());
  }

  /// Stops at once, as in an outage.
  public void kill() {
    process.destroyForcibly();
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    DurableFiles.deleteTree(directory);
  }
}

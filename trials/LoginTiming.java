import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// Times the answers to two questions in turns and compares them: a nonce for a device that exists, and for one that does not.
public final class LoginTiming {
  private static final int WARM_UP = 500;
  private static final int ROUNDS = 2000;
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private record Time(long nanos, boolean there) {}

  private LoginTiming() {}

  /// Arguments: the server's address, the team's id, the device's id.
  public static void main(String[] arguments) throws Exception {
    URI uri = URI.create(arguments[0] + "/v1/teams/" + arguments[1] + "/challenges");
    // [[1, device]]: an array of the subject, which is its kind and the id.
    String there = "8182" + "0150" + arguments[2];
    String nowhere = "8182" + "0150" + "00".repeat(16);
    for (int i = 0; i < WARM_UP; i++) {
      ask(uri, i % 2 == 0 ? there : nowhere);
    }
    List<Time> times = new ArrayList<>();
    for (int i = 0; i < 2 * ROUNDS; i++) {
      boolean exists = (i + i / 2) % 2 == 0;
      times.add(new Time(ask(uri, exists ? there : nowhere), exists));
    }
    double z = mannWhitney(times);
    System.out.printf(
        Locale.ROOT,
        "{\"rounds\":%d,\"medianMicrosThere\":%d,\"medianMicrosNowhere\":%d,\"z\":%.2f}%n",
        ROUNDS,
        median(times, true),
        median(times, false),
        z);
    System.exit(Math.abs(z) < 4 ? 0 : 1);
  }

  private static long ask(URI uri, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/cbor")
            .POST(HttpRequest.BodyPublishers.ofByteArray(HexFormat.of().parseHex(body)))
            .build();
    long begun = System.nanoTime();
    int status = CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray()).statusCode();
    long took = System.nanoTime() - begun;
    if (status != 200) {
      throw new IllegalStateException("HTTP " + status);
    }
    return took;
  }

  private static long median(List<Time> times, boolean there) {
    long[] some =
        times.stream().filter(t -> t.there() == there).mapToLong(Time::nanos).sorted().toArray();
    return some[some.length / 2] / 1000;
  }

  /// How far the sum of ranks is from what chance gives, in standard deviations.
  private static double mannWhitney(List<Time> times) {
    List<Time> sorted = times.stream().sorted((a, b) -> Long.compare(a.nanos(), b.nanos())).toList();
    double ranks = 0;
    long n = 0;
    for (int i = 0; i < sorted.size(); i++) {
      if (sorted.get(i).there()) {
        ranks += i + 1;
        n++;
      }
    }
    long m = sorted.size() - n;
    double u = ranks - n * (n + 1) / 2.0;
    return (u - n * m / 2.0) / Math.sqrt(n * m * (n + m + 1) / 12.0);
  }
}

package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Plain `curl` and nginx: nothing sealed, nothing signed, nothing made durable. What the machine itself can do.
final class CurlNginx implements Contender {
  private final Workplace place;
  private Path root = Path.of("");
  private String url = "";

  CurlNginx(Workplace place) {
    this.place = place;
  }

  @Override
  public String name() {
    return "curl and nginx";
  }

  @Override
  public Optional<String> missing() {
    return Contender.missing("curl", "nginx");
  }

  @Override
  public void start() throws IOException, InterruptedException {
    Path prefix = place.directory("nginx");
    root = Files.createDirectory(prefix.resolve("files"));
    int port = Workplace.freePort();
    String user = System.getProperty("user.name").equals("root") ? "user root;" : "";
    Path configuration =
        Files.writeString(
            prefix.resolve("nginx.conf"),
            """
            %s
            daemon off;
            worker_processes 1;
            pid nginx.pid;
            error_log stderr;
            events { worker_connections 256; }
            http {
              access_log off;
              sendfile on;
              client_max_body_size 0;
              client_body_temp_path body;
              proxy_temp_path proxy;
              fastcgi_temp_path fastcgi;
              uwsgi_temp_path uwsgi;
              scgi_temp_path scgi;
              server {
                listen 127.0.0.1:%d;
                root files;
                dav_methods PUT DELETE;
                create_full_put_path on;
              }
            }
            """
                .formatted(user, port));
    Workplace.Served served =
        place.serve(
            "nginx-process",
            Map.of(),
            Contender.words("nginx", "-p", prefix + "/", "-c", configuration, "-e", "stderr"));
    Workplace.awaitPort(port, served);
    url = "http://127.0.0.1:" + port + "/";
  }

  @Override
  public double up(Content content, int round) throws IOException, InterruptedException {
    return place
        .run(Map.of(), Contender.words("curl", "-sSf", "-T", content.path(), url + round))
        .seconds();
  }

  @Override
  public Fetched down(Content content, int round, Path target)
      throws IOException, InterruptedException {
    List<String> words = Contender.words("curl", "-sSf", "-o", target, url + round);
    return new Fetched(place.run(Map.of(), words).seconds(), target);
  }

  @Override
  public void forget(int round) throws IOException {
    Workplace.remove(root.resolve(Integer.toString(round)));
  }
}

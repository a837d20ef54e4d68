package bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `age` with a recipient's key: a file into a sealed file beside it.
final class Age implements Contender {
  private final Workplace place;
  private Path key = Path.of("");
  private String recipient = "";

  Age(Workplace place) {
    this.place = place;
  }

  @Override
  public String name() {
    return "age";
  }

  @Override
  public Optional<String> missing() {
    return Contender.missing("age", "age-keygen");
  }

  @Override
  public void start() throws IOException, InterruptedException {
    key = place.path("age.key");
    String out = place.run(Map.of(), Contender.words("age-keygen", "-o", key)).out();
    Matcher matcher = Pattern.compile("age1[0-9a-z]+").matcher(out);
    if (!matcher.find()) {
      throw new IOException("no recipient in: " + out);
    }
    recipient = matcher.group();
  }

  @Override
  public double up(Content content, int round) throws IOException, InterruptedException {
    return place
        .run(Map.of(), Contender.words("age", "-r", recipient, "-o", sealed(round), content.path()))
        .seconds();
  }

  @Override
  public Fetched down(Content content, int round, Path target)
      throws IOException, InterruptedException {
    Workplace.Ran ran =
        place.run(Map.of(), Contender.words("age", "-d", "-i", key, "-o", target, sealed(round)));
    return new Fetched(ran.seconds(), target);
  }

  @Override
  public void forget(int round) throws IOException {
    Workplace.remove(sealed(round));
  }

  private Path sealed(int round) {
    return place.path("age-" + round);
  }
}

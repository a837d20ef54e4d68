package dev.cofre.server.api;

import dev.cofre.server.access.RateLimits;
import dev.cofre.server.domain.Refusal;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/// The page that opens sends in a browser, and what belongs to it: the same bytes for every send, whether there is one or not, for what
/// tells them apart stands in the link behind the `#`, which never arrives here. Looking at it changes nothing.
@Controller
class SendPage {
  private static final String PAGE = "page.html";
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("cbor.js", "text/javascript"),
          Map.entry("cobblestone.js", "text/javascript"),
          Map.entry("failure.js", "text/javascript"),
          Map.entry("mark.svg", "image/svg+xml"),
          Map.entry("names.js", "text/javascript"),
          Map.entry("page.css", "text/css"),
          Map.entry(PAGE, "text/html"),
          Map.entry("page.js", "text/javascript"),
          Map.entry("saving.js", "text/javascript"),
          Map.entry("send.js", "text/javascript"),
          Map.entry("sha256.js", "text/javascript"),
          Map.entry("texts.js", "text/javascript"));

  private final Map<String, byte[]> files = new HashMap<>();
  private final RateLimits rates;
  private final Addresses addresses;

  SendPage(RateLimits rates, Addresses addresses) throws IOException {
    this.rates = rates;
    this.addresses = addresses;
    for (String name : TYPES.keySet()) {
      try (InputStream in = SendPage.class.getResourceAsStream("/send-page/" + name)) {
        if (in == null) {
          throw new IOException("the page of a send lacks " + name);
        }
        files.put(name, in.readAllBytes());
      }
    }
  }

  @Produces(MediaType.ALL)
  @Get("/s/{send}")
  HttpResponse<byte[]> page(HttpRequest<?> request, String send) {
    return answer(request, PAGE);
  }

  @Produces(MediaType.ALL)
  @Get("/assets/send/{name}")
  HttpResponse<byte[]> asset(HttpRequest<?> request, String name) {
    if (name.equals(PAGE)) {
      throw Refusal.notFound();
    }
    return answer(request, name);
  }

  private HttpResponse<byte[]> answer(HttpRequest<?> request, String name) {
    rates.take(addresses.of(request));
    byte[] bytes = files.get(name);
    if (bytes == null) {
      throw Refusal.notFound();
    }
    return HttpResponse.ok(bytes)
        .contentType(new MediaType(TYPES.get(name) + ";charset=utf-8"))
        .header(SecurityHeaders.POLICY, SecurityHeaders.OF_PAGES);
  }
}

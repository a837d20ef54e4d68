package dev.cofre.server.api;

import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.UploadId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.api.Blobs.Address;
import dev.cofre.protocol.api.Uploads.Begin;
import dev.cofre.protocol.api.Uploads.PartHash;
import dev.cofre.protocol.api.Uploads.Receipt;
import dev.cofre.protocol.api.Uploads.State;
import dev.cofre.server.access.Caller;
import dev.cofre.server.access.Gate;
import dev.cofre.server.access.Limits;
import dev.cofre.server.domain.Refusal;
import dev.cofre.server.domain.Uploads;
import dev.cofre.server.domain.Uploads.Place;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.OptionalLong;

/// Bringing blobs.
@Controller("/v1/teams/{team}/vaults/{vault}/uploads")
@Produces(Exchange.CBOR)
@ExecuteOn(TaskExecutors.BLOCKING)
class UploadController {
  private static final int MAX_PART_NUMBER_DIGITS = 5;

  private final Gate gate;
  private final Uploads uploads;
  private final Addresses addresses;
  private final Exchange exchange;
  private final Limits limits;

  UploadController(
      Gate gate, Uploads uploads, Addresses addresses, Exchange exchange, Limits limits) {
    this.gate = gate;
    this.uploads = uploads;
    this.addresses = addresses;
    this.exchange = exchange;
    this.limits = limits;
  }

  @Post
  @Consumes(Exchange.CBOR)
  HttpResponse<byte[]> begin(
      HttpRequest<?> request, String team, String vault, @Body InputStream body)
      throws IOException {
    Caller.InVault caller = editor(request, team, vault);
    return exchange.answer(
        caller.member().value(),
        request,
        body,
        Exchange.SMALL,
        Begin.CODEC,
        begin -> Exchange.ok(State.CODEC, begin(caller, begin)));
  }

  private State begin(Caller.InVault caller, Begin begin) {
    try {
      return uploads.begin(place(caller, begin.upload()), begin);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Get("/{upload}")
  HttpResponse<byte[]> state(HttpRequest<?> request, String team, String vault, String upload) {
    return Exchange.ok(State.CODEC, uploads.state(place(request, team, vault, upload)));
  }

  @Put("/{upload}/parts/{part}")
  @Consumes(Exchange.RAW)
  HttpResponse<byte[]> put(
      HttpRequest<?> request,
      String team,
      String vault,
      String upload,
      String part,
      @Body InputStream body)
      throws IOException {
    Place place = place(request, team, vault, upload);
    int number = number(part);
    long length = request.getContentLength();
    uploads.put(
        place,
        number,
        length < 0 ? OptionalLong.empty() : OptionalLong.of(length),
        new PacedBody(body, limits));
    return Exchange.nothing();
  }

  @Post("/{upload}/parts/{part}/address")
  @Consumes(Exchange.CBOR)
  HttpResponse<byte[]> address(
      HttpRequest<?> request,
      String team,
      String vault,
      String upload,
      String part,
      @Body InputStream body)
      throws IOException {
    Place place = place(request, team, vault, upload);
    int number = number(part);
    return exchange.answer(
        place.member().value(),
        request,
        body,
        Exchange.SMALL,
        PartHash.CODEC,
        hash -> Exchange.ok(Address.CODEC, address(place, number, hash)));
  }

  private Address address(Place place, int number, PartHash hash) {
    try {
      return uploads.address(place, number, hash);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Post("/{upload}/parts/{part}/stored")
  @Consumes(Exchange.CBOR)
  HttpResponse<byte[]> stored(
      HttpRequest<?> request,
      String team,
      String vault,
      String upload,
      String part,
      @Body InputStream body)
      throws IOException {
    Place place = place(request, team, vault, upload);
    int number = number(part);
    return exchange.answer(
        place.member().value(),
        request,
        body,
        Exchange.SMALL,
        Receipt.CODEC,
        receipt -> {
          uploads.stored(place, number, receipt);
          return Exchange.nothing();
        });
  }

  private static int number(String part) {
    if (part.length() > MAX_PART_NUMBER_DIGITS || !part.matches("[1-9][0-9]*")) {
      throw Refusal.notFound();
    }
    return Integer.parseInt(part);
  }

  @Post("/{upload}/complete")
  @Consumes(MediaType.ALL)
  HttpResponse<byte[]> complete(HttpRequest<?> request, String team, String vault, String upload)
      throws IOException {
    uploads.complete(place(request, team, vault, upload));
    return Exchange.nothing();
  }

  @Delete("/{upload}")
  @Consumes(MediaType.ALL)
  HttpResponse<byte[]> abort(HttpRequest<?> request, String team, String vault, String upload) {
    uploads.abort(place(request, team, vault, upload));
    return Exchange.nothing();
  }

  private Place place(HttpRequest<?> request, String team, String vault, String upload) {
    return place(editor(request, team, vault), Paths.id(upload, UploadId::new));
  }

  private static Place place(Caller.InVault caller, UploadId upload) {
    return new Place(caller.teamId(), caller.vault(), caller.member(), upload);
  }

  private Caller.InVault editor(HttpRequest<?> request, String team, String vault) {
    return gate.vault(
        Paths.id(team, TeamId::new),
        Paths.id(vault, VaultId::new),
        addresses.asker(request),
        VaultRole.EDITOR);
  }
}

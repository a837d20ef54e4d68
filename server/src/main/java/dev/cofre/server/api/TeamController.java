package dev.cofre.server.api;

import dev.cofre.protocol.Head;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.api.ServerInfo;
import dev.cofre.protocol.api.Teams.Append;
import dev.cofre.protocol.api.Teams.Create;
import dev.cofre.protocol.api.Teams.Created;
import dev.cofre.protocol.api.Teams.LogPage;
import dev.cofre.protocol.api.Teams.Profiles;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.server.access.Caller;
import dev.cofre.server.access.Gate;
import dev.cofre.server.access.RateLimits;
import dev.cofre.server.domain.Entries;
import dev.cofre.server.domain.Refusal;
import dev.cofre.server.domain.Teams;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import java.io.InputStream;

/// The server itself, teams and their logs.
@Controller
@Consumes(Exchange.CBOR)
@Produces(Exchange.CBOR)
@ExecuteOn(TaskExecutors.BLOCKING)
class TeamController {
  private static final Codec<Head> HEAD = Codec.of(Head.class);

  private final About about;
  private final Teams teams;
  private final Entries entries;
  private final Gate gate;
  private final RateLimits limits;
  private final Addresses addresses;
  private final Exchange exchange;

  TeamController(
      About about,
      Teams teams,
      Entries entries,
      Gate gate,
      RateLimits limits,
      Addresses addresses,
      Exchange exchange) {
    this.about = about;
    this.teams = teams;
    this.entries = entries;
    this.gate = gate;
    this.limits = limits;
    this.addresses = addresses;
    this.exchange = exchange;
  }

  @Get("/v1/server")
  HttpResponse<byte[]> server(HttpRequest<?> request) {
    limits.take(addresses.of(request));
    return Exchange.ok(ServerInfo.CODEC, about.info());
  }

  @Post("/v1/teams")
  HttpResponse<byte[]> create(HttpRequest<?> request, @Body InputStream body) throws IOException {
    limits.take(addresses.of(request));
    return exchange.stranger(
        request,
        body,
        Create.CODEC,
        create -> Exchange.ok(Created.CODEC, new Created(teams.create(create))));
  }

  @Get(value = "/v1/teams/{team}/log", headRoute = false)
  HttpResponse<?> log(HttpRequest<?> request, String team) {
    Caller caller = gate.caller(Paths.id(team, TeamId::new), addresses.asker(request));
    long after = Paths.number(request, "after", -1);
    return exchange.page(caller.holder(), LogPage.CODEC, () -> teams.log(caller.team(), after));
  }

  @Post("/v1/teams/{team}/log")
  HttpResponse<byte[]> append(HttpRequest<?> request, String team, @Body InputStream body)
      throws IOException {
    TeamId id = Paths.id(team, TeamId::new);
    Caller caller = gate.caller(id, addresses.asker(request));
    return exchange.answer(
        caller.holder(),
        request,
        body,
        Exchange.ENTRY,
        Append.CODEC,
        a -> Exchange.ok(HEAD, append(caller, a)));
  }

  private Head append(Caller caller, Append append) {
    return switch (caller) {
      case Caller.OfInvite invited -> entries.join(invited.teamId(), invited.invite(), append);
      case Caller.OfMember member -> {
        Refusal.unless(member.confirmed(), Problem.NOT_ALLOWED, "your join waits to be confirmed");
        yield entries.append(member.teamId(), append);
      }
    };
  }

  @Get(value = "/v1/teams/{team}/profiles", headRoute = false)
  HttpResponse<?> profiles(HttpRequest<?> request, String team) {
    Caller.OfMember caller = gate.member(Paths.id(team, TeamId::new), addresses.asker(request));
    return exchange.page(caller.holder(), Profiles.CODEC, () -> teams.profiles(caller.teamId()));
  }
}

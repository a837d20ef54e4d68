package dev.cofre.server.api;

import dev.cofre.protocol.Head;
import dev.cofre.protocol.MemberId;
import dev.cofre.protocol.TeamId;
import dev.cofre.protocol.VaultId;
import dev.cofre.protocol.VaultRole;
import dev.cofre.protocol.api.Commits;
import dev.cofre.protocol.api.Problem;
import dev.cofre.protocol.cbor.Codec;
import dev.cofre.server.access.Caller;
import dev.cofre.server.access.Gate;
import dev.cofre.server.domain.Blobs;
import dev.cofre.server.domain.Bundles;
import dev.cofre.server.domain.Histories;
import dev.cofre.server.domain.MissingWraps;
import dev.cofre.server.domain.Refusal;
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
import java.util.Objects;
import java.util.Optional;

/// The histories of vaults, and the wraps that make them readable.
@Controller("/v1/teams/{team}/vaults/{vault}")
@Consumes(Exchange.CBOR)
@Produces(Exchange.CBOR)
@ExecuteOn(TaskExecutors.BLOCKING)
class VaultController {
  private static final Codec<Head> HEAD = Codec.of(Head.class);
  private static final long MAX_COMMITS = 500;
  private static final int MAX_UNUSABLE = 8 << 10;

  private final Gate gate;
  private final dev.cofre.server.domain.Commits commits;
  private final Histories histories;
  private final Bundles bundles;
  private final MissingWraps missing;
  private final Blobs blobs;
  private final Addresses addresses;
  private final Exchange exchange;

  VaultController(
      Gate gate,
      dev.cofre.server.domain.Commits commits,
      Histories histories,
      Bundles bundles,
      MissingWraps missing,
      Blobs blobs,
      Addresses addresses,
      Exchange exchange) {
    this.gate = gate;
    this.commits = commits;
    this.histories = histories;
    this.bundles = bundles;
    this.missing = missing;
    this.blobs = blobs;
    this.addresses = addresses;
    this.exchange = exchange;
  }

  @Get(value = "/commits", headRoute = false)
  HttpResponse<?> commits(HttpRequest<?> request, String team, String vault) {
    long after = Paths.number(request, "after", 0);
    int limit = (int) Math.clamp(Paths.number(request, "limit", MAX_COMMITS), 1, MAX_COMMITS);
    if (Objects.equals(request.getParameters().get("only"), "chain")) {
      Caller.InVault caller =
          gate.chain(
              Paths.id(team, TeamId::new), Paths.id(vault, VaultId::new), addresses.asker(request));
      return exchange.page(
          caller.member().value(),
          Commits.Page.CODEC,
          () -> histories.chain(caller.teamId(), caller.vault(), after, limit));
    }
    Caller.InVault caller = require(request, team, vault, VaultRole.VIEWER);
    return exchange.page(
        caller.member().value(),
        Commits.Page.CODEC,
        () -> histories.page(caller.teamId(), caller.vault(), caller.member(), after, limit));
  }

  @Post("/commits")
  HttpResponse<byte[]> append(
      HttpRequest<?> request, String team, String vault, @Body InputStream body)
      throws IOException {
    Caller.InVault caller = require(request, team, vault, VaultRole.EDITOR);
    return exchange.answer(
        caller.member().value(),
        request,
        body,
        Commits.MAX_BODY,
        Commits.Append.CODEC,
        append -> Exchange.ok(HEAD, commits.append(caller.teamId(), caller.vault(), append)));
  }

  @Get(value = "/bundles", headRoute = false)
  HttpResponse<?> bundles(HttpRequest<?> request, String team, String vault) {
    Caller.InVault caller = require(request, team, vault, VaultRole.VIEWER);
    long from = Paths.number(request, "from", 1);
    long to = Paths.number(request, "to", from);
    Refusal.unless(
        from <= to && to - from <= MAX_COMMITS, Problem.MALFORMED, "at most 500 commits apart");
    return exchange.page(
        caller.member().value(),
        Commits.BundlePage.CODEC,
        () -> bundles.range(caller.teamId(), caller.vault(), caller.member(), from, to));
  }

  @Post("/bundles")
  HttpResponse<byte[]> addBundles(
      HttpRequest<?> request, String team, String vault, @Body InputStream body)
      throws IOException {
    Caller.InVault caller = require(request, team, vault, VaultRole.EDITOR);
    return exchange.answer(
        caller.member().value(),
        request,
        body,
        Commits.MAX_BODY,
        Commits.Bundles.CODEC,
        added -> {
          bundles.add(caller.teamId(), caller.vault(), caller.member(), added);
          return Exchange.nothing();
        });
  }

  @Post("/bundles/unusable")
  HttpResponse<byte[]> unusable(
      HttpRequest<?> request, String team, String vault, @Body InputStream body)
      throws IOException {
    Caller.InVault caller = require(request, team, vault, VaultRole.VIEWER);
    return exchange.answer(
        caller.member().value(),
        request,
        body,
        MAX_UNUSABLE,
        Commits.Unusable.CODEC,
        commits -> {
          missing.mark(caller.teamId(), caller.vault(), caller.member(), commits);
          return Exchange.nothing();
        });
  }

  @Get(value = "/missing", headRoute = false)
  HttpResponse<?> missing(HttpRequest<?> request, String team, String vault) {
    Caller.InVault caller = require(request, team, vault, VaultRole.VIEWER);
    return exchange.page(
        caller.member().value(),
        Commits.Missing.CODEC,
        () -> missing.of(caller.team(), caller.vault()));
  }

  @Get("/fetched")
  HttpResponse<byte[]> fetched(HttpRequest<?> request, String team, String vault) {
    Caller.InVault caller = require(request, team, vault, VaultRole.VIEWER);
    MemberId member =
        Optional.ofNullable(request.getParameters().get("member"))
            .map(hex -> Paths.id(hex, MemberId::new))
            .orElseThrow(() -> new Refusal(Problem.MALFORMED, "which member?"));
    gate.requireMayLearnOf(caller, member);
    return Exchange.ok(
        Commits.Fetched.CODEC,
        new Commits.Fetched(blobs.countFiles(caller.teamId(), caller.vault(), member)));
  }

  private Caller.InVault require(
      HttpRequest<?> request, String team, String vault, VaultRole needed) {
    return gate.vault(
        Paths.id(team, TeamId::new),
        Paths.id(vault, VaultId::new),
        addresses.asker(request),
        needed);
  }
}

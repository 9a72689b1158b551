using Chat.Daemon.Commands;
using Chat.Daemon.Hooks;
using Microsoft.Extensions.DependencyInjection;
using static Chat.Commands.Tests.KnownEntities;

namespace Chat.Commands.Tests;

[TestClass]
internal sealed class PipelineTests
{
    private static CommandBuilder Kick =>
        Stand.Command("kick", values => $"{values.Get<User>(0)} saiu").Permission("room.kick", Role.Moderator).OnlyIn(Where.Room)
        .RateLimit(2, perSeconds: 60).Argument("alvo", ParameterType.User, p => p with { Outranked = true })
        .Remainder("motivo", p => p with { Required = false, MaxLength = 5 }).Audit();

    [TestMethod]
    public async Task CommandRunsAndIsAudited()
    {
        await using var audit = new AuditDatabase();
        var stand = new Stand(audit.Store, Kick);
        (await stand.Sends(Mo, "/kick bia spam", Geral)).ShouldReply("bia saiu");
        var entry = (await audit.EntriesAsync()).Single();
        Assert.AreEqual(
            ("ok", "kick", "mo", "geral", "spam"), (entry.Outcome, entry.Command, entry.Caller, entry.Place, entry.Arguments["motivo"]));
        Assert.AreEqual((1, 1, 0), (stand.Scopes.Made, stand.Scopes.Disposed, stand.Owner.Held));
    }

    [TestMethod]
    public async Task StagesRefuseInTheirOrder()
    {
        await using var audit = new AuditDatabase();
        var stand = new Stand(audit.Store, Kick);
        (await stand.Sends(Bia, "/kickk", null)).ShouldBeRefused("no_such_command");
        Assert.IsEmpty(await audit.EntriesAsync());
        var line = "/kick nobody muito longo";
        StringAssert.Contains((await stand.Sends(Bia, line)).ShouldBeRefused("forbidden").Detail!, "may not");
        StringAssert.Contains((await stand.Sends(Mo, line)).ShouldBeRefused("forbidden").Detail!, "only in a room");
        (await stand.Sends(Mo, line, Geral)).ShouldBeRefused("no_such_user");
        (await stand.Sends(Mo, "/kick bia muito longo", Geral)).ShouldBeRefused("bad_arguments");
        var limited = (await stand.Sends(Mo, line, Geral)).ShouldBeRefused("rate_limited");
        Assert.AreEqual(TimeSpan.FromSeconds(30), limited.RetryAfter);
        stand.Time.Advance(TimeSpan.FromSeconds(30));
        StringAssert.Contains((await stand.Sends(Mo, "/kick ana", Geral)).ShouldBeRefused("forbidden").Detail!, "rank");
        var entries = await audit.EntriesAsync();
        Assert.AreSequenceEqual(
            new[] { "forbidden", "forbidden", "no_such_user", "bad_arguments", "rate_limited", "forbidden" },
            entries.Select(e => e.Outcome));
        Assert.AreEqual("nobody", entries[0].Arguments["alvo"], "although the call was refused before its arguments were read");
        Assert.AreEqual((0, 0), (stand.Scopes.Made, stand.Owner.Held));
    }

    [TestMethod]
    public async Task UnknownNameSuggestsOnlyCommandsThatTheCallerMayRun()
    {
        var stand = new Stand(Kick, Stand.Command("kiss"), Stand.Command("kicker").Hidden());
        var detail = (await stand.Sends(Bia, "/kic")).ShouldBeRefused("no_such_command").Detail!;
        var others = detail.Replace("/kiss", "", StringComparison.Ordinal).Replace("Did you mean ?", "", StringComparison.Ordinal);
        Assert.DoesNotContain("mean", others);
        StringAssert.Contains((await stand.Sends(Mo, "/kik")).ShouldBeRefused("no_such_command").Detail!, "/kick?");
        StringAssert.Contains((await stand.Sends(Bia, "/kisss")).ShouldBeRefused("no_such_command").Detail!, "/kiss?");
    }

    [TestMethod]
    public async Task FrameGoesThroughTheSameStages()
    {
        var stand = new Stand(Stand.Command("soma", v => $"{v.Get<int>(0) + v.Get<int>(1)}")
            .Argument("a", ParameterType.Integer, p => p with { Max = 9 }).Argument("b", ParameterType.Integer));
        (await stand.Calls(Gil, "SOMA", """{"b":2,"a":"3"}""")).ShouldReply("5");
        (await stand.Calls(Gil, "soma", """{"a":3}""")).ShouldBeRefused("bad_arguments");
        (await stand.Calls(Gil, "soma", """{"a":10,"b":1}""")).ShouldBeRefused("bad_arguments");
        (await stand.Calls(Gil, "nada", "{}")).ShouldBeRefused("no_such_command");
    }

    [TestMethod]
    public async Task OperatorCanForbidACommandWithoutADeclaredPermission()
    {
        var stand = new Stand(Stand.Command("dado"));
        (await stand.Sends(Gil, "/dado")).ShouldReply("done");
        stand.Load(new() { ["guest"] = ["-command.dado"] }, Stand.Command("dado"));
        (await stand.Sends(Gil, "/dado")).ShouldBeRefused("forbidden");
        (await stand.Sends(Bia, "/dado")).ShouldReply("done");
    }

    [TestMethod]
    public async Task RepeatedCallWithin30SecondsIsConfirmed()
    {
        var stand = new Stand(Stand.Command("apaga").Argument("o", ParameterType.Text).Confirm());
        (await stand.Sends(Ana, "/apaga x")).ShouldBeRefused("confirm");
        (await stand.Sends(Ana, "/apaga y")).ShouldBeRefused("confirm");
        (await stand.Sends(Ana, "/apaga  \"y\"")).ShouldReply("done");
        (await stand.Sends(Ana, "/apaga y")).ShouldBeRefused("confirm");
        stand.Time.Advance(TimeSpan.FromSeconds(31));
        (await stand.Sends(Ana, "/apaga y")).ShouldBeRefused("confirm");
        Assert.AreEqual(1, stand.Scopes.Made);
    }

    [TestMethod]
    public async Task SecretArgumentIsNotAudited()
    {
        await using var audit = new AuditDatabase();
        var stand = new Stand(
            audit.Store, Stand.Command("senha").Argument("nova", ParameterType.Text, p => p with { Secret = true }).Audit());
        await stand.Sends(Bia, "/senha hunter2");
        Assert.IsEmpty((await audit.EntriesAsync()).Single().Arguments);
        Assert.DoesNotContain(line => line.Contains("hunter2"), stand.RecorderLog.Lines);
    }

    [TestMethod]
    public async Task FailedAuditChangesNoOutcome()
    {
        await using var audit = new AuditDatabase();
        var stand = new Stand(audit.Store, Stand.Command("x").Audit());
        await audit.CloseAsync();
        (await stand.Sends(Bia, "/x")).ShouldReply("done");
        Assert.Contains(line => line.StartsWith("Error: Command not audited: x", StringComparison.Ordinal), stand.RecorderLog.Lines);
    }

    [TestMethod]
    public async Task LookUpDuringASwapFindsTheNewCommand()
    {
        var stand = new Stand(Stand.Command("x"));
        var draining = new PluginOwner("old", new ServiceCollection().BuildServiceProvider(), TimeProvider.System);
        await draining.DrainAsync(TimeSpan.Zero, TimeSpan.Zero, CancellationToken.None);
        var old = CommandCatalogue.Of([new(Stand.Command("x").Build(), draining)]);
        var next = stand.Registry.Swap(new(old, old.ToPermissionTable()));
        (await stand.Sends(Bia, "/x")).ShouldBeRefused("no_such_command");
        stand.Registry.Swap(next);
        (await stand.Sends(Bia, "/x")).ShouldReply("done");
    }
}

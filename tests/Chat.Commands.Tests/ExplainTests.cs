using System.Text.Json;
using static Chat.Commands.Tests.KnownEntities;

namespace Chat.Commands.Tests;

[TestClass]
internal sealed class ExplainTests : IAsyncDisposable
{
    private readonly AuditDatabase audit = new();
    private int runs;

    private readonly Stand stand;

    public ExplainTests() => stand = new(
        audit.Store,
        Command("kick").Alias("expulsar", "pt-BR").Permission("room.kick", Role.Moderator).OnlyIn(Where.Room)
            .RateLimit(1, perSeconds: 60).Audit()
            .Argument("alvo", ParameterType.User, p => p with { Outranked = true })
            .Remainder("motivo", p => p with { Required = false, Default = "", MaxLength = 10 }),
        Command("apagar").Alias("delete", "en").Confirm().Deadline(TimeSpan.FromSeconds(90))
            .Argument("vezes", ParameterType.Integer, p => p with { Required = false, Default = 2, Min = 1, Max = 9 })
            .Flag("tudo", p => p with { Aliases = [new("all", "en")] }),
        Command("senha").Argument("nova", ParameterType.Text, p => p with { Secret = true })
            .Argument("pin", ParameterType.Integer, p => p with { Secret = true, Required = false }),
        Command("direto").OnlyIn(Where.Direct));

    public ValueTask DisposeAsync() => audit.DisposeAsync();

    [TestMethod]
    public async Task ValidLinePassesEveryStage() => Assert.AreEqual(
        """
        /kick <alvo> [motivo…]  (plugin test)
          ✓ permission room.kick: moderator or above; you are moderator
          ✓ works in a room
          ✓ at most 1 in 1m
          ✓ alvo = “bia” (user)
          ✓ motivo = “por \ nada” (text)
          ✓ ranges, lengths and ranks
          · deadline: 5 s
          · recorded in the audit
        It would run.
        """, await Explained(@"/kick bia por \ nada", Mo, Geral));

    [TestMethod]
    public async Task MissingArgumentShowsItsDefault() => Assert.AreEqual(
        """
        /apagar [vezes] [--tudo]  (plugin test)
          ✓ permissão command.apagar: convidado ou acima; você é convidado
          ✓ funciona em qualquer lugar
          ✓ sem limite de frequência
          ✓ vezes não foi informado: 2 (número inteiro)
          ✓ --tudo = “true” (sim ou não)
          ✓ intervalos, tamanhos e hierarquia
          · pede confirmação
          · prazo: 90 s
        O comando seria executado.
        """, await Explained("apagar --all", Gil, language: "pt-BR"));

    [TestMethod]
    [DataRow("/kick bia", "place", "  ✗ works in a room → /kick works only in a room.", null)]
    [DataRow("/kick zoe", "arguments", "  ✗ There is no user “zoe”. Usage: /kick <alvo> [motivo…]", "geral")]
    [DataRow("/kick", "arguments", "  ✗ alvo is missing (user). Usage: /kick <alvo> [motivo…]", "geral")]
    [DataRow("/kick \"bia", "arguments", "  ✗ “bia” has no closing quote. Usage: /kick <alvo> [motivo…]", "geral")]
    [DataRow(
        "/kick mo", "check",
        "  ✗ ranges, lengths and ranks → “mo” does not rank below you. Usage: /kick <alvo> [motivo…]", "geral")]
    [DataRow(
        "/kick bia 01234567890", "check",
        "  ✗ ranges, lengths and ranks → motivo can have at most 10 characters. Usage: /kick <alvo> [motivo…]", "geral")]
    [DataRow(
        "/delete 10", "check",
        "  ✗ ranges, lengths and ranks → vezes must be from 1 to 9, not “10”. Usage: /delete [vezes] [--all]", null)]
    [DataRow("/delete --al", "arguments", "  ✗ There is no option “--al”. Did you mean --all? Usage: /delete [vezes] [--all]", null)]
    [DataRow("/direto", "place", "  ✗ works in a direct conversation → /direto works only in a direct conversation.", null)]
    public async Task FailingStageShowsItsReason(string line, string stage, string told, string? room)
    {
        var result = await Explain(line, Mo, room is null ? null : Geral);
        Assert.Contains(told, result.Text.Split('\n'));
        Assert.EndsWith("It would not run.", result.Text);
        var data = JsonElement.Parse(result.Data!);
        Assert.IsFalse(data.GetProperty("runs").GetBoolean());
        var refusing = data.GetProperty("stages").EnumerateArray().Single(s => !s.GetProperty("passes").GetBoolean());
        Assert.AreEqual(stage, refusing.GetProperty("stage").GetString());
    }

    [TestMethod]
    public async Task RateStageFailsUntilTheCommandMayRun()
    {
        (await stand.Sends(Mo, "/kick bia", Geral)).ShouldReply("done");
        Assert.Contains("  ✗ at most 1 in 1m → Try /kick again in 60 s.", (await Explained("/kick bia", Mo, Geral)).Split('\n'));
        stand.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.EndsWith("It would run.", await Explained("/kick bia", Mo, Geral));
    }

    [TestMethod]
    public async Task ExplanationHasNoSideEffects()
    {
        for (var i = 0; i < 3; i++)
        {
            Assert.EndsWith("It would run.", await Explained("/kick bia", Mo, Geral));
            Assert.EndsWith("It would run.", await Explained("/apagar", Mo, Geral));
        }
        Assert.AreEqual((0, 0, 0, 0), (runs, (await audit.EntriesAsync()).Count, stand.Owner.Held, stand.Scopes.Made));
        (await stand.Sends(Mo, "/apagar", Geral)).ShouldBeRefused("confirm");
        await Explained("/apagar", Mo, Geral);
        (await stand.Sends(Mo, "/apagar", Geral)).ShouldReply("done");
        (await stand.Sends(Mo, "/kick bia", Geral)).ShouldReply("done");
        Assert.AreEqual(2, runs);
    }

    [TestMethod]
    public async Task ForbiddenCommandHidesItsUsage() => Assert.AreEqual(
        """
        /expulsar  (plugin test)
          ✗ permissão room.kick: moderador ou acima; você é convidado → Você não tem permissão para /expulsar.
        O comando não seria executado.
        """, await Explained("/kick zoe", Gil, Geral, "pt-BR"));

    [TestMethod]
    [DataRow("/senha segredo", "  ✓ nova = “•••” (text)")]
    [DataRow("/senha a segredo", "  ✗ “•••” is not valid for pin (whole number). Usage: /senha <nova> [pin]")]
    public async Task SecretArgumentIsMasked(string line, string told)
    {
        var result = await Explain(line, Mo);
        Assert.Contains(told, result.Text.Split('\n'));
        Assert.DoesNotContain("segredo", result.Text + result.Data);
    }

    [TestMethod]
    [DataRow("/kik bia", "There is no command /kik. Did you mean /kick?")]
    [DataRow("", "There is no command /.")]
    [DataRow("/", "There is no command /.")]
    [DataRow("//kick", "There is no command /kick. Did you mean /kick?")]
    public async Task AnUnknownCommandIsGuessed(string line, string told)
    {
        var refusal = (CommandResult.Refusal)await stand.Help.ExplainAsync(Context(Mo, Geral, "en"), line);
        Assert.AreEqual(("no_such_command", told), (refusal.Code, refusal.Text));
    }

    [TestMethod]
    public async Task AValueIsShownOnOneLineAndCut()
    {
        var text = await Explained("/kick bia a\n  ✓ b\u202E" + new string('x', 100), Mo, Geral);
        Assert.Contains("  ✓ motivo = “a   ✓ b\uFFFD" + new string('x', 52) + "…” (text)", text.Split('\n'));
    }

    private CommandBuilder Command(string name) => Stand.Command(name, _ =>
    {
        Interlocked.Increment(ref runs);
        return "done";
    });

    private async Task<string> Explained(string line, User caller, Room? room = null, string language = "en") =>
        (await Explain(line, caller, room, language)).Text;

    private async Task<CommandResult.Reply> Explain(string line, User caller, Room? room = null, string language = "en") =>
        (CommandResult.Reply)await stand.Help.ExplainAsync(Context(caller, room, language), line);

    private static CommandContext Context(User caller, Room? room, string language) =>
        new() { InvocationId = "1", Command = "explicar", Caller = caller, Room = room, Language = language };
}

using System.Text.Json;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Storage;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Commands;

/// <summary>How a command may end other than well, and what a client is told of it.</summary>
[TestClass]
public sealed class RefusalTests
{
    private static readonly CapturedLog Log = new();
    private static Cast cast = null!;
    private static DirectoryInfo folder = null!;

    [ClassInitialize]
    public static async Task StartAsync(TestContext context) => (cast, folder) = await Cast.WithPluginAsync("Clumsy", Log);

    [ClassCleanup]
    public static async Task StopAsync()
    {
        await cast.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [TestMethod]
    public async Task AnUnknownNameIsGuessedFromWhatTheCallerMayRun()
    {
        var guest = await cast.EnterAsync(Cast.NewName("ana"));
        var admin = await cast.AdminAsync();

        var near = await guest.RefusalAsync("/entrra jogos");
        var hidden = await guest.RefusalAsync("/encerar");
        var seen = await admin.RefusalAsync("/encerar");

        Assert.AreEqual(("no_such_command", "O comando /entrra não existe. Você quis dizer /entrar?"), (near.Code, near.Text));
        Assert.AreEqual("no_such_command", hidden.Code);
        Assert.DoesNotContain("encerrar", hidden.Text);
        Assert.Contains("/encerrar?", seen.Text);
    }

    [TestMethod]
    [DataRow("/\uFFFE")]
    [DataRow("/é\uFFFE x")]
    [DataRow("/")]
    [DataRow("/ ajuda")]
    public async Task ALineThatIsNoCommandIsNoSuchCommand(string line)
    {
        var guest = await cast.EnterAsync(Cast.NewName("ana"));
        Assert.AreEqual("no_such_command", await guest.TypeAsync(line));
    }

    [TestMethod]
    [DataRow("/msg", "Falta usuário (usuário).")]
    [DataRow("/topico \u00e9", null)]
    [DataRow("/ajuda \"entrar", null)]
    public async Task WhatIsWrittenWronglySaysWhatStandsWhere(string line, string? sentence)
    {
        var guest = await cast.EnterAsync(Cast.NewName("ana"));
        var answer = await guest.AskAsync<DaemonFrame>(new ClientFrame.Message(line, "geral"));
        if (sentence is null) Assert.IsNotInstanceOfType<DaemonFrame.Message>(answer);
        else
        {
            Assert.AreEqual("bad_arguments", ((DaemonFrame.Error)answer).Code);
            Assert.Contains(sentence, ((DaemonFrame.Error)answer).Text);
            Assert.Contains("/msg <usuário> <texto…>", ((DaemonFrame.Error)answer).Text);
        }
    }

    [TestMethod]
    public async Task ARateOfTheCommandIsRefusedWithWhenToTryAgain()
    {
        var guest = await cast.EnterAsync(Cast.NewName("ana"));
        Assert.AreEqual("uma vez", await guest.TypeAsync("/raro"));
        var refusal = await guest.RefusalAsync("/raro");
        Assert.AreEqual("rate_limited", refusal.Code);
        Assert.IsInRange(1L, 60_000L, refusal.RetryAfter!.Value);
    }

    [TestMethod]
    public async Task OneThatThrowsGivesAReferenceThatStandsInTheLog()
    {
        var guest = await cast.EnterAsync(Cast.NewName("ana"));
        var refusal = await guest.RefusalAsync("/tropecar");

        Assert.AreEqual("command_failed", refusal.Code);
        Assert.DoesNotContain("stumbled", refusal.Text);
        var reference = refusal.Text.TrimEnd('.').Split(' ')[^1];
        var line = await Log.LineAsync(l => l.Contains(reference, StringComparison.Ordinal));
        Assert.StartsWith("Error ", line);
        Assert.Contains("It stumbled.", line);
    }

    [TestMethod]
    [DataRow("/pendurar")]
    [DataRow("/teimar")]
    public async Task OneThatHangsHoldsLaterFramesUpToItsDeadline(string line)
    {
        var guest = await cast.EnterAsync(Cast.NewName("ana"));
        await guest.SendAsync(new ClientFrame.Message(line, "geral") { Id = "hang" });
        await guest.SendAsync(new ClientFrame.Message("depois", "geral") { Id = "later" });

        Assert.AreEqual("timeout", (await guest.ExpectAsync<DaemonFrame.Error>(e => e.Id == "hang")).Code);
        Assert.AreEqual("depois", (await guest.ExpectAsync<DaemonFrame.Message>(m => m.Id == "later")).Text);
    }

    [TestMethod]
    public async Task ATakeOverCancelsWhatTheOldConnectionRuns()
    {
        var old = await cast.ConnectAsync("ana");
        var name = Cast.NewName("ana");
        var welcome = await old.LoginAsync(new ClientFrame.Login(name, Rooms: ["geral"]));
        await old.SendAsync(new ClientFrame.Message("/esperar", "geral"));
        await Log.LineAsync(l => l.Contains("Plugin.clumsy: A command waits", StringComparison.Ordinal));

        var next = await cast.ConnectAsync("ana");
        await next.LoginAsync(new ClientFrame.Login(Token: welcome.Token, Rooms: []));

        await Log.LineAsync(l => l.Contains("Plugin.clumsy: A command was cancelled", StringComparison.Ordinal));
        Assert.AreEqual("taken_over", (await old.ExpectAsync<DaemonFrame.Bye>()).Reason);
    }

    [TestMethod]
    public async Task MetricsCountHowCommandsEnd()
    {
        var commands = cast.Daemon.Get<DaemonMetrics>().Commands;
        var (done, refused) = (commands["ok"].Value, commands["forbidden"].Value);
        var guest = await cast.EnterAsync(Cast.NewName("ana"));
        await guest.ReplyAsync("/salas");
        await guest.RefusalAsync("/plugins");
        await guest.SettleAsync();
        Assert.IsGreaterThan(done, commands["ok"].Value);
        Assert.IsGreaterThan(refused, commands["forbidden"].Value);
    }

    [TestMethod]
    public async Task APlaceThatDoesNotFitIsForbidden()
    {
        var moderator = await cast.EnterAsync(Cast.NewName("max"), Role.Moderator);
        var refusal = await moderator.AskAsync<DaemonFrame.Error>(new ClientFrame.Command("kick"));
        Assert.AreEqual("forbidden", refusal.Code);
        Assert.Contains("só", refusal.Text);
    }

    [TestMethod]
    public async Task WhoIsMutedSpeaksByNoCommand()
    {
        var name = Cast.NewName("ana");
        var guest = await cast.EnterAsync(name);
        var admin = await cast.AdminAsync();
        Assert.AreEqual("dito", (await guest.AskAsync<DaemonFrame.Message>(new ClientFrame.Message("dito", "geral"))).Text);
        await guest.ReplyAsync("/dizer por um comando");
        Assert.AreEqual("dizer", (await admin.ExpectAsync<DaemonFrame.Message>(m => m.From == name && m.Text == "por um comando")).Via);

        await admin.ReplyAsync($"/mute {name} 10m");

        Assert.AreEqual("muted", await guest.TypeAsync("/dizer mais"));
        Assert.AreEqual("muted", await guest.TypeAsync("/dizer --baixo mais"));
        Assert.AreEqual("muted", await guest.TypeAsync("mais"));
    }

    [TestMethod]
    public async Task AGuestsTryToShutDownStandsInAuditAndLog()
    {
        var name = Cast.NewName("gil");
        var guest = await cast.EnterAsync(name);
        Assert.AreEqual("forbidden", await guest.TypeAsync("/encerrar 5m porque sim"));
        Assert.AreEqual("forbidden", await guest.TypeAsync("/shutdown"));

        var rows = await AuditOfAsync(name);
        CollectionAssert.AreEqual(
            new[] { """encerrar geral {"espera":"5m","motivo":"porque sim"} forbidden""", "encerrar geral {} forbidden" }, rows.ToArray());
        await Log.LineAsync(l => l.Contains($"{name} called encerrar, forbidden", StringComparison.Ordinal));
    }

    [TestMethod]
    public async Task NoPasswordStandsInAuditOrLog()
    {
        var name = Cast.NewName("mia");
        var member = await cast.EnterAsync(name, Role.Member);
        await member.TypeAsync($"/senha \"{Cast.Password}\" segredo-novo-1");
        await member.TypeAsync("/senha errado-segredo-2 segredo-novo-3 segredo-a-mais-4");
        var args = new Dictionary<string, JsonElement> { ["nova"] = JsonElement.Parse("\"segredo-novo-5\"") };
        await member.AskAsync<DaemonFrame>(new ClientFrame.Command("senha", args));
        var admin = await cast.AdminAsync();
        await admin.TypeAsync($"/conta criar {Cast.NewName("novo")} segredo-novo-6");

        var rows = await AuditOfAsync(name);
        Assert.AreEqual("senha geral {} ok, senha geral {} bad_arguments, senha  {} bad_arguments", string.Join(", ", rows));
        Assert.IsFalse((await AuditOfAsync("admin")).Any(r => r.Contains("segredo", StringComparison.Ordinal)));
        Assert.IsFalse(Log.Lines.Any(l => l.Contains("segredo-", StringComparison.Ordinal)));
    }

    private static async Task<IReadOnlyList<string>> AuditOfAsync(string caller) => await cast.Daemon.Get<SqliteReaders>().ReadAsync(
        reader => reader.Rows("SELECT command, place, arguments, outcome FROM audit WHERE caller = $caller ORDER BY id",
            row => $"{row.GetString(0)} {row.TextOrNull(1)} {row.GetString(2)} {row.GetString(3)}", ("$caller", caller)),
        CancellationToken.None);
}
